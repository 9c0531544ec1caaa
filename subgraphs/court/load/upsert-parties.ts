import { localPersonId } from '../../../common/person-id.ts';
import type { CoerciveMeasureTable, PartyTable, WritTable } from '../tables.ts';
import type { Entry, PartyPart, Spoken } from './entry.ts';
import type { CaseRows } from './rows.ts';
import type { MergedCase, StoredCase } from './upsert-case.ts';
import { isSameRow } from './upsert-stored.ts';

type PartyRows = Pick<MergedCase, 'parties' | 'writs' | 'coerciveMeasures' | 'overwritten' | 'hasKept'>;

/** One party with what hangs on it, while its ordinal is not settled. */
interface Seat {
  readonly party: PartyTable;
  readonly writ: WritTable | null;
  /** The stored ordinal of the same party: its coercive measures follow it from there. */
  readonly former: number | null;
}

/** Puts the parties of an entry among, or in the place of, those that are stored. */
export function mergeParties(stored: StoredCase | null, rows: CaseRows, entry: Entry, spoken: Spoken): PartyRows {
  const given = rows.parties.map((party, index) => ({
    party,
    writ: rows.writs.find(({ ordinal }) => ordinal === party.ordinal) ?? null,
    stated: entry.parties[index]!.stated,
  }));
  const twins = matchParties(
    stored?.parties ?? [],
    given.map(({ party, stated }) => ({ party, stated })),
  );
  const seats = new Map<number, Seat>();
  const waiting: Seat[] = [];
  const take = (ordinal: number, seat: Seat): void => {
    if (seats.has(ordinal)) waiting.push(seat);
    else seats.set(ordinal, seat);
  };
  for (const [index, { party, writ, stated }] of given.entries()) {
    const twin = twins.get(index) ?? null;
    const seat = mergeSeat(twin, writOf(stored, twin), { party, writ }, spoken);
    // In a mended file the place of a row means nothing: whoever is there already stays where he is.
    if (entry.mode === 'REPLACE' || stated || stored === null) take(party.ordinal, seat);
    else if (twin !== null) take(twin.ordinal, seat);
    else waiting.push(seat);
  }
  const matched = new Set([...twins.values()].map(({ ordinal }) => ordinal));
  const held = new Set(entry.held);
  let hasKept = false;
  for (const party of stored?.parties ?? []) {
    if (matched.has(party.ordinal)) continue;
    const isSanctioned = stored!.coerciveMeasures.some(({ party_ordinal }) => party_ordinal === party.ordinal);
    const stays = entry.mode === 'ADD' || held.has(party.ordinal);
    // A record of what was done to somebody does not vanish because an export leaves that person out.
    if (!stays && !isSanctioned) continue;
    if (!stays) hasKept = true;
    take(party.ordinal, { party, writ: writOf(stored, party), former: party.ordinal });
  }
  seatRest(seats, waiting, held);
  const seated = toRows(seats, stored);
  return { ...seated, overwritten: overwritten(stored, seated.writs), hasKept };
}

/** Whom of the stored parties each given one is: by its stated ordinal, else as the same person, else by role and name. */
function matchParties(
  stored: readonly PartyTable[],
  given: readonly { readonly party: PartyTable; readonly stated: boolean }[],
): Map<number, PartyTable> {
  const free = new Set(stored);
  const found = new Map<number, PartyTable>();
  const rules: ((one: PartyTable, other: PartyTable, stated: boolean) => boolean)[] = [
    (one, other, stated) => stated && one.ordinal === other.ordinal,
    (one, other) => one.role === other.role && one.identified && one.person_id === other.person_id,
    (one, other) => isNamedAlike(one, other) && one.ordinal === other.ordinal,
    isNamedAlike,
  ];
  for (const isSame of rules) {
    for (const [index, { party, stated }] of given.entries()) {
      if (found.has(index)) continue;
      const twin = [...free].find((candidate) => isSame(candidate, party, stated));
      if (twin === undefined) continue;
      free.delete(twin);
      found.set(index, twin);
    }
  }
  return found;
}

/** Two numbers that differ are two people, however they are named. */
function isNamedAlike(one: PartyTable, other: PartyTable): boolean {
  return one.role === other.role && one.name === other.name && !(one.identified && other.identified);
}

const partColumns: Readonly<Record<Exclude<PartyPart, 'writ'>, readonly (keyof PartyTable)[]>> = {
  kind: ['kind'],
  identity: ['id_type', 'id_number', 'id_unreadable', 'id_missing_reason', 'person_id', 'identified'],
  province: ['province'],
  county: ['county'],
  rural: ['rural'],
};

function mergeSeat(
  twin: PartyTable | null,
  formerWrit: WritTable | null,
  { party, writ }: Pick<Seat, 'party' | 'writ'>,
  spoken: Spoken,
): Seat {
  if (twin === null) return { party, writ, former: null };
  const unspoken = (Object.keys(partColumns) as (keyof typeof partColumns)[])
    .filter((part) => !spoken.parties.includes(part))
    .flatMap((part) => partColumns[part]);
  return {
    party: { ...party, ...Object.fromEntries(unspoken.map((name) => [name, twin[name]])) },
    writ: spoken.parties.includes('writ') ? withIssuer(writ, formerWrit) : formerWrit,
    former: twin.ordinal,
  };
}

/** A file that lists a writ that was issued here does not know by whom. One that says anything else is not what he issued. */
function withIssuer(writ: WritTable | null, former: WritTable | null): WritTable | null {
  if (writ === null || former === null) return writ;
  const { ordinal, issued_by, issued_at } = former;
  // Files list agencies in any order.
  const agencies = inOrder(writ.agencies) === inOrder(former.agencies) ? former.agencies : writ.agencies;
  const issued = { ...writ, agencies, issued_by, issued_at };
  return isSameRow('writ', { ...issued, ordinal }, former) ? issued : writ;
}

function inOrder(agencies: string): string {
  return agencies.split(' ').sort().join(' ');
}

/** Writs that a judge issued here and that stand no more as he did: agencies may have been asked on them. */
function overwritten(stored: StoredCase | null, writs: readonly WritTable[]): WritTable[] {
  const stands = (own: WritTable) => writs.some((one) => one.number === own.number && one.issued_by !== null);
  return (stored?.writs ?? []).filter((own) => own.issued_by !== null && !stands(own));
}

function writOf(stored: StoredCase | null, party: PartyTable | null): WritTable | null {
  return stored?.writs.find(({ ordinal }) => ordinal === party?.ordinal) ?? null;
}

/** The lowest free ordinals, so that a mended row returns to the place that it had in its file. */
function seatRest(seats: Map<number, Seat>, waiting: readonly Seat[], held: ReadonlySet<number>): void {
  let ordinal = 1;
  for (const seat of waiting) {
    while (seats.has(ordinal) || held.has(ordinal)) ordinal++;
    seats.set(ordinal, seat);
  }
}

function toRows(
  seats: ReadonlyMap<number, Seat>,
  stored: StoredCase | null,
): Omit<PartyRows, 'hasKept' | 'overwritten'> {
  const ordered = [...seats].sort(([one], [other]) => one - other);
  const newOrdinals = new Map(ordered.flatMap(([ordinal, { former }]) => (former === null ? [] : [[former, ordinal]])));
  return {
    parties: ordered.map(([ordinal, { party }]) => ({
      ...party,
      ordinal,
      // The id of a person without a number says where the person stands.
      person_id: party.identified ? party.person_id : localPersonId(party.case_key, ordinal),
    })),
    writs: ordered.flatMap(([ordinal, { writ }]) => (writ === null ? [] : [{ ...writ, ordinal }])),
    coerciveMeasures: (stored?.coerciveMeasures ?? []).map((measure): CoerciveMeasureTable => ({
      ...measure,
      party_ordinal: newOrdinals.get(measure.party_ordinal)!,
    })),
  };
}
