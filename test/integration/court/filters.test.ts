import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CaseRecord, PartyRecord } from '../../../common/case-record.ts';
import { type Courts, createCourts, registry, type RunningCourt } from './court.ts';
import { docket } from './docket.ts';
import { caseRecord, residentIds } from './records.ts';

let courts: Courts;
let court: RunningCourt;
let personId: string;

beforeAll(async () => {
  courts = await createCourts();
  court = await courts.start(docket);
  const { case: found } = await court.data(
    'query($n: CaseNumber!) { case(number: $n) { debtors { person { id } } } }',
    {
      n: docket[0]!.number,
    },
  );
  personId = found.debtors[0]!.person.id;
});

afterAll(() => courts.stop());

const all = `query($filter: CaseFilter) { cases(filter: $filter, first: 100, orderBy: NUMBER_ASC) {
  totalCount coverage { courts { status } } edges { node { number } } } }`;

type Condition = (record: CaseRecord) => boolean;

const party =
  (holds: (party: PartyRecord) => boolean): Condition =>
  ({ parties }) =>
    parties.some(holds);
const isFirst = ({ idNumber }: PartyRecord): boolean =>
  idNumber === residentIds.fifteen || idNumber === residentIds.eighteen;
const word =
  (given: string): Condition =>
  ({ number }) =>
    number.includes(`苏0312${given}`);

const filters: [string, () => object, Condition][] = [
  ['nothing', () => ({}), () => true],
  [
    'numbers in any form',
    () => ({ numbers: ['(2014)苏0312执00001号', '（2015）苏0312执恢2号', '（2018）苏0312执99号'] }),
    ({ number }) => /执1号|执恢2号/.test(number),
  ],
  ['no numbers', () => ({ numbers: [] }), () => false],
  ['stages', () => ({ stages: ['CLOSED', 'FILED'] }), ({ stage }) => stage === 'CLOSED' || stage === 'FILED'],
  ['types', () => ({ types: ['RESUMED_EXECUTION'] }), word('执恢')],
  [
    'closing modes, in which open cases are none',
    () => ({ closingModes: ['CANCELLED', 'FULLY_EXECUTED'] }),
    ({ closingMode }) => closingMode === 'CANCELLED' || closingMode === 'FULLY_EXECUTED',
  ],
  [
    'dates, both inclusive',
    () => ({ filedFrom: '2017-01-11', filedTo: '2017-03-10' }),
    ({ filedOn }) => filedOn !== null && filedOn >= '2017-01-11' && filedOn <= '2017-03-10',
  ],
  [
    'amounts, both inclusive',
    () => ({ amountOutstandingMin: '300', amountOutstandingMax: '700.05' }),
    ({ amountOutstanding: is }) => is !== null && Number(is) >= 300 && Number(is) <= 700.05,
  ],
  ['a party name', () => ({ partyName: '王甲' }), party(({ name }) => name.includes('王甲'))],
  ['a name with a percent sign', () => ({ partyName: '0%' }), party(({ name }) => name.includes('0%'))],
  ['a name with an underscore', () => ({ partyName: '张_' }), party(({ name }) => name.includes('张_'))],
  ['a name with a backslash', () => ({ partyName: '\\%' }), () => false],
  ['a name beyond the basic plane', () => ({ partyName: '𠮷田' }), party(({ name }) => name.includes('𠮷田'))],
  ['an identity number of 15 digits', () => ({ partyIdNumber: residentIds.fifteen }), party(isFirst)],
  ['an identity number of 18 digits', () => ({ partyIdNumber: `１１０105 19491231002x` }), party(isFirst)],
  ['a person', () => ({ personId }), party(isFirst)],
  ['a person by two marks that disagree', () => ({ personId, partyIdNumber: residentIds.another }), () => false],
  [
    'name and role of one party',
    () => ({ partyName: '徐州', role: 'DEBTOR' }),
    party(({ name, role }) => name.includes('徐州') && role === 'DEBTOR'),
  ],
  [
    'name and number of one party',
    () => ({ partyName: '王甲', partyIdNumber: residentIds.eighteen }),
    party((one) => isFirst(one) && one.name.includes('王甲')),
  ],
  ['a role that nobody has', () => ({ role: 'THIRD_PARTY' }), () => false],
  [
    'the province of a debtor',
    () => ({ province: '安徽省' }),
    party(({ role, province }) => role === 'DEBTOR' && province === '安徽省'),
  ],
  [
    'a province beside a name of another party',
    () => ({ province: '安徽省', partyName: '徐州', role: 'APPLICANT' }),
    (record) =>
      party(({ role, province }) => role === 'DEBTOR' && province === '安徽省')(record) &&
      party(({ role, name }) => role === 'APPLICANT' && name.includes('徐州'))(record),
  ],
  ['the own court', () => ({ courts: ['苏0312', '苏03'] }), () => true],
  ['another court', () => ({ courts: ['苏03'] }), () => false],
  ['no court', () => ({ courts: [] }), () => false],
  [
    'everything together',
    () => ({ types: ['FIRST_EXECUTION'], filedTo: '2017-12-31', amountOutstandingMin: '0.00', role: 'DEBTOR' }),
    (record) =>
      word('执')(record) &&
      !/执恢|执保/.test(record.number) &&
      record.filedOn !== null &&
      record.amountOutstanding !== null,
  ],
];

test.each(filters)('finds by %s', async (_, filter, holds) => {
  const { cases } = await court.data(all, { filter: filter() });
  const found = cases.edges.map(({ node }) => node.number);
  const expected = docket.filter(holds).map(({ number }) => number);
  expect([...found].sort()).toEqual([...expected].sort());
  expect(cases.totalCount).toBe(expected.length);
  expect(cases.coverage.courts).toEqual([{ status: expected.length > 0 ? 'FOUND' : 'NONE' }]);
});

test('the filters that should find something do, and not everything', () => {
  const finds = filters.map(([, , holds]) => docket.filter(holds).length);
  expect(finds.filter((count) => count > 0 && count < docket.length).length).toBeGreaterThan(12);
});

test.each([
  ['an unknown court', { courts: ['沪01'] }, 'UNKNOWN_COURT'],
  ['a foreign number', { numbers: ['（2017）沪01执1号'] }, 'UNKNOWN_COURT'],
  ['a short name', { partyName: '王' }, 'BAD_USER_INPUT'],
  ['a number that is none', { numbers: ['执1号'] }, 'BAD_USER_INPUT'],
  ['a date that there is not', { filedFrom: '2017-02-29' }, 'BAD_USER_INPUT'],
  ['an amount with separators', { amountOutstandingMin: '1,000' }, 'BAD_USER_INPUT'],
  ['an amount that is no text', { amountOutstandingMin: 1000 }, 'BAD_USER_INPUT'],
  ['an identity number that is no text', { partyIdNumber: 110105194912310 }, 'BAD_USER_INPUT'],
  ['a mistyped identity number', { partyIdNumber: '110105194912310021' }, 'BAD_USER_INPUT'],
])('%s is one clear error', async (_, filter, code) => {
  const { data, errors } = await court.ask(all, { filter });
  expect(data?.cases ?? null).toBeNull();
  expect(errors).toHaveLength(1);
  expect(errors![0]!.extensions?.code).toBe(code);
  expect(errors![0]!.message).not.toMatch(/\d{15}/);
});

test('an unknown court is answered with those that there are', async () => {
  const { errors } = await court.ask('{ caseStatistics(filter: { courts: ["苏99"] }) { count } }');
  const known = registry.courts.map(({ code }) => code);
  expect(errors).toMatchObject([
    { path: ['caseStatistics'], extensions: { code: 'UNKNOWN_COURT', given: expect.any(String), known } },
  ]);
  expect(errors![0]!.message).toContain(known.join(', '));
});

test('a bad value in the text of a question says what would be right', async () => {
  const { data, errors } = await court.ask('{ cases(filter: { filedFrom: "15.12.2017" }) { totalCount } }');
  expect(data).toBeUndefined();
  expect(errors).toMatchObject([
    { extensions: { code: 'BAD_USER_INPUT', expected: 'a calendar date such as "2017-12-15"' } },
  ]);
});

test('rows of several courts in one program are told apart by their owner, older numbers by prefix', async () => {
  const numbers = [
    '（2017）苏03执1号',
    '（2017）苏0312执1号',
    '（2014）铜执字第1号',
    '（2017）苏0381执1号',
    '（2017）沪01执1号',
  ];
  const city = await courts.start(numbers.map((number) => caseRecord({ number })));
  const of = async (codes: string[]): Promise<string[]> => {
    const { cases } = await city.data(all, { filter: { courts: codes } });
    return cases.edges.map(({ node }) => node.number);
  };
  expect(await of(['苏03'])).toEqual(['（2017）苏03执1号']);
  // A number that no court of the registry owns belongs to the court whose program stored it.
  expect(await of(['苏0312'])).toEqual(['（2014）铜执字第1号', '（2017）沪01执1号', '（2017）苏0312执1号']);
  expect(await of(['苏0303'])).toEqual([]);
});
