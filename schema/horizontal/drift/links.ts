/** What an SDL calls the directives of the specifications that it links. */

import { Kind, type ConstDirectiveNode, type ConstValueNode, type DocumentNode } from 'graphql';

/** Directives under the names that their specifications give them. */
export interface Links {
  readonly canonical: (directive: ConstDirectiveNode) => ConstDirectiveNode;
}

/** Reads every `@link` of an SDL: `import: [{ name: "@key", as: "@primary" }]`, and prefixes such as `@federation__key`. */
export function readLinks({ definitions }: DocumentNode): Links {
  const names = new Map<string, string>();
  const prefixes = new Set(['federation']);
  for (const definition of definitions) {
    if (definition.kind !== Kind.SCHEMA_DEFINITION && definition.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const link of definition.directives ?? []) {
      if (link.name.value !== 'link') continue;
      const url = textOf(argumentOf(link, 'url')) ?? '';
      prefixes.add(textOf(argumentOf(link, 'as')) ?? /\/([^/]+)\/v\d[^/]*\/?$/.exec(url)?.[1] ?? 'federation');
      const imports = argumentOf(link, 'import');
      if (imports?.kind !== Kind.LIST) continue;
      for (const entry of imports.values) {
        if (entry.kind !== Kind.OBJECT) continue;
        const given = (field: string) =>
          textOf(entry.fields.find((candidate) => candidate.name.value === field)?.value)?.replace(/^@/, '');
        const [name, alias] = [given('name'), given('as')];
        if (name !== undefined && alias !== undefined) names.set(alias, name);
      }
    }
  }
  const canonicalName = (name: string): string => {
    const [prefix, rest] = name.split('__', 2) as [string, string | undefined];
    return names.get(name) ?? (rest !== undefined && prefixes.has(prefix) ? rest : name);
  };
  return {
    canonical: (directive) => ({
      ...directive,
      name: { ...directive.name, value: canonicalName(directive.name.value) },
    }),
  };
}

/** The value of a directive's argument as it is written. */
export function argumentOf(directive: ConstDirectiveNode, name: string): ConstValueNode | undefined {
  return directive.arguments?.find((argument) => argument.name.value === name)?.value;
}

/** A text value; undefined for any other. */
export function textOf(value: ConstValueNode | undefined): string | undefined {
  return value?.kind === Kind.STRING ? value.value : undefined;
}
