import { GraphQLError } from 'graphql';

/** A key that was used within the last day for something else. */
export function idempotencyConflict(): GraphQLError {
  return new GraphQLError(
    'idempotencyKey: this key was used for another change; expected a new key for a new change, ' +
      'or the same input to have the same answer again',
    { extensions: { code: 'IDEMPOTENCY_CONFLICT', argument: 'idempotencyKey' } },
  );
}

/** How the key of a change is described in every schema. */
export const keyDescription =
  'Made up by the caller for this one change (幂等键): asked again within 24 hours, it gives the same answer and changes nothing.';
