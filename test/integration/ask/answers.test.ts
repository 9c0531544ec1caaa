import { parse } from 'csv-parse/sync';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { formatCaseNumber, parseCaseNumber } from '../../../common/case-number.ts';
import { recordsOf, startAskedCity, type AskedCity } from './asked-city.ts';

let asked: AskedCity;
beforeAll(async () => {
  asked = await startAskedCity();
});
afterEach(() => asked.down.clear());
afterAll(() => asked[Symbol.asyncDispose]());

const courtCount = 9;
const caseCount = courtCount * 12;

test('coverage stands before the rows, court by court, and a whole answer exits 0', async () => {
  const { code, out, err } = await asked.ask('statistics');
  expect(err).toBe('');
  expect(code).toBe(0);
  expect(out).toMatch(/^Coverage of caseStatistics: complete, 9 of 9 courts answered\.\n/);
  for (const { code: court, name } of asked.city.registry.courts) {
    expect(out).toMatch(new RegExp(`${court}\\s+${name}\\s+records found, as of 2018-01-31`));
  }
  expect(out.indexOf('Coverage')).toBeLessThan(out.indexOf('caseStatistics › byStage'));
});

test('a court that does not answer is named with its reason before any row, and the answer exits 1', async () => {
  asked.down.add('苏0312');
  const { code, out } = await asked.ask('statistics');
  expect(code).toBe(1);
  expect(out).toMatch(/^Coverage of caseStatistics: INCOMPLETE, 8 of 9 courts answered\.\n/);
  expect(out).toMatch(/苏0312\s+徐州市铜山区人民法院\s+NO ANSWER \(it cannot be reached: DOWN\)/);
  expect(out).toMatch(/One error:\n {2}Court 苏0312 .*\(UPSTREAM_UNREACHABLE; at caseStatistics\)/);
  const places = ['Coverage of', 'One error:', 'caseStatistics\n'].map((text) => out.indexOf(text));
  expect(places).toEqual([...places].sort((left, right) => left - right));
});

test('a page has a row for each case, and the debtors, accounts and other cases follow with whose they are', async () => {
  const { out } = await asked.ask('city-wide', '--var', 'filter=null');
  expect(out).toContain(`cases: 50 rows (totalCount ${caseCount})`);
  expect(out).toMatch(/cases › debtors: \d+ rows/);
  expect(out).toMatch(/cases › debtors › person\.cases: \d+ rows/);
  expect(out).toMatch(/│ 1\.1\.1 +│/);
  expect(out).toMatch(/Inquiries to bank: \d+: /);
});

test('one case is told value by value, with its parties as a table', async () => {
  const { number, parties } = recordsOf(asked.city)[0]!;
  const { code, out } = await asked.ask('case-by-number', '--var', `number=${number}`);
  expect(code).toBe(0);
  expect(out).toContain('Coverage: none stated; nothing in this question is gathered from several courts.');
  expect(out).toMatch(new RegExp(`\\n {2}number +${formatCaseNumber(parseCaseNumber(number))}\\n`));
  expect(out).toContain(`case › parties: ${parties.length} rows`);
  expect(out).toContain(parties[0]!.name);
});

test('a case that is not there is told as nothing, with how to ask for another', async () => {
  const { code, out } = await asked.ask('case-by-number', '--var', 'number=（2017）苏0312执99999号');
  expect(code).toBe(0);
  expect(out).toContain('case: nothing.\n');
  expect(out).toContain('Ask for another with --var number=VALUE.');
});

test('every column of a table begins at the same place of the terminal, Chinese or not', async () => {
  const { out } = await asked.ask(
    'debtor-across-courts',
    '--var',
    `name=${recordsOf(asked.city)[0]!.parties[0]!.name.slice(0, 2)}`,
  );
  const rule = out.split('\n').find((line) => line.startsWith('┌'))!;
  const stops = Array.from(rule).flatMap((sign, at) => ('┌┬┐'.includes(sign) ? [at] : []));
  const row = out.split('\n').find((line) => line.startsWith('│ 1 '))!;
  const cells = Array.from(row).flatMap((sign) => (/[\u2e80-\uffef]/.test(sign) ? [sign, ''] : [sign]));
  expect(cells.flatMap((sign, at) => (sign === '│' ? [at] : []))).toEqual(stops);
});

test('JSON is the answer as it came, and words for people go to standard error', async () => {
  asked.down.add('苏0312');
  const { code, out, err } = await asked.ask('statistics', '--json');
  expect(code).toBe(1);
  const answer = JSON.parse(out);
  expect(answer.data.caseStatistics.totalIsLowerBound).toBe(true);
  expect(answer.errors).toHaveLength(1);
  expect(err).toMatch(/^Coverage of caseStatistics: INCOMPLETE/);
});

test('CSV has a row for each case, lists joined in their cells, and says on standard error how to unfold them', async () => {
  const { code, out, err } = await asked.ask('city-wide', '--csv', '--var', 'filter=null');
  expect(code).toBe(0);
  const rows = toRecords(out);
  expect(rows).toHaveLength(50);
  expect(Object.keys(rows[0]!).slice(0, 3)).toEqual(['number', 'stage', 'filedOn']);
  expect(rows.some((row) => row['debtors.name']!.includes('; '))).toBe(true);
  expect(out.endsWith('\r\n')).toBe(true);
  expect(err).toMatch(/^Coverage of cases: complete/);
  expect(err).toContain('--rows debtors.bank.accounts');
});

test('--rows has a row for each of a list, with the case beside it, and a case without any keeps its row', async () => {
  const { out } = await asked.ask('city-wide', '--csv', '--rows', 'debtors', '--bom', '--var', 'filter=null');
  expect(out.startsWith('\ufeff')).toBe(true);
  const rows = toRecords(out);
  const joined = toRecords((await asked.ask('city-wide', '--csv', '--var', 'filter=null')).out);
  expect(new Set(rows.map((row) => row['number']))).toEqual(new Set(joined.map((row) => row['number'])));
  for (const { number, ...row } of joined) {
    const own = rows.filter((candidate) => candidate['number'] === number);
    expect(own.map((debtor) => debtor['debtors.name']).join('; ')).toBe(row['debtors.name']);
  }
});

test('--all reads every page, each case once, and the total stays', async () => {
  const { code, out } = await asked.ask('city-wide', '--all', '--json', '--var', 'filter={}');
  expect(code).toBe(0);
  const { data } = JSON.parse(out);
  const numbers = (data.cases.edges as { node: { number: string } }[]).map(({ node }) => node.number);
  expect(new Set(numbers).size).toBe(caseCount);
  expect(numbers).toHaveLength(caseCount);
  expect(data.cases.pageInfo.hasNextPage).toBe(false);
});

test('--all keeps a court that was missing on the first page as a gap of the whole', async () => {
  asked.down.add('苏0305');
  const { code, out, err } = await asked.ask('city-wide', '--all', '--csv', '--var', 'filter={}');
  expect(code).toBe(1);
  expect(toRecords(out)).toHaveLength(caseCount - 12);
  expect(err).toMatch(/Coverage of cases: INCOMPLETE, 8 of 9/);
});

test('the as-of of a court is that of its last import, and of the others their own clock', async () => {
  const asOf = '2018-01-29T08:00:00.000+08:00';
  const spoken = { columns: [], parties: [] };
  const entry = { number: recordsOf(asked.city).find(({ number }) => /苏0312/.test(number))!.number, held: [] };
  const entries = [{ ...entry, columns: null, parties: [], mode: 'ADD' as const }];
  await asked.city.courts.get('苏0312')!.upsert({ asOf, spoken, entries });
  const { out } = await asked.ask('statistics');
  expect(out).toMatch(/苏0312 .*as of 2018-01-29 08:00:00\n/);
  expect(out.match(/as of 2018-01-31/g)).toHaveLength(courtCount - 1);
});

function toRecords(csv: string): Record<string, string>[] {
  return parse<Record<string, string>>(csv, { columns: true, bom: true });
}
