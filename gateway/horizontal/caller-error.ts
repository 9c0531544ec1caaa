/** What members say about a question that is wrong, in words that may reach a caller. */

import { getNamedType, isInputObjectType, type GraphQLField, type GraphQLInputType } from 'graphql';

import type { CallerError } from './failed.ts';

/** Argument paths of a contract are words; nothing that could hold a number or an address. */
const argumentForm = /^[A-Za-z]{1,24}(\.[A-Za-z]{1,24}){0,2}$/;

/**
 * One error of the caller. Several members that say the same, word for word, speak for the contract and are quoted; the
 * words of one member alone are not: they may hold anything. The contract's own description of the argument stands in.
 */
export function toPresentable(errors: readonly CallerError[], field?: GraphQLField<unknown, unknown>): CallerError {
  const [first] = errors as [CallerError];
  if (errors.length > 1 && errors.every((error) => error.message === first.message)) return first;
  const argument = first.facts['argument'];
  if (typeof argument !== 'string' || !argumentForm.test(argument)) {
    return { code: first.code, message: sentences[first.code], facts: {} };
  }
  const expected = field && descriptionAt(field, argument.split('.'));
  const told = toldFacts(first.facts);
  const why = Object.entries(told).map(([name, value]) => (name === 'problem' ? value : `${name} ${value}`));
  const problem = why.length === 0 ? '' : ` (${why.join(', ')})`;
  const cannot = first.code === 'FORBIDDEN' ? 'may not be used by this viewer' : 'cannot be used';
  const message = `${argument} ${cannot}${problem}.${expected ? ` It is: ${expected}` : ''}`;
  return { code: first.code, message, facts: { argument, ...told, ...(expected && { expected }) } };
}

/** What a member may say in its own words of why an argument cannot be used: a word of a rule, amounts and days. */
const factForms: Readonly<Record<string, RegExp>> = {
  problem: /^[A-Z][A-Z_]{0,39}$/,
  outstanding: /^\d{1,16}\.\d{2}$/,
  covered: /^\d{1,16}\.\d{2}$/,
  atMost: /^\d{1,16}\.\d{2}$/,
  earliest: /^\d{4}-\d{2}-\d{2}$/,
  latest: /^\d{4}-\d{2}-\d{2}$/,
};

function toldFacts(facts: CallerError['facts']): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(factForms).flatMap(([name, form]) => {
      const value = facts[name];
      return typeof value === 'string' && form.test(value) ? [[name, value]] : [];
    }),
  );
}

const sentences: Readonly<Record<CallerError['code'], string>> = {
  BAD_USER_INPUT: 'The court cannot use an argument of this field. Its description says what the court expects.',
  BAD_CURSOR: 'The cursor does not belong to this question. Pass one that was given for the same filter and order.',
  UNKNOWN_COURT: 'The court does not know a court that the question names.',
  FORBIDDEN: 'The viewer may not ask this.',
  NOT_FOUND: 'What is to be changed is not there.',
  IDEMPOTENCY_CONFLICT: 'The idempotencyKey was used for another change. Give every change a key of its own.',
};

/** What the contract says of an argument, or of a field inside it. */
function descriptionAt(field: GraphQLField<unknown, unknown>, [name, ...path]: readonly string[]): string | undefined {
  let place: { readonly type: GraphQLInputType; readonly description?: string | null | undefined } | undefined =
    field.args.find((argument) => argument.name === name);
  for (const step of path) {
    const type = place && getNamedType(place.type);
    place = isInputObjectType(type) ? type.getFields()[step] : undefined;
  }
  return place?.description ?? undefined;
}
