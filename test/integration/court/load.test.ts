import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CaseRecord } from '../../../common/case-record.ts';
import { createCourt } from '../../../subgraphs/court/program.ts';
import { type Courts, createCourts, personKey, registry, tongshan } from './court.ts';
import { caseRecord, partyRecord, residentIds, writ } from './records.ts';

let courts: Courts;

beforeAll(async () => {
  courts = await createCourts();
});

afterAll(() => courts.stop());

const numbered = (count: number): CaseRecord[] =>
  Array.from({ length: count }, (_, index) =>
    caseRecord({ number: `（2017）苏0312执${index + 1}号`, parties: [partyRecord({ writ })] }),
  );

test('a court starts empty, says how many records it stored, and finds them when it is started again', async () => {
  const database = await courts.open();
  const start = () => createCourt({ court: tongshan, registry, database, personKey });
  const first = await start();
  expect(await first.isEmpty()).toBe(true);
  expect(await first.load(numbered(3))).toBe(3);
  await first.stop();
  const again = await start();
  expect(await again.isEmpty()).toBe(false);
  const { data } = await again.ask({ query: '{ cases { totalCount } }' }, AbortSignal.timeout(10_000));
  expect(data).toEqual({ cases: { totalCount: 3 } });
});

test('more records than one chunk are all stored, with all that belongs to them', async () => {
  const court = await courts.start(numbered(4_001));
  const { cases } = await court.data('{ cases(filter: { role: DEBTOR }) { totalCount } }');
  expect(cases).toEqual({ totalCount: 4_001 });
  const { case: last } = await court.data('{ case(number: "（2017）苏0312执4001号") { debtors { writ { number } } } }');
  expect(last).toEqual({ debtors: [{ writ: { number: writ.number } }] });
});

test('a party whose number cannot be read is kept, a person of that case alone, and says why', async () => {
  const mistyped = '110105194912310021';
  const court = await courts.start([
    caseRecord({
      number: '（2017）苏0312执1号',
      parties: [
        partyRecord({ ordinal: 1, idType: 'RESIDENT_ID', idNumber: mistyped }),
        partyRecord({ ordinal: 2, idType: 'RESIDENT_ID', idNumber: residentIds.eighteen }),
        partyRecord({ ordinal: 3, idNumber: ' ', idMissingReason: '未登记' }),
      ],
    }),
  ]);
  const data =
    await court.data(`{ case(number: "（2017）苏0312执1号") { parties { id name idType idNumber idMissingReason
    subject { idNumber } person { identified } } } }`);
  expect(data.case.parties).toEqual([
    {
      id: '1',
      name: '王某甲',
      idType: 'RESIDENT_ID',
      idNumber: null,
      idMissingReason: expect.stringContaining('证件号码无法识别'),
      subject: { idNumber: null },
      person: { identified: false },
    },
    expect.objectContaining({ idNumber: '110105★★★★★★★★002X', idMissingReason: null, person: { identified: true } }),
    expect.objectContaining({ idNumber: null, idMissingReason: '未登记', person: { identified: false } }),
  ]);
  expect(JSON.stringify(data)).not.toContain(mistyped);
});

test.each<[string, Partial<CaseRecord>, RegExp]>([
  ['number', { number: '执2号' }, /^record 2: .*expected a case number/],
  ['predecessor', { predecessor: '某案' }, /^record 2: .*expected a case number/],
  ['date', { filedOn: '2017-02-30' }, /^record 2: .*expected a calendar date/],
  ['amount', { amountDue: '1,000' }, /^record 2: .*expected yuan/],
  ['double ordinal', { parties: [partyRecord(), partyRecord()] }, /^record 2: two parties have one ordinal/],
  [
    'measure against nobody',
    { coerciveMeasures: [{ kind: 'FINE', decidedOn: '2017-01-01', party: 1 }] },
    /^record 2: a coercive measure is against nobody/,
  ],
])('one bad %s stores nothing, and names the record', async (_, fault, message) => {
  const court = await courts.start([]);
  const bad = caseRecord({ number: '（2017）苏0312执2号', ...fault });
  await expect(court.court.load([caseRecord({ number: '（2017）苏0312执1号' }), bad])).rejects.toThrow(message);
  expect(await court.court.isEmpty()).toBe(true);
});

test('a case is stored once, in whatever form its number is written', async () => {
  const court = await courts.start([caseRecord({ number: '（2017）苏0312执1号' })]);
  const again = [caseRecord({ number: '(2017)苏0312执0002号' }), caseRecord({ number: '(2017)苏0312执0001号' })];
  await expect(court.court.load(again)).rejects.toThrow(
    'the case （2017）苏0312执1号 is there already; expected each case once',
  );
  const twice = [caseRecord({ number: '（2017）苏0312执3号' }), caseRecord({ number: '(2017)苏0312执03号' })];
  await expect(court.court.load(twice)).rejects.toThrow('the case （2017）苏0312执3号 is there already');
  expect(await court.data('{ cases { totalCount } }')).toEqual({ cases: { totalCount: 1 } });
});
