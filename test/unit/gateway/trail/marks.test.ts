import { expect, it } from 'vitest';

import { personId } from '../../../../common/person-id.ts';
import { parseIdentity } from '../../../../common/identity.ts';
import { createMarks, toTold } from '../../../../gateway/trail/marks.ts';

const key = { version: 1, secret: Buffer.alloc(32, 1) };
const number = '11010519491231002X';
const own = {
  caseNumber: '（2017）苏0312执12号',
  id: '2',
  writ: { number: '（2017）苏0312执12号之一' },
  subject: { name: '张三', idType: 'RESIDENT_ID', idNumber: number },
};
const read = (fields: string) => JSON.parse(`{${fields}}`) as Record<string, unknown>;

it('names a party by a mark that depends on the secret, and the person as clients see him', () => {
  const marks = createMarks(Buffer.alloc(32, 2), key);
  const fields = marks.describe(own);
  expect(read(fields)).toEqual({
    case: own.caseNumber,
    party: marks.party('(2017)苏0312执12号', '2'),
    person: personId(key, parseIdentity(number)),
    writ: own.writ.number,
  });
  expect(createMarks(Buffer.alloc(32, 3), key).party(own.caseNumber, '2')).not.toBe(read(fields)['party']);
  expect(fields).not.toContain(number);
  expect(fields).not.toContain('张三');
});

it('notices that a court has corrected a number or a writ, and that a party has none', () => {
  const marks = createMarks(Buffer.alloc(32, 2), key);
  const first = read(marks.describe(own));
  const other = read(marks.describe({ ...own, subject: { ...own.subject, idNumber: '110105194912310038' } }));
  expect(other['person']).not.toBe(first['person']);
  expect(read(marks.describe({ ...own, writ: null }))).toEqual({ ...first, writ: null });
  expect(read(marks.describe({ ...own, subject: null }))['person']).toMatch(/^u1\./);
});

it('names no person without the key, and nothing of what it cannot read', () => {
  const marks = createMarks(Buffer.alloc(32, 2), null);
  expect(read(marks.describe(own))).toMatchObject({ person: null, party: expect.any(String) as string });
  expect(read(marks.describe({ caseNumber: 'nonsense', id: '1' }))).toMatchObject({ party: null, person: null });
  expect(read(marks.describe({}))).toEqual({ case: null, party: null, person: null, writ: null });
});

const asked = { isCaseKnown: true, isMade: false };

it('tells of a change what is known of it, and makes no person of a party that it knows nothing of', () => {
  const marks = createMarks(Buffer.alloc(32, 2), key);
  const nothing = { case: null, party: null, person: null, writ: null };
  const absent = { caseNumber: undefined, party: undefined, person: undefined, writ: undefined };
  expect(read(marks.describeChanged(absent, asked))).toEqual(nothing);
  const party = marks.party(own.caseNumber, '2');
  const typed = { caseNumber: '(2017) 苏0312执00012号', party: '2', person: null, writ: own.writ.number };
  const told = { case: own.caseNumber, party, person: null, writ: own.writ.number };
  expect(read(marks.describeChanged(typed, asked))).toEqual(told);
  // What was asked about the same party before and after is told as it is.
  expect(read(marks.describe(own))['person']).toBe(personId(key, parseIdentity(number)));
  const person = personId(key, parseIdentity(number));
  expect(read(marks.describeChanged({ ...typed, person }, asked))['person']).toBe(person);
  const wrong = { caseNumber: number, party: 2, person: number, writ: 7 };
  expect(read(marks.describeChanged(wrong, asked))).toEqual(nothing);
});

it('holds of a change that was not made no words but numbers of cases and documents, and marks the others', () => {
  const marks = createMarks(Buffer.alloc(32, 2), key);
  const about = (own: object) => ({ caseNumber: null, party: null, person: null, writ: null, ...own });
  const writOf = (writ: string, isMade = false) =>
    read(marks.describeChanged(about({ writ }), { ...asked, isMade }))['writ'];
  const typed = [
    '王小明 owes 1234567 yuan',
    '6222 0212 3456',
    '88000.5元',
    '三二〇三一一一九八〇〇一〇一一二三四 王小明',
  ];
  for (const words of typed) expect(writOf(words)).toMatch(/^#[\w-]{22}$/);
  expect(new Set(typed.map((words) => writOf(words))).size).toBe(typed.length);
  expect(writOf(typed[0]!)).toBe(writOf(` ${typed[0]!}`));
  expect(createMarks(Buffer.alloc(32, 3), key).describeChanged(about({ writ: 'W' }), asked)).not.toContain(writOf('W'));
  // A court has taken it for a number of its own.
  expect(writOf('据 1234 号', true)).toBe('据 1234 号');
  expect(writOf(`据 ${number}`, true)).toBe('据 ★');
  const caseOf = (caseNumber: string, isCaseKnown: boolean) =>
    read(marks.describeChanged(about({ caseNumber, party: '1' }), { ...asked, isCaseKnown }));
  for (const named of ['（2018）苏0312王小明1号', '（2014）王小明执字第1号']) {
    expect(caseOf(named, false)).toMatchObject({ case: null, party: marks.party(named, '1') });
  }
  expect(caseOf('（2014）徐开执字第1号', true)['case']).toBe('（2014）徐开执字第1号');
  expect(caseOf('（2018）苏0999执1号', false)['case']).toBe('（2018）苏0999执1号');
});

it('marks a key that a caller made up, and keeps nothing of it', () => {
  const marks = createMarks(Buffer.alloc(32, 2), key);
  expect(marks.idempotencyKey(number)).toMatch(/^[\w-]{22}$/);
  expect(marks.idempotencyKey(number)).toBe(marks.idempotencyKey(number));
  expect(marks.idempotencyKey('another')).not.toBe(marks.idempotencyKey(number));
  expect(createMarks(Buffer.alloc(32, 3), key).idempotencyKey(number)).not.toBe(marks.idempotencyKey(number));
});

it('leaves out of what people wrote whatever may be a number or an amount', () => {
  expect(toTold('NO_WRIT')).toBe('NO_WRIT');
  expect(toTold('（2017）苏0312执12号')).toBe('（2017）苏0312执12号');
  expect(toTold(`RETURNED: ${number} 余额 1234.50`)).toBe('RETURNED: ★ 余额 ★');
});

it('names officers as they are, and by a mark beside what may be a number or is too long', () => {
  const marks = createMarks(Buffer.alloc(32, 2), key);
  const officer = (name: string) => marks.officer(name);
  const uuid = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
  for (const name of ['32031234567', '李法官', uuid, 'x'.repeat(100)]) expect(officer(name)).toBe(name);
  expect(officer(`u-${number}`)).toMatch(/^u-★#[\w-]{22}$/);
  const long = 'x'.repeat(101);
  const others = [
    `u-${number}`,
    'u-110105194912310038',
    '100000000000000001',
    '100000000000000002',
    long,
    `${long}x`,
    '１号',
    '1号',
  ];
  expect(new Set(others.map(officer)).size).toBe(others.length);
  expect(officer(long).length).toBe(123);
  expect(createMarks(Buffer.alloc(32, 3), key).officer(number)).not.toBe(officer(number));
});
