/** Branches that fail in random ways: whole calls, values, rows that are not theirs, half an answer. */

import { defaultFieldResolver, GraphQLError, type GraphQLFieldResolver } from 'graphql';

import type { Answer, Ask } from '../../common/wire.ts';
import { AskError } from '../../gateway/asking/reply.ts';
import { hiddenKey } from '../../gateway/horizontal/hidden.ts';
import type { Dice } from './dice.ts';
import type { City } from './engine.ts';
import { toBranchAsk } from './library/asks.ts';
import { branchCodes, type Branch, type Library } from './library/rows.ts';
import { toCity } from './trial.ts';

/** What stands in every text of a branch that fails; nobody outside may read it. */
export const secret = 'SECRET';

/** What a branch did that can be seen; whoever only gives entities in another order, or twice, has done nothing. */
export const faultNames = [
  'refuses',
  'hangs',
  'only errors',
  'throws',
  'drops',
  'ill-typed',
  'foreign',
  'half',
  'loses',
  'reorders',
  'doubles',
] as const;
export type FaultName = (typeof faultNames)[number];

export interface FaultyCity {
  readonly city: City;
  /** What each branch really did, by code. */
  readonly harms: ReadonlyMap<string, Set<FaultName>>;
}

/** At most two branches have a fault each, in some of their calls. */
export function randomFaults(dice: Dice, library: Library): FaultyCity {
  const harms = new Map<string, Set<FaultName>>();
  const faults = new Map<string, FaultName>(
    [0, 1].slice(dice.upTo(1)).map(() => [dice.pick(branchCodes), dice.pick(faultNames)] as const),
  );
  const branches = library.branches.map((branch): [string, Ask] => {
    const fault = faults.get(branch.code);
    const own = toBranchAsk(branch);
    if (!fault) return [branch.code, own];
    const harmed = () => {
      harms.set(branch.code, (harms.get(branch.code) ?? new Set()).add(fault));
    };
    const failing = failingAsk(dice, branch, fault, harmed);
    // Decided now, so that the order in which calls end changes nothing.
    const calls = Array.from({ length: 4 }, () => dice.oneIn(2));
    return [branch.code, (question, signal) => ((calls.shift() ?? true) ? failing : own)(question, signal)];
  });
  return { city: { ...toCity(library), branches: new Map(branches) }, harms };
}

function failingAsk(dice: Dice, branch: Branch, fault: FaultName, harmed: () => void): Ask {
  const place = dice.upTo(0xffff);
  const failure = dice.pick(['FORBIDDEN', 'DOWN', 'SERVER_ERROR', 'GARBLED', 'TOO_LARGE'] as const);
  const code = dice.pick(['INTERNAL_SERVER_ERROR', 'FORBIDDEN', 'UNSUPPORTED', 'ODD']);
  const error = () => new GraphQLError(`${secret} of ${branch.code}`, { extensions: { code, detail: secret } });
  if (fault === 'throws') return toBranchAsk(branch, throwingAt(place % 30, error, harmed));
  const own = toBranchAsk(branch);
  return async (question, signal) => {
    if (fault === 'refuses' || fault === 'hangs') {
      harmed();
      throw new AskError(fault === 'hangs' ? 'DEADLINE' : failure, `${secret} of ${branch.code}`);
    }
    if (fault === 'only errors') {
      harmed();
      return { errors: [error().toJSON()] };
    }
    const answer = await own(question, signal);
    if (spoil(fault, answer, place, branch.code)) harmed();
    return answer;
  };
}

/** The field of this place in the order of resolving throws. */
function throwingAt(place: number, error: () => Error, harmed: () => void): GraphQLFieldResolver<unknown, unknown> {
  let resolved = 0;
  return (source, args, context, info) => {
    if (resolved++ === place) {
      harmed();
      throw error();
    }
    return defaultFieldResolver(source, args, context, info);
  };
}

/** Spoils an answer in place; tells whether it did something that can be seen. */
function spoil(fault: FaultName, { data, errors = [] }: Answer, place: number, code: string): boolean {
  // Beside an error of its own nothing more could be seen.
  if (!data || errors.length > 0) return false;
  const entities = data['_entities'] as unknown[] | undefined;
  switch (fault) {
    case 'drops':
    case 'ill-typed': {
      const places = placesIn(data);
      const [object, key] = places[place % places.length] ?? [];
      if (!object || key === undefined) return false;
      if (fault === 'drops') Reflect.deleteProperty(object, key);
      // No type of the contract is a list of lists.
      else object[key] = [[secret]];
      return true;
    }
    case 'foreign': {
      const keys = [hiddenKey('number'), hiddenKey('loanNumber')];
      const places = placesIn(data).filter(([, key]) => keys.includes(key));
      const [chosen, name] = places[place % places.length] ?? [];
      if (!chosen || name === undefined) return false;
      const [number, foreign] = [chosen[name], `${branchCodes.find((other) => other !== code)!}-001`];
      // The same row wherever it stands: what the hub asks twice, it reads once.
      for (const [object, key] of places) if (object[key] === number) object[key] = foreign;
      return true;
    }
    case 'half': {
      if (entities) return entities.splice(entities.length >> 1).length > 0;
      const keys = Object.keys(data);
      for (const key of keys.slice(keys.length >> 1)) Reflect.deleteProperty(data, key);
      return true;
    }
    case 'loses': {
      const owned = (entities ?? []).flatMap((entity, index) =>
        ['Loan', 'Note'].includes(String((entity as Record<string, unknown> | null)?.[hiddenKey('__typename')]))
          ? [index]
          : [],
      );
      if (!entities || owned.length === 0) return false;
      entities[owned[place % owned.length]!] = null;
      return true;
    }
    case 'reorders':
      entities?.reverse();
      return false;
    case 'doubles':
      if (entities && entities.length > 0 && entities[0] !== null) entities.push(structuredClone(entities[0]));
      return false;
    default:
      return false;
  }
}

/** Every field of every object of an answer. */
function placesIn(value: unknown): [Record<string, unknown>, string][] {
  if (Array.isArray(value)) return value.flatMap(placesIn);
  if (typeof value !== 'object' || value === null) return [];
  const object = value as Record<string, unknown>;
  return Object.entries(object).flatMap(([key, own]) => [
    [object, key] as [Record<string, unknown>, string],
    ...placesIn(own),
  ]);
}
