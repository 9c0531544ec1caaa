import { expect, test } from 'vitest';
import { toProvince } from '../../../../common/provinces.ts';
import {
  agencyCodes,
  caseStages,
  closingModes,
  idTypes,
  partyKinds,
  partyRoles,
  teamTypes,
  transferKinds,
} from '../../../../common/vocabulary.ts';
import { parseWord, parseWordSet, toWordKey, type WordList } from '../../../../subgraphs/court/import/read/word.ts';
import * as words from '../../../../subgraphs/court/import/words.ts';
import { faultOf } from './fault.ts';

test.each<[string, readonly string[], WordList<string>]>([
  ['stage', caseStages, words.stageWords],
  ['closing mode', closingModes, words.closingModeWords],
  ['transfer', transferKinds, words.transferKindWords],
  ['team', teamTypes, words.teamTypeWords],
  ['role', partyRoles, words.roleWords],
  ['kind', partyKinds, words.kindWords],
  ['document', idTypes, words.idTypeWords],
  ['agency', agencyCodes, words.agencyWords],
])('every %s is understood as its code and in Chinese, and no way means two', (_, codes, list) => {
  expect(Object.keys(list)).toEqual(codes);
  const ways = Object.entries(list).flatMap(([code, each]) => [code, ...each].map((way) => [toWordKey(way), code]));
  for (const [way, code] of ways) expect(parseWord(list, way)).toBe(code);
  for (const code of codes) expect(list[code]!.length).toBeGreaterThan(0);
  const meanings = new Map<string, Set<string>>();
  for (const [way, code] of ways) meanings.set(way!, (meanings.get(way!) ?? new Set()).add(code!));
  expect([...meanings].filter(([, found]) => found.size > 1)).toEqual([]);
});

test.each(['终结本次执行程序', ' 终 本 ', '终结本次执行程序(终本)', 'terminated this time', 'Terminated_This_Time'])(
  '%j is one closing mode',
  (way) => {
    expect(parseWord(words.closingModeWords, way)).toBe('TERMINATED_THIS_TIME');
  },
);

test('a word that is not in the list is rejected with the list', () => {
  expect(faultOf(() => parseWord(words.roleWords, '原告'))).toBe(
    'UNKNOWN_WORD: write one of 申请执行人、被执行人、案外人',
  );
});

test('several words in a cell are held apart by any usual sign, each counted once', () => {
  expect(parseWordSet(words.agencyWords, '银行、车辆；不动产 银行')).toEqual(['BANK', 'VEHICLE', 'REAL_ESTATE']);
  expect(parseWordSet(words.agencyWords, 'BANK/VEHICLE')).toEqual(['BANK', 'VEHICLE']);
  expect(parseWordSet(words.agencyWords, '')).toBeNull();
});

test.each([
  ['江苏', '江苏省'],
  ['江苏省', '江苏省'],
  ['上海', '上海市'],
  ['内蒙古', '内蒙古自治区'],
  ['广西', '广西壮族自治区'],
  ['香港', '香港特别行政区'],
  ['江苏市', '江苏省'],
])('%s is %s', (written, province) => {
  expect(toProvince(written)).toBe(province);
});

test.each(['徐州', '日本', '', 'constructor', 'toString省'])('%j is no province-level division', (written) => {
  expect(toProvince(written)).toBeNull();
});
