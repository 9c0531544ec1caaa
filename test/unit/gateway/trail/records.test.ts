import { expect, it } from 'vitest';

import { countRecords, recordsOf, toQuestionLines, type TrailRecord } from '../../../../gateway/trail/records.ts';

const partyOf = (place: number, text = '') =>
  `"case":"（2017）苏0312执${place}号","person":"p1.${place}","note":"${text}"`;

it.each([
  // Not everybody is asked about everywhere, and not in one order.
  ['as they come', (at: number) => (place: number) => (place + at) % 5 > 0, (at: number) => at],
  ['of the same people, in one order', () => () => true, () => 0],
])('questions %s: says each and each outcome once, and gives every record with both', (_, isAsked, shiftOf) => {
  const outcomes = ['"FOUND",null', '"NONE",null', '"REFUSED","NO_WRIT \\"told\\":[[0]]"'];
  const asked = ['bank', 'vehicle', 'property', 'bank'].map((agency, at) => {
    const shift = shiftOf(at);
    // One twice.
    const places = [...Array(70).keys(), 3]
      .filter(isAsked(at))
      .sort((one, other) => ((one * 7 + shift) % 71) - ((other * 7 + shift) % 71));
    return {
      question: `"at":"${at}","agency":"${agency}","fields":["${agency}.status"]`,
      about: places.map((place) => partyOf(place)),
      outcomes: places.map((place) => outcomes[((place * (at + 1)) % 7) % 3]!),
    };
  });
  const expected = asked.flatMap(({ question, about, outcomes: all }) =>
    about.map((own, at) => {
      const [status, reason] = JSON.parse(`[${all[at]!}]`) as unknown[];
      return { request: 'r', ...(JSON.parse(`{${question},${own}}`) as object), status, reason };
    }),
  );
  const lines = toQuestionLines('"request":"r"', asked);
  const records = lines.flatMap((line) => recordsOf(JSON.parse(`{${line}}`) as TrailRecord));
  const inOrder = (list: readonly object[]) => list.map((one) => JSON.stringify(Object.entries(one).sort())).sort();
  expect(inOrder(records)).toEqual(inOrder(expected));
  expect(lines).toHaveLength(1);
  expect(countRecords(`{${lines[0]!}}`)).toBe(expected.length);
});

it('counts the records of a line, and makes lines that are short enough to be found', () => {
  const askedAbout = (count: number, text: string, questions = 1) =>
    Array.from({ length: questions }, (_, at) => ({
      question: `"at":"x${at}","fields":["${'a'.repeat(questions > 1 ? 9_000 : 1)}"]`,
      about: Array.from({ length: count }, (_, place) => partyOf(place, text)),
      outcomes: Array.from({ length: count }, () => '"FOUND",null'),
    }));
  const countsOf = (lines: readonly string[]) => lines.map((line) => countRecords(`{${line}}`));
  expect(countsOf(toQuestionLines('"request":"x"', askedAbout(250, '\\"records\\":7,')))).toEqual([100, 100, 50]);
  expect(countRecords('{"at":"x","change":"issueWrit"}')).toBe(1);
  // As they were written before.
  const question = partyOf(1, '{\\"case\\":');
  expect(countRecords(`{"at":"x","asked":[{${question}},{${question}}]}`)).toBe(2);
  expect(recordsOf(JSON.parse(`{"at":"x","asked":[{${question}},{${question}}]}`) as TrailRecord)).toHaveLength(2);
  for (const lines of [
    toQuestionLines('"request":"x"', askedAbout(90, '张'.repeat(900))),
    toQuestionLines('"request":"x"', askedAbout(90, '张'.repeat(200), 5)),
  ]) {
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThan(120_000);
    const [first] = lines.map((line) => recordsOf(JSON.parse(`{${line}}`) as TrailRecord).length);
    expect(countsOf(lines)[0]).toBe(first);
  }
  // Agencies that answer at length, in a request that asks them again and again.
  const many = Array.from({ length: 250 }, (_, at) => ({
    question: `"at":"x${at}","fields":["bank.status"]`,
    about: [partyOf(1, '张'.repeat(300)), partyOf(2, '张'.repeat(300))],
    outcomes: ['"REFUSED"', '"NONE"'].map((status) => `${status},"${'理'.repeat(300)}"`),
  }));
  const lines = toQuestionLines('"request":"x"', many);
  expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThan(120_000);
  expect(countsOf(lines).reduce((sum, count) => sum + count)).toBe(500);
  const reasons = lines
    .flatMap((line) => recordsOf(JSON.parse(`{${line}}`) as TrailRecord))
    .map(({ reason }) => reason);
  expect(reasons).toEqual(Array(500).fill('理'.repeat(300)));
  expect(countsOf(toQuestionLines('"request":"x"', askedAbout(90, '张'.repeat(900)))).reduce((a, b) => a + b)).toBe(90);
  expect(toQuestionLines('"request":"x"', [])).toEqual([]);
  expect(toQuestionLines('"request":"x"', [{ question: '"at":"x"', about: [], outcomes: [] }])).toEqual([]);
});
