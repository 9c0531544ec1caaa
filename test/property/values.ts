/** Random arguments that are lawful: printed as literals or variables, and what they come to. */

import { getNamedType, isEnumType, isInputObjectType, type GraphQLArgument, type GraphQLInputType } from 'graphql';

import type { Dice } from './dice.ts';
import { hubCursors } from './library/oracle.ts';
import { loanOrders, positionOf } from './library/order.ts';
import { branchCodes, clubIds, days, kinds, readerIds, type Library } from './library/rows.ts';

/** A variable of an operation: its definition, and how it gets another value for other rows. */
export interface Variable {
  readonly name: string;
  readonly definition: string;
  readonly hasDefault: boolean;
  readonly draw: (dice: Dice, library: Library) => unknown;
}

/** The variables of the operation that is being written. */
export interface VariableBook {
  readonly list: Variable[];
}

/** Writes the arguments of one field; empty when it is asked without any. */
export function randomArguments(
  dice: Dice,
  args: readonly GraphQLArgument[],
  library: Library,
  book: VariableBook,
): string {
  const after = args.find(({ name }) => name === 'after');
  const isWalked = after !== undefined && args.some(({ name }) => name === 'filter') && dice.oneIn(4);
  const chosen = args
    .filter(({ name, type }) => name !== 'after' && (type.toString().endsWith('!') || dice.oneIn(2)))
    .map((argument) => ({ argument, value: valueOf(dice, argument.name, library) }));
  // A cursor belongs to one order and one filter, so those stay what they are.
  const printed = chosen.map(({ argument: { name, type }, value }) =>
    isWalked ? `${name}: ${literal(type, value)}` : `${name}: ${written(dice, name, type, value, book)}`,
  );
  if (isWalked) {
    const given = (name: string) => chosen.find(({ argument }) => argument.name === name)?.value;
    const byDefault: unknown = args.find(({ name }) => name === 'order')?.defaultValue;
    const order = (given('order') ?? byDefault) as string;
    const draw: Variable['draw'] = (own, { branches }) => {
      const loans = branches.flatMap((branch) => branch.loans);
      if (loans.length === 0) return null;
      const position = positionOf(own.pick(loans), order, given('filter'));
      return hubCursors.format(position);
    };
    printed.push(
      `after: ${dice.oneIn(3) ? literal(after.type, draw(dice, library)) : asVariable(dice, after.type, draw, library, book)}`,
    );
  }
  return printed.length === 0 ? '' : `(${printed.join(', ')})`;
}

/** A new variable of this type: with a default, or given in every request. */
export function asVariable(
  dice: Dice,
  type: GraphQLInputType,
  draw: Variable['draw'],
  library: Library,
  book: VariableBook,
): string {
  const name = `v${book.list.length}`;
  const hasDefault = dice.oneIn(3);
  const text = hasDefault ? ` = ${literal(type, draw(dice, library))}` : '';
  book.list.push({ name, definition: `$${name}: ${type.toString()}${text}`, hasDefault, draw });
  return `$${name}`;
}

function written(dice: Dice, name: string, type: GraphQLInputType, value: unknown, book: VariableBook): string {
  if (dice.oneIn(3)) {
    const draw: Variable['draw'] = (own, library) => valueOf(own, name, library);
    return asVariable(dice, type, draw, noLibrary, book);
  }
  const named = getNamedType(type);
  if (!isInputObjectType(named) || value === null) return literal(type, value);
  const fields = Object.entries(value as object).map(
    ([own, inner]) => `${own}: ${written(dice, own, named.getFields()[own]!.type, inner, book)}`,
  );
  return `{ ${fields.join(', ')} }`;
}

/** Defaults are written once, for all rows. */
const noLibrary: Library = { branches: [], clubs: [] };

function literal(type: GraphQLInputType, value: unknown): string {
  const named = getNamedType(type);
  if (value === null) return 'null';
  if (Array.isArray(value)) return `[${value.map((item) => literal(named, item)).join(', ')}]`;
  if (isEnumType(named)) return value as string;
  if (!isInputObjectType(named)) return JSON.stringify(value);
  const fields = Object.entries(value as object).map(
    ([name, own]) => `${name}: ${literal(named.getFields()[name]!.type, own)}`,
  );
  return `{ ${fields.join(', ')} }`;
}

function valueOf(dice: Dice, name: string, library: Library): unknown {
  switch (name) {
    case 'first':
      return dice.pick([2, 1, 3, 4, 20]);
    case 'order':
      return dice.pick(loanOrders);
    case 'completeness':
      return dice.pick(['PARTIAL', 'COMPLETE']);
    case 'only':
      return dice.pick(['ALL', 'GAPS']);
    case 'kind':
      return dice.oneIn(5) ? null : dice.pick(kinds);
    case 'branches':
      return dice.oneIn(5) ? null : someOf(dice, branchCodes);
    case 'filter':
      return dice.oneIn(8) ? null : filterOf(dice, library);
    case 'id':
      return dice.pick([...readerIds, ...clubIds, 'nobody']);
    case 'number':
      return numberOf(dice, library);
    case 'of':
      return { loanNumber: numberOf(dice, library), position: dice.pick([1, 2]) };
    case 'loanNumber':
      return numberOf(dice, library);
    case 'position':
      return dice.pick([1, 2]);
    case 'idempotencyKey':
      return dice.pick(['k', 'l']);
    case 'numbers':
      return [0, 1, 2].slice(dice.upTo(3)).map(() => numberOf(dice, library));
    case 'made':
      return periodOf(dice);
    case 'from':
      return dice.pick(days);
    case 'days':
      return someOf(dice, days);
    case 'input':
      return { number: numberOf(dice, library), idempotencyKey: 'k' };
    default:
      throw new Error(`Nobody knows what to give as ${name}.`);
  }
}

/** In the order of the input type, as a server has it. */
function filterOf(dice: Dice, library: Library): object {
  return {
    ...(dice.oneIn(4) && { branches: someOf(dice, branchCodes) }),
    ...(dice.oneIn(4) && { numbers: valueOf(dice, 'numbers', library) }),
    ...(dice.oneIn(3) && { kind: dice.pick(kinds) }),
    ...(dice.oneIn(3) && { made: periodOf(dice) }),
  };
}

function periodOf(dice: Dice): object {
  return { ...(dice.oneIn(2) && { from: dice.pick(days) }), ...(dice.oneIn(3) && { days: someOf(dice, days) }) };
}

function someOf<T>(dice: Dice, values: readonly T[]): T[] {
  return values.filter(() => dice.oneIn(2));
}

/** A loan's number; of one that is not there, now and then. */
function numberOf(dice: Dice, library: Library): string {
  const numbers = library.branches.flatMap((branch) => branch.loans.map((loan) => loan.number));
  return numbers.length === 0 || dice.oneIn(8) ? `${dice.pick(branchCodes)}-099` : dice.pick(numbers);
}
