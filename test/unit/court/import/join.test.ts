import { expect, test } from 'vitest';
import { withoutMissing } from '../../../../subgraphs/court/import/reading.ts';
import { faults, notes, number, read } from './tables.ts';

const caseTitles = ['案号', '阶段'];
const partyTitles = ['案号', '地位', '类型', '姓名', '证件号码', '当事人序号'];
const person = (serial: number, name: string, id = '', ordinal = '') => [
  number(serial),
  '被执行人',
  '自然人',
  name,
  id,
  ordinal,
];
const places = (parties: readonly { readonly ordinal: number; readonly name: string }[]) =>
  parties.map(({ ordinal, name }) => `${ordinal} ${name}`);

test('parties join their cases in any written form of the number, in the order of the file', () => {
  const { entries } = read(
    [caseTitles, [number(1), '立案'], [number(2), '立案']],
    [partyTitles, person(2, '甲'), person(1, '乙'), ['(2017) 苏0312执0001号', '申请执行人', '自然人', '丙', '', '']],
  );
  expect(entries.map(({ parties }) => places(parties))).toEqual([['1 乙', '2 丙'], ['1 甲']]);
  expect(entries.map(({ mode }) => mode)).toEqual(['REPLACE', 'REPLACE']);
});

test('a rejected party keeps its place for the time when it is mended', () => {
  const { entries } = read(
    [caseTitles, [number(1), '立案']],
    [partyTitles, person(1, '甲'), person(1, '乙', '1'), person(1, '丙')],
  );
  expect(places(entries[0]!.parties)).toEqual(['1 甲', '3 丙']);
  expect(entries[0]!.held).toEqual([2]);
});

test('ordinals of the file are kept, and the others take what they leave', () => {
  const { entries } = read(
    [caseTitles, [number(1), '立案']],
    [partyTitles, person(1, '甲'), person(1, '乙', '', '1'), person(1, '丙', '', '5'), person(1, '丁')],
  );
  expect(places(entries[0]!.parties)).toEqual(['2 甲', '1 乙', '5 丙', '3 丁']);
  expect(entries[0]!.parties.map(({ stated }) => stated)).toEqual([false, true, true, false]);
});

test('a bad row of a case rejects its parties too, with its line', () => {
  const { entries, cases, parties } = read(
    [caseTitles, [number(1), '?'], [number(2), '立案']],
    [partyTitles, person(1, '甲'), person(2, '乙'), person(1, '丙', '1')],
  );
  expect(entries.map((entry) => entry.number)).toEqual([number(2)]);
  expect(faults(cases)).toEqual(['2 阶段 ? UNKNOWN_WORD']);
  expect(faults(parties)).toEqual(['2 CASE_REJECTED', '4 证件号码 1 NOT_AN_IDENTITY', '4 CASE_REJECTED']);
  expect(parties!.rejected[0]!.faults[0]!.detail).toBe('line 2 of the cases');
});

test('a case without parties is stored, told, and leaves the stored ones alone', () => {
  const { entries, cases } = read(
    [caseTitles, [number(1), '立案'], [number(2), '立案']],
    [partyTitles, person(2, '甲')],
  );
  expect(notes(cases)).toEqual(['2 NO_PARTIES']);
  expect(entries[0]).toMatchObject({ parties: [], mode: 'ADD', held: [] });
});

test('without a file of parties nothing is said of parties', () => {
  const { entries, cases, parties, spoken } = read([caseTitles, [number(1), '立案']]);
  expect(entries[0]!.mode).toBe('ADD');
  expect(cases!.notes).toEqual([]);
  expect(parties).toBeNull();
  expect(spoken).toEqual({ columns: ['stage'], parties: [] });
});

test('parties without their case in the file wait for what the court says of it', () => {
  const reading = read(
    [caseTitles, [number(1), '立案']],
    [partyTitles, person(1, '甲'), person(7, '乙'), person(8, '丙')],
  );
  expect(reading.entries).toMatchObject([
    { number: number(1), mode: 'REPLACE' },
    { number: number(7), columns: null, mode: 'ADD' },
    { number: number(8), columns: null, mode: 'ADD' },
  ]);
  const { entries, parties } = withoutMissing(reading, [2]);
  expect(entries.map((entry) => entry.number)).toEqual([number(1), number(7)]);
  expect(faults(parties)).toEqual(['4 NO_CASE']);
});

test('the same party twice in one role, and two of one ordinal, are rejected; in another role they are another party', () => {
  const id = '11010519491231002X';
  const { entries, parties } = read(
    [caseTitles, [number(1), '立案']],
    [
      partyTitles,
      person(1, '甲', id),
      person(1, '甲某', id.toLowerCase()),
      [number(1), '申请执行人', '自然人', '甲', id, ''],
      person(1, '乙', '', '9'),
      person(1, '丙', '', '9'),
    ],
  );
  expect(faults(parties)).toEqual(['3 DUPLICATE_PARTY', '6 DUPLICATE_ORDINAL']);
  expect(places(entries[0]!.parties)).toEqual(['1 甲', '3 甲', '9 乙']);
});

test('the very same row twice is one party', () => {
  const { entries, parties } = read(
    [caseTitles, [number(1), '立案']],
    [partyTitles, person(1, '甲'), person(1, '甲'), person(1, '乙')],
  );
  expect(places(entries[0]!.parties)).toEqual(['1 甲', '2 乙']);
  expect(notes(parties)).toEqual(['3 SAME_ROW_TWICE']);
});

test('mended rows of parties are added; beside mended rows of their case they are all of its parties', () => {
  const mended = [
    ['原因/reason', ...partyTitles],
    ['已改', ...person(1, '甲')],
  ];
  const modes = (cases: readonly (readonly string[])[] | null) => read(cases, mended).entries.map(({ mode }) => mode);
  expect(modes(null)).toEqual(['ADD']);
  expect(modes([caseTitles, [number(1), '立案']])).toEqual(['ADD']);
  expect(
    modes([
      ['原因', ...caseTitles],
      ['已改', number(1), '立案'],
    ]),
  ).toEqual(['REPLACE']);
});

test('the files speak of what they have columns for', () => {
  const { spoken } = read(
    [
      ['案号', '阶段', '应执行标的金额', '实际到位金额'],
      [number(1), '立案', '', ''],
    ],
    [
      ['案号', '地位', '姓名', '证件号码', '签发人'],
      [number(1), '被执行人', '甲', '11010519491231002X', ''],
    ],
  );
  expect(spoken).toEqual({
    columns: ['stage', 'amountDue', 'amountRecovered', 'amountOutstanding'],
    parties: ['identity', 'writ'],
  });
});
