/**
 * Keeps clients' aliases apart from fields that the planner adds. What `@requires` and keys need goes into the same fetch as
 * what the client selects, under the same response keys, and the stock planner lets a client's alias take the place of such
 * a field: `writ { validUntil: handlerName }` would hand a name to the bank as the writ's last day. So an alias that is
 * also the name of a field goes through planning under a name of the hub, and gets its own back in the answer.
 */

import { GraphQLError, Kind, parse, visit, type DocumentNode } from 'graphql';

import { hiddenPrefix } from '../horizontal/hidden.ts';
import type { ExecutedAnswer } from './finish.ts';

export interface Aliases {
  /** The same document, always the same object for it, without aliases that look like fields. */
  shield(document: DocumentNode): DocumentNode;
}

const prefix = `${hiddenPrefix}as_`;

/** Required fields with arguments go through planning under names that begin so (`schema/planning/stand-ins.ts`). */
export const standInPrefix = `${hiddenPrefix}for_`;

/** What stands before a client's or a field's own name: `_nonet_as_`, `_nonet_for_3_`. */
const hiddenStart = new RegExp(`${prefix}|${standInPrefix}\\d+_`, 'g');

/** For the fields of a supergraph, those included that no client can see. */
export function createAliases(supergraphSdl: string): Aliases {
  const fieldNames = fieldNamesOf(supergraphSdl);
  const shielded = new WeakMap<DocumentNode, DocumentNode>();
  return {
    shield(document) {
      const known =
        shielded.get(document) ??
        visit(document, {
          Field(node) {
            if (!node.alias || node.alias.value === node.name.value || !fieldNames.has(node.alias.value))
              return undefined;
            return { ...node, alias: { ...node.alias, value: `${prefix}${node.alias.value}` } };
          },
        });
      shielded.set(document, known);
      return known;
    },
  };
}

/** An answer to a shielded document, with the client's own aliases in data, paths and texts. */
export function withOwnAliases({ data, errors, extensions }: ExecutedAnswer): ExecutedAnswer {
  return {
    ...(data !== undefined && { data: restored(data) as typeof data }),
    ...(errors && { errors: errors.map(withOwnPath) }),
    ...(extensions && { extensions: restored(extensions) as typeof extensions }),
  };
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
