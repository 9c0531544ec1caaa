import { expect, test } from 'vitest';
import { readCourtRegistry } from '../../../common/court-registry.ts';
import { provinces } from '../../../common/provinces.ts';
import { caseStages } from '../../../common/vocabulary.ts';
import { parseCriteria } from '../../../subgraphs/command/criteria/normal.ts';

type Input = Parameters<typeof parseCriteria>[0];

const registry = readCourtRegistry();

function faultOf(input: Input): { message: string; extensions: unknown } {
  try {
    parseCriteria(input, registry);
  } catch (error) {
    const { message, extensions } = error as { message: string; extensions: unknown };
    return { message, extensions };
  }
  throw new Error('the criteria were taken');
}

const conditions =
  'creditorPersonId, creditorName, amountOutstandingMin, amountOutstandingMax, stages, courts, provinces';

test.each<[string, Input]>([
  ['absent', {}],
  ['null', { creditorPersonId: null, creditorName: null, stages: null, courts: null, provinces: null }],
])('criteria whose conditions are all %s are refused, saying which there are', (_, input) => {
  expect(faultOf(input)).toEqual({
    message: `input.criteria: there is no condition; expected at least one of ${conditions}`,
    extensions: { code: 'BAD_USER_INPUT', argument: 'input.criteria', expected: `at least one of ${conditions}` },
  });
});

test.each<[string, Input, string, string | RegExp]>([
  ['an empty list of stages', { stages: [] }, 'stages', 'at least one, or no list'],
  ['an empty list of courts', { courts: [] }, 'courts', 'at least one, or no list'],
  ['an empty list of provinces', { stages: ['FILED'], provinces: [] }, 'provinces', 'at least one, or no list'],
  ['an unknown stage', { stages: ['FILED', 'filed'] }, 'stages', `some of ${caseStages.join(', ')}`],
  ['an unknown province', { provinces: ['江苏', '徐州'] }, 'provinces', `some of ${provinces.join(', ')}`],
  ['a word of every object', { provinces: ['constructor'] }, 'provinces', /^some of/],
  ['a negative amount', { amountOutstandingMin: -1n }, 'amountOutstandingMin', 'an amount from "0.00" on'],
  ['a negative upper bound', { amountOutstandingMax: -1n }, 'amountOutstandingMax', 'an amount from "0.00" on'],
  [
    'bounds that cross',
    { amountOutstandingMin: 2n, amountOutstandingMax: 1n },
    'amountOutstandingMin',
    'a lower bound at most that',
  ],
  ['no id of a person', { creditorPersonId: '张三' }, 'creditorPersonId', 'an id as Person.id gives it'],
  ['a name of one character', { creditorName: '徐' }, 'creditorName', '2 to 200 characters'],
  ['a name of one character beyond the BMP', { creditorName: '𠮷' }, 'creditorName', '2 to 200 characters'],
  ['a name of blanks', { creditorName: ' 徐  ' }, 'creditorName', '2 to 200 characters'],
  ['a long name', { creditorName: '徐'.repeat(201) }, 'creditorName', '2 to 200 characters'],
  ['a null character', { creditorName: '徐\0工' }, 'creditorName', 'characters of Unicode'],
  ['half a character', { creditorName: '徐工\ud842' }, 'creditorName', 'characters of Unicode'],
  ['an identity number', { creditorName: '徐工 11010519491231002X' }, 'creditorName', /creditorPersonId$/],
])('%s is refused, naming the field and what would be right', (_, input, field, expected) => {
  const argument = `input.criteria.${field}`;
  const { message, extensions } = faultOf(input);
  expect(extensions).toEqual({
    code: 'BAD_USER_INPUT',
    argument,
    expected: typeof expected === 'string' ? expected : (expect.stringMatching(expected) as string),
  });
  expect(message.startsWith(`${argument}: `)).toBe(true);
});

test('a court of another city is refused with the courts that there are', () => {
  const known = registry.courts.map(({ code }) => code);
  expect(faultOf({ courts: ['苏03', '苏0302'] }).extensions).toEqual({
    code: 'UNKNOWN_COURT',
    argument: 'input.criteria.courts',
    given: 'the code "苏0302"',
    known,
  });
});

test('what is refused is not repeated where it may be an identity number', () => {
  const number = '11010519491231002X';
  for (const input of [
    { creditorName: `徐工 ${number}` },
    { creditorPersonId: number },
    { courts: [number] },
    { stages: [number] },
    { provinces: [number] },
  ]) {
    expect(JSON.stringify(faultOf(input))).not.toContain(number.slice(0, 8));
  }
});

test.each([
  '３２０３１２１９８００１０１１２３２',
  '320312 1980 0101 1232',
  '320312-19800101-1232',
  '11010519491231002X',
  '三二〇三',
  '苏031',
])('the court %j, which is no court code, is not repeated', (code) => {
  const known = registry.courts.map((court) => court.code);
  expect(faultOf({ courts: ['苏03', code] })).toEqual({
    message: `input.criteria.courts: there is no such court; known courts: ${known.join(', ')}`,
    extensions: { code: 'UNKNOWN_COURT', argument: 'input.criteria.courts', known },
  });
});

test('bounds may meet, and begin at nothing', () => {
  expect(parseCriteria({ amountOutstandingMin: 0n, amountOutstandingMax: 0n }, registry)).toMatchObject({
    amountOutstandingMin: 0n,
    amountOutstandingMax: 0n,
  });
});

test('a name may have 200 characters, whatever they take', () => {
  const creditorName = '𠮷'.repeat(200);
  expect(parseCriteria({ creditorName }, registry).creditorName).toBe(creditorName);
});
