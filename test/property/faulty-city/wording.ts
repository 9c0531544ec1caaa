/** How the hub's own graph is asked: about cases, people and task forces that are there, and now and then about others. */

import { getNamedType, isEnumType, type GraphQLArgument } from 'graphql';

import type { Dice } from '../dice.ts';
import type { Given, Wording } from '../random-operation.ts';

/** What can be asked about. */
export interface KnownOf {
  readonly caseNumbers: readonly string[];
  readonly persons: readonly string[];
  readonly taskForces: readonly string[];
  readonly courts: readonly string[];
  readonly cursors: readonly string[];
}

/** Begins the response keys of what is another each time it is asked. */
export const passingMark = 'now_';

const passing = ['receivedAt', 'elapsedMs', 'asOf', 'health'];

export function cityWording(known: KnownOf): Wording {
  const [number, person, taskForce, cursor] = [
    [...known.caseNumbers, '（2017）苏0312执99999号', '（2017）京01执1号'],
    [...known.persons, 'nobody'],
    [...known.taskForces, 'none'],
    [null, null, null, null, ...known.cursors, 'nonsense'],
  ].map((values) => (dice: Dice) => dice.pick<string | null>(values));
  const always: Readonly<Record<string, Given>> = {
    number: { kind: 'number', valueFrom: number!, isAlways: true },
    'person.id': { kind: 'person', valueFrom: person!, isAlways: true },
    'taskForce.id': { kind: 'task force', valueFrom: taskForce!, isAlways: true },
    'updateTaskForce.id': { kind: 'task force', valueFrom: taskForce!, isAlways: true },
    idempotencyKey: { kind: 'once', valueFrom: (dice) => `key ${dice.upTo(0xffff)}`, isAlways: true },
    'createTaskForce.input': {
      kind: 'creation',
      valueFrom: (dice) => ({ name: `行动${dice.upTo(99)}`, criteria: criteria(dice, known) }),
      isAlways: true,
    },
    'updateTaskForce.input': {
      kind: 'change',
      valueFrom: (dice) => ({ purpose: `第${dice.upTo(99)}次` }),
      isAlways: true,
    },
    first: { kind: 'first', valueFrom: (dice) => (dice.oneIn(30) ? dice.pick([0, 100_000]) : 1 + dice.upTo(3)) },
    after: { kind: 'after', valueFrom: cursor! },
    filter: { kind: 'filter', valueFrom: (dice) => filter(dice, known) },
  };
  return {
    given: (argument, field) => always[`${field}.${argument.name}`] ?? always[argument.name] ?? oneOfEnum(argument),
    markOf: (field) => (passing.includes(field) ? passingMark : ''),
    fields: 12,
    levels: 7,
  };
}

function oneOfEnum({ type }: GraphQLArgument): Given | null {
  const named = getNamedType(type);
  if (!isEnumType(named)) return null;
  const names = named.getValues().map(({ name }) => name);
  return { kind: named.name, valueFrom: (dice) => dice.pick(names) };
}

function filter(dice: Dice, { courts, persons, caseNumbers }: KnownOf): object | null {
  const criterion = dice.upTo(9);
  switch (criterion) {
    case 0:
      return null;
    case 1:
      return { courts: [dice.pick(courts), dice.pick(courts)] };
    case 2:
      return { numbers: [dice.pick(caseNumbers), dice.pick(caseNumbers)] };
    case 3:
      return { personId: dice.pick(persons), role: dice.pick(['DEBTOR', 'APPLICANT']) };
    case 4:
      return { types: ['FIRST_EXECUTION'], filedFrom: '2016-01-01' };
    case 5:
      return { stages: dice.pick([[], ['CLOSED', 'ARCHIVED'], ['INVESTIGATING']]) };
    case 6:
      return { amountOutstandingMin: '20000.00' };
    default:
      return {};
  }
}

function criteria(dice: Dice, { courts }: KnownOf): object {
  return { amountOutstandingMin: '1000.00', ...(dice.oneIn(2) && { courts: [dice.pick(courts), dice.pick(courts)] }) };
}
