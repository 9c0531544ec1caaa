/** Which members a gathered field is asked of, and whether its page arguments are lawful, before anybody is asked. */

import { isCourtCode } from '../../common/case-number.ts';
import type { Gather } from '../../schema/horizontal/contract.ts';
import { HubError } from '../errors.ts';
import type { Arguments } from './arguments.ts';
import { parseCursor } from './cursor.ts';
import type { Members } from '../members.ts';

/**
 * The members that the arguments (or what an entity brings with it) do not exclude; throws UNKNOWN_COURT or
 * BAD_USER_INPUT. An empty list means none.
 */
export function targetsOf(
  gather: Gather,
  args: Readonly<Record<string, unknown>>,
  members: Members,
): ReadonlySet<string> {
  const excluded = exclusionsOf(gather, args, members);
  return new Set(members.codes.filter((code) => !excluded.has(code)));
}

/** The members that the arguments exclude, each with the path of the argument that does; throws as `targetsOf` does. */
export function exclusionsOf(
  gather: Gather,
  args: Readonly<Record<string, unknown>>,
  members: Members,
): ReadonlyMap<string, readonly string[]> {
  const excluded = new Map<string, readonly string[]>();
  const keepOnly = (named: readonly string[], path: readonly string[]) => {
    for (const code of members.codes) if (!named.includes(code) && !excluded.has(code)) excluded.set(code, path);
  };
  const courts = gather.courts ? listAt(args, gather.courts) : undefined;
  if (courts) {
    const named = courts.flatMap((code) => {
      const member = members.memberOf(String(code));
      if (member === undefined && !members.isPart) throw unknownCourt(String(code), members);
      return member ?? [];
    });
    keepOnly(named, gather.courts!);
  }
  const keys = gather.keys ? listAt(args, gather.keys) : undefined;
  if (keys) {
    const owners = keys.flatMap((key) => {
      const owner = members.ownerOf(key);
      if (owner === undefined && !isElsewhere(key, members)) throw members.misfit(key);
      return owner ?? [];
    });
    keepOnly(owners, gather.keys!);
  }
  return excluded;
}

/** Whether a key that names no member may name one of another part of the city. */
function isElsewhere(key: unknown, members: Members): boolean {
  return members.isPart && members.misfit(key).code === 'UNKNOWN_COURT';
}

/** The most rows that pages below several entities may ask for together. */
const maxRows = 1_000;

/** How many entities may have a page of this size at once; null where nothing is paged. */
export function mostPages(gather: Gather, first: number): number | null {
  if (gather.maxPage === null) return null;
  return first < 1 ? 0 : Math.max(1, Math.floor(maxRows / first));
}

/** Throws BAD_USER_INPUT for a page size that this field does not allow, BAD_CURSOR for a cursor this hub never gave. */
export function checkPage(gather: Gather, args: Arguments, entities: number): void {
  if (typeof args['after'] === 'string') parseCursor(args['after']);
  if (!('first' in args)) return;
  const maximum = gather.maxPage ?? 100;
  const { first } = args;
  if (typeof first !== 'number' || !Number.isInteger(first) || first < 1 || first > maximum) {
    throw badFirst(`first is ${String(first)}; it has to be a whole number from 1 to ${maximum}.`);
  }
  if (gather.maxPage !== null && entities > 1 && entities * first > maxRows) {
    const most = Math.floor(maxRows / entities);
    throw badFirst(
      `${entities} pages of ${first} are more than ${maxRows} rows at once; first may be at most ${most} here.`,
    );
  }
}

function badFirst(message: string): HubError {
  return new HubError('BAD_USER_INPUT', message, { argument: 'first' });
}

/** UNKNOWN_COURT, with the codes that are known; what is no court code at all may be an identity number, and is not repeated. */
export function unknownCourt(code: string, members: Members): HubError {
  const what = isCourtCode(code) ? `court "${code}"` : 'such court';
  return new HubError('UNKNOWN_COURT', `There is no ${what}. Known: ${members.codes.join(', ')}.`, {
    known: members.codes,
  });
}

/** The list at an argument path; one value stands for a list of one, as GraphQL coerces it. Undefined: no constraint. */
function listAt(args: Readonly<Record<string, unknown>>, path: readonly string[]): readonly unknown[] | undefined {
  let value: unknown = args;
  for (const step of path) value = (value as Record<string, unknown> | null | undefined)?.[step];
  if (value == null) return undefined;
  return Array.isArray(value) ? (value as unknown[]) : [value];
}
