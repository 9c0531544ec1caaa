/** Searches by an identity number go into the request's trail, whether they were made or refused: each says where somebody is a party. */

import { getOperationAST, type DocumentNode, type GraphQLSchema } from 'graphql';

import { askedIdentity } from '../../common/asked-identity.ts';
import type { GatheredRoot } from '../horizontal/gather-plan.ts';
import { collectFields, fragmentsOf, type Variables } from '../horizontal/selection.ts';
import type { RequestContext } from '../request-context.ts';
import { compileAskedRoots, type AskedFields, type Outcome } from '../trail/asked-fields.ts';
import { noteSearch } from '../trail/request-trail.ts';

/** A root field of a fetch, as it is about to be asked or is refused. */
export interface AskedRoot {
  readonly document: DocumentNode;
  readonly root: GatheredRoot;
  readonly variables: Variables;
}

/** What became of a search that goes out; what it brought is no part of the record. */
export const asked: Outcome = { status: 'ASKED', reason: null };
/** Of one whose arguments exclude every court. */
export const notAsked: Outcome = { status: 'NOT_ASKED', reason: null };

/** Notes root fields that search by an identity number, and no others. */
export function createSearchRecorder(schema: GraphQLSchema) {
  const known = new WeakMap<DocumentNode, ReadonlyMap<string, AskedFields>>();
  const fieldsOf = (document: DocumentNode): ReadonlyMap<string, AskedFields> => {
    let fields = known.get(document);
    if (fields === undefined) {
      const queryType = schema.getQueryType()!;
      const scope = { schema, fragments: fragmentsOf(document) };
      const set = getOperationAST(document)!.selectionSet;
      fields = compileAskedRoots(scope, queryType, collectFields(scope, queryType, [{ set, conditions: [] }]));
      known.set(document, fields);
    }
    return fields;
  };
  return ({ document, root, variables }: AskedRoot, context: RequestContext, outcome: Outcome): void => {
    const number = askedIdentity(root.argsOf(variables));
    if (number === null) return;
    const fields = fieldsOf(document).get(root.key)?.namesFor(variables) ?? '[]';
    noteSearch(context, { search: root.name, number, fields, outcome });
  };
}
