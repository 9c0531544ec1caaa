/** Random filters that speak of the city's own rows, so that most of them find something. */

import fc from 'fast-check';
import type { PartyRecord } from '../../common/case-record.ts';
import { typeOf, yuanOf, type PlainCase, type PlainFilter } from './brute-force.ts';
import { writtenCaseNumber, writtenIdNumber } from './written-forms.ts';

/** The id of a party's person, as a court gives it. */
export type PersonIdOf = (one: PlainCase, party: PartyRecord) => string;

/** A filter about one row and now and then about others; null now and then. */
export function randomFilter(city: readonly PlainCase[], personIdOf: PersonIdOf): fc.Arbitrary<PlainFilter | null> {
  // Most criteria are taken from one row, which all of them together then find.
  const elsewhere = fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.nat(city.length - 1) },
  );
  const pick = fc.record({ elsewhere, form: fc.nat(59), party: fc.nat(5) });
  // One list in six is empty: it lets nothing through.
  const picks = fc.array(pick, { maxLength: 5 });
  const criteria = fc.record({
    numbers: rarely(picks),
    courts: rarely(picks),
    stages: rarely(picks),
    types: rarely(picks),
    closingModes: rarely(picks),
    filedFrom: rarely(pick),
    filedTo: rarely(pick),
    amountOutstandingMin: rarely(pick),
    amountOutstandingMax: rarely(pick),
    partyName: rarely(pick),
    partyIdNumber: rarely(pick),
    personId: rarely(pick),
    role: rarely(pick),
    province: rarely(pick),
  });
  const filter = fc.tuple(fc.nat(city.length - 1), criteria).map(([target, chosen]) => {
    const written = Object.entries(chosen).flatMap(([name, choice]) => {
      if (choice == null) return choice === null ? [[name, null] as const] : [];
      const value = (one: Pick): unknown => criterion(name, city[one.elsewhere ?? target]!, one, personIdOf);
      return [[name, Array.isArray(choice) ? choice.map(value) : value(choice)] as const];
    });
    return Object.fromEntries(written);
  });
  return fc.oneof({ weight: 24, arbitrary: filter }, { weight: 1, arbitrary: fc.constant(null) });
}

interface Pick {
  readonly elsewhere: number | null;
  readonly form: number;
  readonly party: number;
}

/** Mostly absent, now and then null. */
function rarely<Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | null | undefined> {
  return fc.oneof(
    { weight: 40, arbitrary: fc.constant(undefined) },
    { weight: 8, arbitrary },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

function criterion(name: string, row: PlainCase, { form, party: at }: Pick, personIdOf: PersonIdOf): unknown {
  const { record, outstanding } = row;
  const party = record.parties[at % record.parties.length]!;
  switch (name) {
    case 'numbers':
      // Some numbers that no court has given yet.
      return form % 10 === 9
        ? writtenCaseNumber({ ...row.number, serial: row.number.serial + 90_000 }, form)
        : writtenCaseNumber(row.number, form);
    case 'courts':
      return row.court;
    case 'stages':
      return form % 10 === 9 ? 'SHIELDED' : record.stage;
    case 'types':
      return form % 10 === 9 ? 'COORDINATION' : typeOf(row.number);
    case 'closingModes':
      return record.closingMode ?? ['FULLY_EXECUTED', 'CANCELLED', 'REFUSED'][form % 3];
    case 'filedFrom':
      return dayNear(record.filedOn, [0, 0, -1, 1, -300][form % 5]!);
    case 'filedTo':
      return dayNear(record.filedOn, [0, 0, 1, -1, 300][form % 5]!);
    case 'amountOutstandingMin':
      return yuanNear(outstanding, [0n, 0n, -1n, 1n, -1_000_000n][form % 5]!);
    case 'amountOutstandingMax':
      return yuanNear(outstanding, [0n, 0n, 1n, -1n, 1_000_000n][form % 5]!);
    case 'partyName':
      return partOf(party.name, form);
    case 'partyIdNumber':
      return writtenIdNumber(numberOf(record.parties, at), form);
    case 'personId':
      return personIdOf(row, party);
    case 'role':
      return form % 10 === 9 ? 'THIRD_PARTY' : party.role;
    default:
      return party.province ?? '江苏省';
  }
}

function dayNear(day: string | null, days: number): string {
  const at = Date.parse(`${day ?? '2016-06-30'}T00:00:00Z`) + days * 86_400_000;
  return new Date(at).toISOString().slice(0, 10);
}

function yuanNear(fen: bigint | null, more: bigint): string {
  const near = (fen ?? 5_000_000n) + more;
  return yuanOf(near < 0n ? 0n : near)!;
}

/** Two characters or more of a name; now and then with the characters that SQL patterns are made of. */
function partOf(name: string, form: number): string {
  const characters = Array.from(name);
  if (form % 15 === 14) return [`${characters[0]!}%`, `_${characters[1]!}`, '\\%'][Math.floor(form / 15) % 3]!;
  const start = form % Math.max(1, characters.length - 1);
  const part = characters.slice(start, start + 2 + (form % 3)).join('');
  // Old forms put a space between surname and given name; one at an end would be a matter of taste.
  return part === part.trim() ? part : name;
}

function numberOf(parties: readonly PartyRecord[], at: number): string {
  const numbered = parties.flatMap(({ idNumber }) => idNumber ?? []);
  return numbered[at % numbered.length] ?? '11010519491231002X';
}
