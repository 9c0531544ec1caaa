/**
 * The courts as gateways can have them that cannot merge courts: the contract in words that stock composition knows. One court
 * stands as it is. Of several, each has its page under a root field of its own, and its rows in types of its own: with shared
 * types, gateways ask the first court for what an agency requires of another court's party, and get null.
 */

import { Kind, OperationTypeNode, parse, print, visit, type ConstDirectiveNode, type DocumentNode } from 'graphql';

import { readEmitted } from './emitted.ts';
import { federationSpec, horizontalNames } from '../../../schema/horizontal/directives.ts';
import { prefixedField } from './question.ts';

/** A type of the contract as a court has it: among several it begins with the court's place. Null: it is alone. */
export function typeNameAt(place: number | null, name: string): string {
  return place === null ? name : `Court${place + 1}${name}`;
}

/** The SDL of the court at this place; null for one court alone. */
export function plainCourtSdl(place: number | null): string {
  const plain = visit(parse(readEmitted('court.graphql'), { noLocation: true }), {
    SchemaExtension: () => null,
    DirectiveDefinition: ({ name }) => (isOurs(name.value) ? null : undefined),
    EnumTypeDefinition: ({ name }) => (name.value === 'MergeRule' ? null : undefined),
    // Nobody asks for task forces here, and the command centre, which has their criteria, does not run.
    // And nobody changes anything.
    ObjectTypeDefinition: ({ name }) => (/^(TaskForce|Mutation$)/.test(name.value) ? null : undefined),
    OperationTypeDefinition: ({ operation }) => (operation === OperationTypeNode.MUTATION ? null : undefined),
    Directive: ({ name }) => (isOurs(name.value) ? null : undefined),
  });
  return withLink(place === null ? plain : asOneOfSeveral(plain, place));
}

/** The SDL of an agency that gives its field to the parties of so many courts; of one court as it is. */
export function plainAgencySdl(sdl: string, courts: number): string {
  const document = parse(sdl, { noLocation: true });
  if (courts === 1) return sdl;
  // Nobody orders measures here: their types would have no court.
  const asked = document.definitions.filter(
    (one) => one.kind !== Kind.OBJECT_TYPE_DEFINITION || !['MeasureOrder', 'Mandate'].includes(one.name.value),
  );
  const definitions = asked.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === 'Party'
      ? Array.from({ length: courts }, (_, place) => renamed(definition, (name) => typeNameAt(place, name)))
      : [definition],
  );
  return print({ ...document, definitions });
}

const isOurs = (name: string): boolean => horizontalNames.includes(name);

/** What agencies have too, or what is known by key alone. */
const sharedTypes = ['Query', 'Writ', 'Subject', 'Court'];

function asOneOfSeveral(document: DocumentNode, place: number): DocumentNode {
  const own = new Set(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION && !sharedTypes.includes(definition.name.value)
        ? [definition.name.value]
        : [],
    ),
  );
  const shared = visit(document, {
    ObjectTypeDefinition(type) {
      const { name, fields = [] } = type;
      if (name.value === 'Query') {
        const pages = fields.filter((field) => field.name.value === 'cases');
        return { ...type, fields: pages.map((field) => renamed(field, () => prefixedField(place))) };
      }
      if (!sharedTypes.includes(name.value)) return undefined;
      return {
        ...type,
        fields: fields.map((field) => ({ ...field, directives: [...(field.directives ?? []), shareable] })),
      };
    },
  });
  const nameOf = (name: string) => (own.has(name) ? typeNameAt(place, name) : name);
  return visit(shared, {
    ObjectTypeDefinition: (type) => renamed(type, nameOf),
    NamedType: (type) => renamed(type, nameOf),
  });
}

function renamed<Node extends { readonly name: { readonly value: string } }>(
  node: Node,
  to: (name: string) => string,
): Node {
  return { ...node, name: { ...node.name, value: to(node.name.value) } };
}

function withLink(document: DocumentNode): string {
  const names = JSON.stringify(['@key', '@inaccessible', '@shareable']);
  return `extend schema @link(url: "${federationSpec}", import: ${names})\n\n${print(document)}\n`;
}

const shareable: ConstDirectiveNode = {
  kind: Kind.DIRECTIVE,
  name: { kind: Kind.NAME, value: 'shareable' },
};
