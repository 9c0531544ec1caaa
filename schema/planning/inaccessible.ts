/** The directive that hides fields from clients, where a supergraph does not have it yet. */

import { Kind, parse, type DefinitionNode } from 'graphql';

const { definitions: own } = parse(
  `extend schema @link(url: "https://specs.apollo.dev/inaccessible/v0.2", for: SECURITY)
  directive @inaccessible on FIELD_DEFINITION | OBJECT | INTERFACE | UNION | ARGUMENT_DEFINITION | SCALAR | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION`,
  { noLocation: true },
);

/** The definitions with `@inaccessible` linked and defined. */
export function withInaccessible(definitions: readonly DefinitionNode[]): readonly DefinitionNode[] {
  const isKnown = definitions.some(
    (definition) => definition.kind === Kind.DIRECTIVE_DEFINITION && definition.name.value === 'inaccessible',
  );
  if (isKnown) return definitions;
  const links = own.flatMap((definition) =>
    definition.kind === Kind.SCHEMA_EXTENSION ? (definition.directives ?? []) : [],
  );
  return [
    ...definitions.map((definition) =>
      definition.kind === Kind.SCHEMA_DEFINITION
        ? { ...definition, directives: [...(definition.directives ?? []), ...links] }
        : definition,
    ),
    ...own.filter(({ kind }) => kind === Kind.DIRECTIVE_DEFINITION),
  ];
}
