import { expect, test } from 'vitest';
import type { Cell } from '../../../../subgraphs/court/import/table.ts';
import { faults, notes, number, read } from './tables.ts';

const titles = [
  '案号',
  '诉讼地位',
  '当事人类型',
  '当事人',
  '证件类型',
  '证件号码',
  '无证件原因',
  '所在省份',
  '所在区县',
  '是否农村',
  '当事人序号',
];
const writTitles = [
  '协助查询通知书文号',
  '协助查询单位',
  '签发人',
  '签发日期',
  '有效期至',
  '经办人',
  '经办人电话',
  '工作证编号',
  '执行公务证编号',
];
const writCells: Readonly<Record<string, string>> = {
  协助查询通知书文号: '（2017）苏0312执1号协查',
  协助查询单位: '银行、车辆、不动产',
  签发人: '李法官',
  签发日期: '2017年3月5日',
  有效期至: '2017-09-05',
  经办人: '赵助理',
  经办人电话: '0516-80000001',
  工作证编号: 'G0001',
  执行公务证编号: 'Z0001',
};

const cases = [
  ['案号', '阶段'],
  [number(1), '立案'],
];
const whole: Readonly<Record<string, string>> = {
  案号: number(1),
  诉讼地位: '被执行人',
  当事人类型: '自然人',
  当事人: '张三',
};
const one = (cells: Readonly<Record<string, Cell>>) => {
  const all = [...titles, ...writTitles];
  return read(cases, [all, all.map((title) => cells[title] ?? whole[title] ?? '')]);
};
const party = (cells: Readonly<Record<string, Cell>>) => one(cells).entries[0]!.parties[0];

test('a row becomes a party with everything that it says', () => {
  const { parties, entries } = one({
    证件类型: '身份证',
    证件号码: '110105491231002',
    所在省份: '江苏',
    所在区县: '铜山区',
    是否农村: '是',
    ...writCells,
  });
  expect(parties!.rejected).toEqual([]);
  expect(entries[0]!.parties).toEqual([
    {
      ordinal: 1,
      stated: false,
      role: 'DEBTOR',
      kind: 'NATURAL_PERSON',
      name: '张三',
      idType: 'RESIDENT_ID',
      idNumber: '11010519491231002X',
      idMissingReason: null,
      province: '江苏省',
      county: '铜山区',
      rural: true,
      writ: {
        number: '（2017）苏0312执1号协查',
        agencies: ['BANK', 'VEHICLE', 'REAL_ESTATE'],
        signedBy: '李法官',
        signedOn: '2017-03-05',
        validUntil: '2017-09-05',
        handlerName: '赵助理',
        handlerPhone: '0516-80000001',
        workIdNumber: 'G0001',
        dutyCertificateNumber: 'Z0001',
      },
    },
  ]);
});

test('a party may have no number, and say why', () => {
  expect(party({ 证件号码: '无', 无证件原因: '未登记', 所在省份: '-', 所在区县: '/', 是否农村: '—' })).toMatchObject({
    idType: null,
    idNumber: null,
    idMissingReason: '未登记',
    province: null,
    county: null,
    rural: null,
    writ: null,
  });
});

test('营业执照 says nothing of the number: the number itself does', () => {
  expect(party({ 证件类型: '营业执照', 证件号码: '91350100M000100Y43', 当事人类型: '法人' })).toMatchObject({
    idType: 'UNIFIED_SOCIAL_CREDIT_CODE',
  });
});

test('the kind of a party is told by a document that only people have, and by no other', () => {
  expect(party({ 当事人类型: '', 证件号码: '11010519491231002X' })).toMatchObject({ kind: 'NATURAL_PERSON' });
  expect(faults(one({ 当事人类型: '', 证件号码: '91350100M000100Y43' }).parties)).toEqual([
    '2 当事人类型  KIND_UNKNOWN',
  ]);
  expect(faults(one({ 当事人类型: '' }).parties)).toEqual(['2 当事人类型  KIND_UNKNOWN']);
});

test.each<[string, Record<string, Cell>, string]>([
  ['no role', { 诉讼地位: '' }, '2 诉讼地位  REQUIRED'],
  ['no name', { 当事人: ' ' }, '2 当事人   REQUIRED'],
  ['a dash for a name', { 当事人: '——' }, '2 当事人 —— REQUIRED'],
  ['an unknown role', { 诉讼地位: '原告' }, '2 诉讼地位 原告 UNKNOWN_WORD'],
  ['an unknown document', { 证件类型: '驾驶证', 证件号码: '1' }, '2 证件类型 驾驶证 UNKNOWN_WORD'],
  ['a mistyped number', { 证件号码: '110105194912310021' }, '2 证件号码 110105194912310021 NOT_AN_IDENTITY'],
  ['a destroyed number', { 证件号码: '1.10105E+17' }, '2 证件号码 1.10105E+17 SPREADSHEET_NUMBER'],
  [
    'a number cell',
    { 证件号码: { number: '110105194912310020' } },
    '2 证件号码 1.1010519491231002E+17 SPREADSHEET_NUMBER',
  ],
  ['an ordinal that is none', { 当事人序号: '0' }, '2 当事人序号 0 NOT_AN_ORDINAL'],
  ['a rural that is neither', { 是否农村: '也许' }, '2 是否农村 也许 UNKNOWN_WORD'],
  ['half a writ', { 签发人: '李法官' }, '2 协助查询通知书文号  INCOMPLETE_WRIT'],
  ['a bad date in a writ', { ...writCells, 签发日期: '昨天' }, '2 签发日期 昨天 NOT_A_DATE'],
  ['an agency that is none', { ...writCells, 协助查询单位: '税务' }, '2 协助查询单位 税务 UNKNOWN_WORD'],
])('a row with %s is rejected, naming column and value, and its case says so', (_, cells, fault) => {
  const { parties, entries, cases: file } = one(cells);
  expect(faults(parties)).toEqual([fault]);
  expect(entries).toMatchObject([{ number: number(1), parties: [], mode: 'REPLACE', held: [1] }]);
  expect(notes(file)).toEqual(['2 PARTY_REJECTED']);
});

test('identity numbers and telephones are marked as private', () => {
  const { parties } = one({ 证件号码: '1', 经办人电话: 'x'.repeat(501) });
  expect(parties!.rejected[0]!.faults.map(({ column, isPrivate }) => [column, isPrivate])).toEqual([
    ['证件号码', true],
    ['经办人电话', true],
  ]);
});

test.each([
  ['a credit code with an unusual check', { 证件号码: '91350100M0001TGQXM', 当事人类型: '法人' }, 'IDENTITY'],
  ['a writ that ends before it was signed', { ...writCells, 有效期至: '2017-01-01' }, 'WRIT_DATES'],
  ['a province that is none', { 所在省份: '徐州' }, 'UNKNOWN_PROVINCE'],
])('%s: stored, and told', (_, cells, code) => {
  const { parties, entries } = one(cells);
  expect(entries[0]!.parties).toHaveLength(1);
  expect(notes(parties)).toEqual([`2 ${code}`]);
});

test("people's numbers and companies' codes may stand in columns of their own, but one of them a row", () => {
  const { parties, entries } = read(cases, [
    ['案号', '诉讼地位', '类型', '姓名', '身份证号码', '统一社会信用代码'],
    [number(1), '被执行人', '自然人', '张三', '11010519491231002X', ''],
    [number(1), '申请执行人', '法人', '某公司', '', '91350100M000100Y43'],
    [number(1), '被执行人', '法人', '某厂', '440524188001010014', '91350100M000100Y43'],
  ]);
  expect(entries[0]!.parties.map(({ idType }) => idType)).toEqual(['RESIDENT_ID', 'UNIFIED_SOCIAL_CREDIT_CODE']);
  expect(faults(parties)).toEqual(['4 身份证号码 440524188001010014 TWO_IDENTITIES']);
});
