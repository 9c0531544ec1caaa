import { GraphQLError, type GraphQLFormattedError, type GraphQLResolveInfo, responsePathAsArray } from 'graphql';

/** What is wrong with a cursor: no cursor at all, of another order, of another filter. */
export type CursorFault = 'malformed' | 'other order' | 'other filter';

/** A cursor that this page cannot start from, saying which kind of wrong it is. */
export function badCursor(fault: CursorFault): GraphQLError {
  const sentences: Record<CursorFault, string> = {
    malformed: 'after: this is not a cursor; expected the `cursor` of an edge or an `endCursor`, unchanged',
    'other order': 'after: this cursor is of another order; expected a cursor that was given with the same `orderBy`',
    'other filter': 'after: this cursor is of another filter; expected a cursor that was given with the same filter',
  };
  return new GraphQLError(sentences[fault], { extensions: { code: 'BAD_CURSOR', fault } });
}

/** Stands beside the data: more rows exist than a plain list gives. */
export function listTruncated(limit: number, info: GraphQLResolveInfo): GraphQLFormattedError {
  return {
    message: `${info.parentType.name}.${info.fieldName}: only the first ${limit} are listed`,
    path: responsePathAsArray(info.path),
    extensions: { code: 'LIST_TRUNCATED', limit },
  };
}

/** What another subgraph had to give is not there; names fields, never values. */
export function requirementAbsent(field: string, lacking: readonly string[]): GraphQLError {
  const what = lacking.length > 0 ? `without ${[...new Set(lacking)].join(', ')}` : 'without any condition';
  return new GraphQLError(`${field}: came ${what}; nothing is searched without it`, {
    extensions: { code: 'REQUIREMENT_ABSENT', field },
  });
}

/** A condition that this court cannot apply: it gives no answer rather than one to another question. */
export function unsupported(argument: string, what: string): GraphQLError {
  return new GraphQLError(`${argument}: has ${what}`, { extensions: { code: 'UNSUPPORTED', argument } });
}

/** An argument that a rule forbids: its word, and amounts and days that say what it leaves, go on to the caller through every hub. */
export function ruledOut(
  argument: string,
  rule: { readonly problem: string; readonly [fact: string]: string },
  why: string,
  expected: string,
): GraphQLError {
  return new GraphQLError(`${argument}: ${why}; expected ${expected}`, {
    extensions: { code: 'BAD_USER_INPUT', argument, expected, ...rule },
  });
}

/** What the viewer may not do, in the words of the rule. */
export function forbidden(rule: string): GraphQLError {
  return new GraphQLError(rule, { extensions: { code: 'FORBIDDEN' } });
}

/** What is to be changed and is not there. */
export function notFound(argument: string, problem: string): GraphQLError {
  return new GraphQLError(`${argument}: ${problem}`, { extensions: { code: 'NOT_FOUND', argument } });
}
