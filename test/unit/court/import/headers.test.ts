import { expect, test } from 'vitest';
import { caseColumns, partyColumns, type Column } from '../../../../subgraphs/court/import/columns.ts';
import { findCasesHeader, findPartiesHeader } from '../../../../subgraphs/court/import/read-import.ts';
import { parseTitle, UnusableFile } from '../../../../subgraphs/court/import/header.ts';
import { number, read, table } from './tables.ts';

const fieldsOf = (titles: readonly string[]) => [
  ...findCasesHeader(table('cases.csv', [titles, titles.map(() => 'x')])).places.keys(),
];

test('every header of the two tables means its own field, and no header means two', () => {
  for (const columns of [caseColumns, partyColumns] as Readonly<Record<string, Column>>[]) {
    const meanings = Object.entries(columns).flatMap(([field, { headers }]) =>
      [field, ...headers].map((header) => [parseTitle(header).name, field] as const),
    );
    const fields = new Map<string, Set<string>>();
    for (const [name, field] of meanings) fields.set(name, (fields.get(name) ?? new Set()).add(field));
    expect([...fields].filter(([, found]) => found.size > 1)).toEqual([]);
  }
});

test.each([
  ['Chinese headers', ['案号', '立案日期', '案件进展阶段', '应执行标的金额', '实际到位金额', '尚未执行']],
  ['English headers', ['caseNumber', 'filedOn', 'stage', 'amountDue', 'amountRecovered', 'amountOutstanding']],
  ['other spellings', ['Case Number', 'filed_on', 'STAGE *', 'Amount-Due', 'recovered', '尚未执行（元）']],
])('%s are understood in any order', (_, titles) => {
  const fields = ['caseNumber', 'filedOn', 'stage', 'amountDue', 'amountRecovered', 'amountOutstanding'];
  expect(fieldsOf(titles)).toEqual(fields);
  expect(fieldsOf([...titles].reverse())).toEqual([...fields].reverse());
});

test('missing required columns refuse the file, and all of them are named with what was found', () => {
  const refused = () =>
    findPartiesHeader(
      table('parties.csv', [
        ['案号', '备注', '320312198001010019'],
        ['1', '2', '3'],
      ]),
    );
  expect(refused).toThrow(UnusableFile);
  expect(refused).toThrow(
    'parties.csv: required columns are missing: 诉讼地位 (role), 当事人 (name). Found (read as UTF-8): 案号, 备注, 320312★★★★★★★★0019.',
  );
});

test('where no header is known at all, what stands in the file is counted and not told', () => {
  const refused = (...cells: string[]) => expect(() => fieldsOf(cells));
  refused('c2VjcmV0IGtleSBvZiB0aGUgY2l0eQ').toThrow(
    /^cases\.csv: required columns are missing: 案号 \(caseNumber\), 案件进展阶段 \(stage\)\. Found \(read as UTF-8\): 1 column, and no header that is known in the first rows\.$/,
  );
  refused('甲', '乙').toThrow('Found (read as UTF-8): 2 columns, and no header');
  refused('甲', '乙').not.toThrow('甲');
});

test('two columns of one meaning refuse the file', () => {
  expect(() => fieldsOf(['案号', '案件编号', '阶段'])).toThrow(
    'two columns mean caseNumber: 案号 and 案件编号. Rename or delete one of them.',
  );
});

test('unknown columns are ignored, and told once', () => {
  const { cases } = read([
    ['案号', '阶段', '备注', '', '序号'],
    [number(1), '立案', '甲', '', '1'],
    [number(2), '立案', '乙', '', '2'],
  ]);
  expect(cases!.header.ignored).toEqual(['备注', '序号']);
  expect(cases!.rejected).toEqual([]);
});

test('a title, an office and blank rows may stand above the header', () => {
  const { cases, entries } = read([
    ['徐州市铜山区人民法院执行案件一览表', '', ''],
    ['', '', ''],
    ['单位：', '执行局', ''],
    ['案号', '阶段', '立案日期'],
    ['', '', ''],
    [number(1), '立案', '2017-03-01'],
  ]);
  expect(cases!.header.line).toBe(4);
  expect(entries.map((entry) => entry.columns?.filedOn)).toEqual(['2017-03-01']);
});

test('the unit in a header is that of its column', () => {
  const { entries } = read([
    ['案号', '阶段', '应执行标的金额（万元）', '实际到位金额(元)', '尚未执行（单位：万元）'],
    [number(1), '立案', '1.5', '5000', '1'],
  ]);
  expect(entries[0]!.columns).toMatchObject({
    amountDue: '15000.00',
    amountRecovered: '5000.00',
    amountOutstanding: '10000.00',
  });
});

test.each([
  ['role', ['被执行人', '申请执行人', '?'], ['案号', '姓名', '身份类型', '当事人类型']],
  ['kind', ['自然人', '法人', ''], ['案号', '姓名', '身份类型', '诉讼地位']],
  ['idType', ['居民身份证', '统一社会信用代码', '护照'], ['案号', '姓名', '身份类型', '诉讼地位']],
])('身份类型 means %s where its values do', (field, values, titles) => {
  const rows = values.map((value, index) => [number(index + 1), '张三', value, '被执行人']);
  expect(findPartiesHeader(table('parties.csv', [titles, ...rows])).places.get(field as 'role')).toMatchObject([
    { title: '身份类型' },
  ]);
});

test('an ambiguous header never takes a field from a clear one, and means nothing where nothing fits', () => {
  const header = findPartiesHeader(
    table('parties.csv', [
      ['案号', '姓名', '诉讼地位', '身份类型', '类型'],
      [number(1), '张三', '被执行人', '被执行人', '甲'],
    ]),
  );
  expect(header.places.get('role')).toMatchObject([{ title: '诉讼地位' }]);
  expect(header.ignored).toEqual(['身份类型', '类型']);
});

test.each([
  ['nothing', [], 'the file is empty'],
  ['blank rows alone', [['', ''], [' ']], 'the file is empty'],
  ['a header alone', [['案号', '阶段']], 'there is no row below the header'],
])('a file of %s is unusable', (_, rows, problem) => {
  expect(() => findCasesHeader(table('cases.csv', rows))).toThrow(`cases.csv: ${problem}.`);
});

test('a team needs three columns: without one the others are ignored, and told', () => {
  const { cases, entries, spoken } = read([
    ['案号', '阶段', '承办人'],
    [number(1), '立案', '李法官'],
  ]);
  expect(cases!.header.ignored).toEqual(['承办人']);
  expect(entries[0]!.columns!.team).toBeNull();
  expect(spoken.columns).not.toContain('team');
});
