import { expect, test } from 'vitest';
import { readCourtRegistry } from '../../../../common/court-registry.ts';
import { readImport } from '../../../../subgraphs/court/import/read-import.ts';
import type { Cell } from '../../../../subgraphs/court/import/table.ts';
import { faults, notes, number, read, table } from './tables.ts';

const registry = readCourtRegistry();

const titles = [
  '案号',
  '阶段',
  '立案日期',
  '结案日期',
  '结案方式',
  '应执行标的金额',
  '实际到位金额',
  '尚未执行',
  '执行团队',
  '团队类型',
  '承办法官',
  '原执行案号',
  '后续案号',
  '移转方式',
];

/** One row with these cells and the rest empty. */
const row = (cells: Readonly<Record<string, Cell>>): Cell[] =>
  titles.map((title) => cells[title] ?? { 案号: number(1), 阶段: '立案' }[title] ?? '');
const one = (cells: Readonly<Record<string, Cell>>) => read([titles, row(cells)]);

test('a row becomes a case with everything that it says', () => {
  const { entries, cases } = one({
    阶段: '结案',
    立案日期: '2017年3月1日',
    结案日期: '2017/12/05',
    结案方式: '终本',
    应执行标的金额: '12,345.60',
    实际到位金额: '345.60元',
    尚未执行: '1.2万元',
    执行团队: '第三团队',
    团队类型: '快执团队',
    承办法官: '李 法官',
    原执行案号: '(2016)苏03执5号',
    后续案号: '（2018）苏0391执7号',
    移转方式: '指定执行',
  });
  expect(cases!.rejected).toEqual([]);
  expect(cases!.notes).toEqual([]);
  expect(entries).toEqual([
    {
      number: number(1),
      columns: {
        stage: 'CLOSED',
        filedOn: '2017-03-01',
        closedOn: '2017-12-05',
        closingMode: 'TERMINATED_THIS_TIME',
        amountDue: '12345.60',
        amountRecovered: '345.60',
        amountOutstanding: '12000.00',
        team: { name: '第三团队', type: 'FAST_EXECUTION', judge: '李法官' },
        predecessor: '（2016）苏03执5号',
        successor: '（2018）苏0391执7号',
        transferKind: 'DESIGNATED',
      },
      parties: [],
      mode: 'ADD',
      held: [],
    },
  ]);
});

test('what is outstanding is computed where it is not given', () => {
  const outstanding = (due: string, recovered: string, given = '') =>
    one({ 应执行标的金额: due, 实际到位金额: recovered, 尚未执行: given }).entries[0]!.columns!.amountOutstanding;
  expect(outstanding('100', '30.5')).toBe('69.50');
  expect(outstanding('100', '30.5', '1')).toBe('1.00');
  expect(outstanding('100', '')).toBeNull();
  expect(outstanding('', '30')).toBeNull();
  expect(outstanding('', '', '7')).toBe('7.00');
});

test.each([
  ['amounts that disagree', { 应执行标的金额: '100', 实际到位金额: '30', 尚未执行: '60' }, 'AMOUNTS_DISAGREE'],
  ['more recovered than due', { 应执行标的金额: '100', 实际到位金额: '130' }, 'OVER_RECOVERED'],
  ['a case closed before it was filed', { 立案日期: '2017-03-01', 结案日期: '2017-02-01' }, 'CLOSED_BEFORE_FILED'],
  ['a number of another year', { 立案日期: '2016-12-31' }, 'YEAR_DIFFERS'],
  ['half a team', { 承办法官: '李法官' }, 'TEAM_INCOMPLETE'],
])('%s: stored, and told', (_, cells, code) => {
  const { cases, entries } = one(cells);
  expect(entries).toHaveLength(1);
  expect(cases!.rejected).toEqual([]);
  expect(notes(cases)).toEqual([`2 ${code}`]);
});

test('more recovered than due leaves nothing outstanding', () => {
  expect(one({ 应执行标的金额: '100', 实际到位金额: '130' }).entries[0]!.columns!.amountOutstanding).toBe('0.00');
});

test.each<[string, Record<string, Cell>, string]>([
  ['no case number', { 案号: ' ' }, '2 案号   REQUIRED'],
  ['no stage', { 阶段: '' }, '2 阶段  REQUIRED'],
  ['an unknown stage', { 阶段: '办理中' }, '2 阶段 办理中 UNKNOWN_WORD'],
  ['an unknown closing mode', { 结案方式: '部分执行完毕' }, '2 结案方式 部分执行完毕 UNKNOWN_WORD'],
  ['a case number of another court', { 案号: '（2017）苏0311执1号' }, '2 案号 （2017）苏0311执1号 OTHER_COURT'],
  ['a bad date', { 立案日期: '2017-02-30' }, '2 立案日期 2017-02-30 NOT_A_DATE'],
  ['a bad amount', { 尚未执行: '五万' }, '2 尚未执行 五万 NOT_AN_AMOUNT'],
  ['a bad former number', { 原执行案号: '不详' }, '2 原执行案号 不详 NOT_A_CASE_NUMBER'],
])('a row with %s is rejected, naming column and value', (_, cells, fault) => {
  const { cases, entries } = one(cells);
  expect(entries).toEqual([]);
  expect(faults(cases)).toEqual([fault]);
});

test('everything that is wrong with a row is told at once', () => {
  expect(faults(one({ 阶段: '?', 立案日期: '昨天', 实际到位金额: '-1' }).cases)).toEqual([
    '2 阶段 ? UNKNOWN_WORD',
    '2 实际到位金额 -1 NEGATIVE_AMOUNT',
    '2 立案日期 昨天 NOT_A_DATE',
  ]);
});

test('a row of more or fewer cells than the header is rejected for that alone; empty cells beyond it mean nothing', () => {
  const { cases, entries } = read([
    ['案号', '阶段', '立案日期'],
    [number(1), '立案'],
    [number(2), '立案', '2017-03-01', '多'],
    [number(3), '立案', '2017-03-01', '', ' '],
  ]);
  expect(faults(cases)).toEqual(['2 RAGGED_ROW', '3 RAGGED_ROW']);
  expect(entries.map((entry) => entry.number)).toEqual([number(3)]);
});

test('a spreadsheet may leave out empty cells at the end of a row', () => {
  const { rows, ...rest } = table('cases.xlsx', [
    ['案号', '阶段', '立案日期'],
    [number(1), '立案'],
  ]);
  const cases = { ...rest, rows: rows.map((each) => ({ ...each, isSparse: true })) };
  const { entries } = readImport({ cases, parties: null }, { court: registry.byCode('苏0312')!, registry });
  expect(entries.map((entry) => entry.columns?.filedOn)).toEqual([null]);
});

test('the same row twice is one case; two rows that differ are both rejected, since nobody knows which is right', () => {
  const { cases, entries } = read([
    ['案号', '阶段'],
    [number(1), '立案'],
    [number(2), '立案'],
    [number(1), '立案'],
    ['(2017)苏0312执0002号', '结案'],
  ]);
  expect(entries.map((entry) => entry.number)).toEqual([number(1)]);
  expect(notes(cases)).toEqual(['4 SAME_ROW_TWICE']);
  expect(faults(cases)).toEqual(['3 DUPLICATE_CASE', '5 DUPLICATE_CASE']);
});
