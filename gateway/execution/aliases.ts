/**
 * Keeps clients' aliases apart from fields that the planner adds. What `@requires` and keys need goes into the same fetch as
 * what the client selects, under the same response keys, and the stock planner lets a client's alias take the place of such
 * a field: `writ { validUntil: handlerName }` would hand a name to the bank as the writ's last day. So an alias that is
 * also the name of a field goes through planning under a name of the hub, and gets its own back in the answer.
 */

import { GraphQLError, Kind, parse, visit, type DocumentNode } from 'graphql';

import { aliasPrefix, hiddenPrefix, standInPrefix } from '../horizontal/hidden.ts';
import type { FinishedAnswer } from './finish.ts';

/** What stands before a client's or a field's own name: `_nonet_as_`, `_nonet_for_3_`. */
const hiddenStart = new RegExp(`${aliasPrefix}|${standInPrefix}\\d+_`, 'g');

/** A rewriting of a document before it is planned. */
export type Rewriting = (document: DocumentNode) => DocumentNode;

/** Shields aliases that look like fields of a supergraph, those included that no client can see, or like what every object has. */
export function createShield(supergraphSdl: string): Rewriting {
  const fieldNames = fieldNamesOf(supergraphSdl);
  return (document) =>
    visit(document, {
      Field(node) {
        const { alias } = node;
        if (!alias || alias.value === node.name.value) return undefined;
        if (!fieldNames.has(alias.value) && !(alias.value in Object.prototype)) return undefined;
        return { ...node, alias: { ...alias, value: `${aliasPrefix}${alias.value}` } };
      },
    });
}

/** The client's response key for one of a planned document; null for what the client did not ask for. */
export function ownKeyOf(key: string): string | null {
  if (key.startsWith(aliasPrefix)) return key.slice(aliasPrefix.length);
  return key.startsWith(hiddenPrefix) ? null : key;
}

/** What is told of a planned document, with the client's own aliases in paths and texts. */
export function withOwnAliases({ errors, extensions, ...answer }: FinishedAnswer): FinishedAnswer {
  return {
    ...answer,
    ...(errors && { errors: errors.map(withOwnPath) }),
    ...(extensions && { extensions: isClients(extensions) ? extensions : (restored(extensions) as typeof extensions) }),
  };
}

/** Whether nothing of it speaks of a planned document, as of nearly every answer: then it is not made anew. */
function isClients(value: unknown): boolean {
  if (typeof value === 'string') return !value.includes(hiddenPrefix);
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isClients);
  for (const key of Object.keys(value)) {
    if (key.includes(hiddenPrefix) || !isClients((value as Readonly<Record<string, unknown>>)[key])) return false;
  }
  return true;
}

function withOwnPath(error: GraphQLError): GraphQLError {
  return new GraphQLError(own(error.message), {
    ...(error.path && { path: error.path.map((step) => (typeof step === 'string' ? own(step) : step)) }),
    extensions: restored(error.extensions) as typeof error.extensions,
    ...(error.originalError && { originalError: error.originalError }),
  });
}

/** Keys and texts alike: paths stand in texts, too. No client's text can hold the prefix where it is an alias. */
function restored(value: unknown): unknown {
  if (typeof value === 'string') return own(value);
  if (Array.isArray(value)) return value.map(restored);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [own(key), restored(one)]));
}

function own(text: string): string {
  return text.includes(hiddenPrefix) ? text.replaceAll(hiddenStart, '') : text;
}

function fieldNamesOf(supergraphSdl: string): ReadonlySet<string> {
  const names = new Set(['__typename']);
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of definition.fields ?? []) names.add(field.name.value);
  }
  return names;
}
