import { expect, test } from 'vitest';
import { readCourtRegistry } from '../../../../common/court-registry.ts';
import { parseOwnCaseNumber } from '../../../../subgraphs/court/import/read/case-number.ts';
import { parseIdentityCell } from '../../../../subgraphs/court/import/read/identity.ts';
import { parseSigns, parseWords } from '../../../../subgraphs/court/import/read/text.ts';
import { maskNumbers } from '../../../../subgraphs/court/import/mask.ts';
import { toCellText, type Cell } from '../../../../subgraphs/court/import/table.ts';
import type { IdType } from '../../../../common/vocabulary.ts';
import { faultOf } from './fault.ts';

const registry = readCourtRegistry();
const tongshan = registry.byCode('苏0312')!;
const own = (cell: Cell): string | null => parseOwnCaseNumber(cell, tongshan, registry);

test.each([
  ['（2017）苏0312执1234号', '（2017）苏0312执1234号'],
  ['(2017)苏0312执1234号', '（2017）苏0312执1234号'],
  ['〔2017〕苏0312执1234号', '（2017）苏0312执1234号'],
  ['【２０１７】苏０３１２执０１２３４号', '（2017）苏0312执1234号'],
  ['（2017） 苏 0312 执 1234 号', '（2017）苏0312执1234号'],
  ["'（2017）苏0312执1234号", '（2017）苏0312执1234号'],
  ['（2017）苏0312执1234号之一', '（2017）苏0312执1234号'],
  ['（2017）苏0312恢执12号', '（2017）苏0312执恢12号'],
  ['（2014）铜执字第01234号', '（2014）铜执字第1234号'],
  ['(2014)铜执字第01234-1号', '（2014）铜执字第1234号'],
])('%s is %s', (written, display) => {
  expect(own(written)).toBe(display);
});

test.each<[string, Cell, RegExp]>([
  ['another court of the city', '（2017）苏0311执1号', /^OTHER_COURT: 苏0311 徐州市泉山区人民法院$/],
  ['a court of another city', '（2017）沪01执1号', /^OTHER_COURT: of no court of the registry$/],
  ['the intermediate court', '（2017）苏03执1号', /^OTHER_COURT: 苏03 /],
  ['text that is no case number', '合计', /^NOT_A_CASE_NUMBER: the case number does not begin with a year/],
  ['a number cell', { number: '20170312' }, /^NOT_A_CASE_NUMBER/],
  ['an exponent', '2.01703E+11', /^SPREADSHEET_NUMBER/],
])('%s is rejected by name', (_, cell, fault) => {
  expect(faultOf(() => own(cell))).toMatch(fault);
});

test.each<[string, Cell, IdType | null, string]>([
  ['18 characters', '11010519491231002X', null, '11010519491231002X'],
  ['small x', '11010519491231002x', 'RESIDENT_ID', '11010519491231002X'],
  ['15 digits', '110105491231002', 'RESIDENT_ID', '11010519491231002X'],
  ['15 digits in a number cell', { number: '110105491231002' }, 'RESIDENT_ID', '11010519491231002X'],
  ['spaces', '110105 19491231 002X', null, '11010519491231002X'],
  ['full-width digits', '１１０１０５１９４９１２３１００２Ｘ', null, '11010519491231002X'],
  ['an apostrophe in front', "'11010519491231002X", null, '11010519491231002X'],
  ['a typographic apostrophe in front', '’11010519491231002X', null, '11010519491231002X'],
  ['a credit code', '91350100M000100Y43', null, '91350100M000100Y43'],
  ['an organisation code', 'M000100Y-4', 'ORGANISATION_CODE', 'M000100Y4'],
])('an identity number with %s is read', (_, cell, type, number) => {
  expect(parseIdentityCell(cell, type)!.number).toBe(number);
});

test.each<[string, Cell]>([
  ['the exponent that a spreadsheet shows', '1.10105E+17'],
  ['the exponent in full', '1.10105194912310E+17'],
  ['a number cell of 18 digits', { number: '110105194912310020' }],
  ['a number cell with an exponent', { number: '1.1010519491231002E17' }],
  ['18 digits of which three became zeros', '110105194912310000'],
])('%s is rejected as destroyed by a spreadsheet', (_, cell) => {
  expect(faultOf(() => parseIdentityCell(cell, 'RESIDENT_ID'))).toMatch(/^SPREADSHEET_NUMBER/);
});

test('a mistyped number is rejected with what is wrong, and never repeated', () => {
  const fault = faultOf(() => parseIdentityCell('110105194912310021', 'RESIDENT_ID'));
  expect(fault).toMatch(/^NOT_AN_IDENTITY: the check character of the resident number does not fit/);
  expect(fault).not.toContain('110105');
});

test('a number that a spreadsheet destroyed keeps its exponent in the reject file', () => {
  expect(toCellText({ number: '110105194912310020' })).toBe('1.1010519491231002E+17');
  expect(toCellText({ number: '12345.670000000002' })).toBe('12345.67');
  expect(toCellText({ number: '1.2E6' })).toBe('1200000');
  expect(toCellText({ number: '1E-7' })).toBe('0.0000001');
});

test.each([
  ['张　三', '张三'],
  ['  王  小 明 ', '王小明'],
  ['Air  China Ltd', 'Air China Ltd'],
  ['徐州某公司\n铜山分公司', '徐州某公司铜山分公司'],
  ['\u200b李四\ufeff', '李四'],
  ["'王五", '王五'],
  ['徐州（集团）有限公司', '徐州（集团）有限公司'],
])('the name %j is %j', (written, name) => {
  expect(parseWords(written)).toBe(name);
});

test('text that lost characters, holds control characters or never ends is rejected by name', () => {
  expect(faultOf(() => parseWords('张\ufffd'))).toBe('LOST_CHARACTER');
  expect(faultOf(() => parseWords('张\u0007三'))).toBe('UNREADABLE_TEXT: a control character');
  expect(faultOf(() => parseSigns('执'.repeat(501)))).toBe('UNREADABLE_TEXT: more than 500 characters');
});

test.each([
  ['住址 320312198001010019', '住址 320312★★★★★★★★0019'],
  ['３２０３１２１９８００１０１００１９', '３２０３１２★★★★★★★★００１９'],
  ['91350100M000100Y43', '913501★★★★★★★★0Y43'],
  ['320312 19800101 0019', '320312★★★★★★★★★★0019'],
  ['13800001234', '138★★★★★★34'],
])('%s is shown as %s', (text, shown) => {
  expect(maskNumbers(text)).toBe(shown);
});

test.each(['（2017）苏0312执12345678号', '2017-12-05 00:00:00', '12,345,678.90', 'TERMINATED_THIS_TIME'])(
  '%s is shown as it is',
  (text) => {
    expect(maskNumbers(text)).toBe(text);
  },
);
