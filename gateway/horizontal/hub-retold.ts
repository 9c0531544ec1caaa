/** What a hub told of the members behind it, told again: in our own words, where a client sees it. */

import type { ErrorCode } from '../errors.ts';
import type { LedgerEntry, ResponsePath } from '../ledger/ledger.ts';
import type { Members } from '../members.ts';
import type { HubWord } from './hub-word.ts';

/** Tells again what a hub told, at the places where a client sees it; `placeOf` gives null for what is told there otherwise. */
export function toEntries(
  { tellings }: HubWord,
  members: Members,
  placeOf: (path: ResponsePath, code: ErrorCode) => ResponsePath | null,
): LedgerEntry[] {
  return tellings.flatMap(({ code, member, facts, paths }) =>
    paths.flatMap((path): LedgerEntry[] => {
      const place = placeOf(path, code);
      if (!place) return [];
      const who = member === null ? 'Several courts' : `Court ${member} (${members.nameOf(member)})`;
      const message = code === 'LIST_TRUNCATED' ? truncated : `${who} ${saidOf(code)}.`;
      return [{ code, message, path: place, ...(member !== null && { source: { court: member } }), facts }];
    }),
  );
}

const truncated = 'A list is longer than what is given at once; only its first items are given.';

function saidOf(code: ErrorCode): string {
  switch (code) {
    case 'UPSTREAM_TIMEOUT':
      return 'did not answer in time';
    case 'UPSTREAM_UNREACHABLE':
      return 'could not be asked or gave no usable answer';
    case 'UPSTREAM_REFUSED':
      return 'refused to answer';
    case 'MISPLACED_ROW':
      return 'sent a row that does not belong to it; the row was left out';
    case 'BAD_ORDER':
      return 'sent rows out of order; those rows were left out';
    case 'CONFLICT':
      return 'told one thing in two ways; neither was taken';
    case 'GONE':
      return 'no longer has something that was found a moment ago';
    case 'UNKNOWN':
      return 'may have done what it was asked, and may not';
    default:
      return 'left out values';
  }
}

/** Lists that members behind a hub, or the hub, cut short. */
export function cutBy({ tellings }: HubWord): ResponsePath[] {
  return tellings.flatMap(({ code, paths }) => (code === 'LIST_TRUNCATED' ? paths : []));
}

/** Of a gathered field itself: its coverage says this, and its list that it is cut. */
export function isToldByCoverage(code: ErrorCode): boolean {
  return ['UPSTREAM_TIMEOUT', 'UPSTREAM_UNREACHABLE', 'UPSTREAM_REFUSED', 'UPSTREAM_ERROR', 'LIST_TRUNCATED'].includes(
    code,
  );
}
