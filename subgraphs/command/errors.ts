import { GraphQLError } from 'graphql';

/** Text that no page can start from. */
export function badCursor(): GraphQLError {
  return new GraphQLError(
    'after: this is not a cursor; expected the `cursor` of an edge or an `endCursor`, unchanged',
    { extensions: { code: 'BAD_CURSOR', fault: 'malformed' } },
  );
}

/** What the viewer may not do, in the words of the rule. It names the change, and so every hub tells the caller in these words. */
export function forbidden(rule: string): GraphQLError {
  return new GraphQLError(`input: ${rule}`, { extensions: { code: 'FORBIDDEN', argument: 'input' } });
}

/** A task force to be changed that does not exist. */
export function unknownTaskForce(): GraphQLError {
  return new GraphQLError('id: there is no such task force; expected an id as TaskForce.id gives it', {
    extensions: { code: 'NOT_FOUND', argument: 'id' },
  });
}
