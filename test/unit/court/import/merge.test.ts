import { expect, test } from 'vitest';
import { readCourtRegistry } from '../../../../common/court-registry.ts';
import { localPersonId } from '../../../../common/person-id.ts';
import {
  partyParts,
  type CaseColumns,
  type Entry,
  type EntryParty,
  type Spoken,
} from '../../../../subgraphs/court/load/entry.ts';
import type { StoredCase } from '../../../../subgraphs/court/load/upsert-case.ts';
import { mergeCase, parseEntry } from '../../../../subgraphs/court/load/upsert-merge.ts';

const registry = readCourtRegistry();
const loading = {
  court: registry.byCode('苏0312')!,
  registry,
  personKey: { version: 1, secret: new Uint8Array(32).fill(7) },
};
const key = '2017 苏0312 执 00000001';
const ids = { 甲: '11010519491231002X', 乙: '440524188001010014' } as const;

const columns: CaseColumns = {
  stage: 'FILED',
  filedOn: '2017-03-01',
  closedOn: null,
  closingMode: null,
  amountDue: '100.00',
  amountRecovered: '0.00',
  amountOutstanding: '100.00',
  team: { name: '一', type: 'TERMINATION', judge: '李' },
  predecessor: null,
  successor: null,
  transferKind: null,
};
const everything: Spoken = { columns: Object.keys(columns) as (keyof CaseColumns)[], parties: partyParts };

const writ = {
  number: '协查1',
  agencies: ['BANK'],
  signedBy: '李',
  signedOn: '2017-03-05',
  validUntil: '2017-09-05',
  handlerName: '赵',
  handlerPhone: '1',
  workIdNumber: 'G',
  dutyCertificateNumber: 'Z',
} as const;

/** A debtor by name; 甲 and 乙 have numbers. */
function party(name: string, ordinal: number, given: Partial<EntryParty> = {}): EntryParty {
  const idNumber = name === '甲' || name === '乙' ? ids[name] : null;
  return {
    ordinal,
    stated: false,
    role: 'DEBTOR',
    kind: 'NATURAL_PERSON',
    name,
    idType: idNumber === null ? null : 'RESIDENT_ID',
    idNumber,
    idMissingReason: null,
    province: null,
    county: null,
    rural: null,
    writ: null,
    ...given,
  };
}

function entry(parties: readonly EntryParty[], given: Partial<Entry> = {}): Entry {
  return { number: '（2017）苏0312执1号', columns, parties, mode: 'REPLACE', held: [], ...given };
}

function merge(stored: StoredCase | null, given: Entry, spoken = everything) {
  return mergeCase(stored, parseEntry(given, loading), given, spoken);
}

/** A stored case with these parties, and a fine against each named in `fined`. */
function stored(parties: readonly EntryParty[], fined: readonly number[] = []): StoredCase {
  const coerciveMeasures = fined.map((party_ordinal, index) => ({
    case_key: key,
    position: index + 1,
    kind: 'FINE' as const,
    decided_on: '2017-05-01',
    party_ordinal,
  }));
  return { ...merge(null, entry(parties)), coerciveMeasures };
}

const places = ({ parties }: StoredCase) => parties.map(({ ordinal, name }) => `${ordinal} ${name}`);

test('an entry replaces the columns that the file speaks of, and no others', () => {
  const given = entry([], { columns: { ...columns, stage: 'CLOSED', filedOn: null, team: null, amountDue: '7.00' } });
  const { enforcementCase } = merge(stored([]), given, { columns: ['stage', 'filedOn'], parties: [] });
  expect(enforcementCase).toMatchObject({ stage: 'CLOSED', filed_on: null, team_name: '一', amount_due: 10_000n });
});

test('an entry of parties alone leaves the columns as they are', () => {
  const before = stored([]);
  expect(merge(before, entry([party('甲', 1)], { columns: null, mode: 'ADD' })).enforcementCase).toEqual(
    before.enforcementCase,
  );
});

test('the parties of the file replace the stored ones', () => {
  expect(places(merge(stored([party('甲', 1), party('丙', 2)]), entry([party('丁', 1), party('甲', 2)])))).toEqual([
    '1 丁',
    '2 甲',
  ]);
});

test('a party part without a column stays as it is stored, wherever its party now stands', () => {
  const before = stored([party('甲', 1, { province: '江苏省', county: '铜山区', writ }), party('丙', 2)]);
  const given = entry([party('丙', 1), party('甲', 2, { province: '安徽省' })]);
  const { parties, writs } = merge(before, given, { columns: [], parties: ['identity', 'province'] });
  expect(parties[1]).toMatchObject({ name: '甲', province: '安徽省', county: '铜山区' });
  expect(writs).toMatchObject([{ ordinal: 2, number: '协查1' }]);
  expect(merge(before, given).writs).toEqual([]);
});

test('a number that the file has no column for stays with its name', () => {
  const before = stored([party('甲', 1)]);
  const given = entry([party('甲', 1, { idType: null, idNumber: null })]);
  const unspoken = merge(before, given, { columns: [], parties: ['kind'] });
  expect(unspoken.parties).toEqual(before.parties);
  expect(merge(before, given).parties[0]).toMatchObject({ id_number: null, person_id: localPersonId(key, 1) });
});

test('two numbers are two people, however they are named', () => {
  const before = stored([party('甲', 1, { province: '江苏省' })]);
  const given = entry([party('甲', 1, { idNumber: ids['乙'] })]);
  expect(merge(before, given, { columns: [], parties: ['identity'] }).parties[0]).toMatchObject({ province: null });
});

test('whoever stands at the place of a rejected row stays, unless the file has him elsewhere', () => {
  const before = stored([party('甲', 1), party('丙', 2)]);
  expect(places(merge(before, entry([party('甲', 1)], { held: [2] })))).toEqual(['1 甲', '2 丙']);
  expect(places(merge(before, entry([party('丙', 1)], { held: [2] })))).toEqual(['1 丙']);
});

test('a mended row returns to the place that was left for it', () => {
  const before = merge(null, entry([party('甲', 1), party('丙', 3)], { held: [2] }));
  expect(places(merge(before, entry([party('乙', 1)], { columns: null, mode: 'ADD' })))).toEqual([
    '1 甲',
    '2 乙',
    '3 丙',
  ]);
});

test('a mended row replaces its own party, and comes twice without harm', () => {
  const before = stored([party('甲', 1), party('丙', 2)]);
  const given = entry([party('丙', 1, { county: '铜山区' })], { columns: null, mode: 'ADD' });
  const once = merge(before, given);
  expect(once.parties).toMatchObject([{ name: '甲' }, { name: '丙', county: '铜山区', ordinal: 2 }]);
  expect(merge(once, given).parties).toEqual(once.parties);
});

test('an ordinal that the file states says who is meant, even under another name', () => {
  const before = stored([party('甲', 1), party('丙', 2)]);
  const given = entry([party('丙丙', 2, { stated: true })], { columns: null, mode: 'ADD' });
  expect(places(merge(before, given))).toEqual(['1 甲', '2 丙丙']);
});

test('coercive measures follow their party to its new place', () => {
  const before = stored([party('甲', 1), party('丙', 2)], [2, 1]);
  const after = merge(before, entry([party('丙', 1), party('丁', 2), party('甲', 3)]));
  expect(after.coerciveMeasures.map(({ party_ordinal }) => party_ordinal)).toEqual([1, 3]);
  expect(after.hasKept).toBe(false);
});

test('a party against whom a coercive measure stands does not vanish, and the import says so', () => {
  const before = stored([party('甲', 1), party('丙', 2)], [1]);
  const after = merge(before, entry([party('丁', 1)]));
  expect(places(after)).toEqual(['1 丁', '2 甲']);
  expect(after.coerciveMeasures).toMatchObject([{ party_ordinal: 2 }]);
  expect(after.hasKept).toBe(true);
});

test('a person without a number has an id of the place, and a new one at a new place', () => {
  const after = merge(stored([party('丙', 1)]), entry([party('甲', 1), party('丙', 2)]));
  expect(after.parties[1]!.person_id).toBe(localPersonId(key, 2));
});

test('the same entry again changes nothing', () => {
  const given = entry([party('甲', 1, { writ }), party('丙', 4), party('乙', 2)], { held: [3] });
  const once = merge(null, given);
  expect(merge({ ...once, coerciveMeasures: [] }, given)).toEqual(once);
});
