/** Changes of a request that is refused as a whole, before any source was asked: attempts at them are recorded as all others are. */

import { GraphQLError, OperationTypeNode } from 'graphql';

import { argumentsOf } from '../horizontal/arguments.ts';
import { collectFields, fragmentsOf, isIncluded } from '../horizontal/selection.ts';
import { withDefaults } from '../horizontal/variables.ts';
import type { RequestContext } from '../request-context.ts';
import { aboutChange } from '../sources/recorded-changes.ts';
import { noteChange } from '../trail/request-trail.ts';
import type { ExecutorRequest } from './executor.ts';

/** Notes each change that the request asks for as refused, for the first of these reasons. Values are not trusted to be of their types. */
export function noteRefusedChanges(
  { schema, document, operation, request }: ExecutorRequest,
  context: RequestContext,
  [fault]: readonly GraphQLError[],
): void {
  const type = schema.getMutationType();
  if (!type || operation.operation !== OperationTypeNode.MUTATION) return;
  const variables = withDefaults(operation, request.variables ?? {});
  const scope = { schema, fragments: fragmentsOf(document) };
  const code: unknown = fault?.extensions['code'];
  for (const field of collectFields(scope, type, [{ set: operation.selectionSet, conditions: [] }])) {
    const definition = type.getFields()[field.name];
    if (!definition || !isIncluded(field, variables)) continue;
    noteChange(context, {
      change: field.name,
      holder: null,
      fields: '[]',
      outcome: { status: 'REFUSED', reason: typeof code === 'string' ? code : null },
      ...aboutChange(readable(() => argumentsOf(definition, field.uses[0]!.node, variables))),
    });
  }
}

/** Arguments that cannot be read say nothing of what the change was about. */
function readable<Arguments>(read: () => Arguments): Arguments | Readonly<Record<string, never>> {
  try {
    return read();
  } catch (error) {
    if (error instanceof GraphQLError) return {};
    throw error;
  }
}
