import { expect, test } from 'vitest';
import { readCourtRegistry } from '../../../common/court-registry.ts';
import { digestOf } from '../../../subgraphs/court/cursor/digest.ts';
import { parseFilter } from '../../../subgraphs/court/filter/normal.ts';
import { parseCaseNumberKey } from '../../../subgraphs/court/scalars/case-number.ts';

type Filter = Parameters<typeof parseFilter>[0];

const registry = readCourtRegistry();
const personKey = { version: 1, secret: new Uint8Array(Buffer.alloc(32, 7)) };

function digest(filter: Filter): string {
  return digestOf({ filter: parseFilter(filter, { registry, personKey }) }, personKey).toString('hex');
}

function keys(...numbers: string[]): string[] {
  return numbers.map((number) => parseCaseNumberKey(number));
}

test.each<[string, Filter, Filter]>([
  ['nothing at all', null, {}],
  ['null conditions', { stages: null, filedFrom: null }, {}],
  ['lists in another order', { stages: ['FILED', 'FAST'] }, { stages: ['FAST', 'FILED', 'FAST'] }],
  [
    'numbers in other forms',
    { numbers: keys('（2017）苏0312执1号', '(2016)苏03执2号') },
    { numbers: keys('(2016) 苏03 执 00002号', '〔2017〕苏0312执01号之一') },
  ],
  [
    'identity numbers of 15 and 18 digits',
    { partyIdNumber: '110105491231002' },
    { partyIdNumber: '11010519491231002x' },
  ],
])('a filter spelled differently is the same: %s', (_, a, b) => {
  expect(digest(a)).toBe(digest(b));
});

test('different filters have different digests', () => {
  const filters: Filter[] = [
    {},
    { stages: [] },
    { stages: ['FILED'] },
    { types: [] },
    { partyName: '王甲' },
    { province: '王甲' },
    { filedFrom: '2017-01-01' },
    { filedTo: '2017-01-01' },
    { amountOutstandingMin: 1n },
    { amountOutstandingMax: 1n },
    { courts: ['苏0312'] },
    { role: 'DEBTOR' },
  ];
  expect(new Set(filters.map(digest)).size).toBe(filters.length);
});

test('the walk of a person is not that of another, nor of another role', () => {
  const scopes = [
    undefined,
    { id: 'p1.a', role: 'DEBTOR' },
    { id: 'p1.b', role: 'DEBTOR' },
    { id: 'p1.a', role: null },
  ] as const;
  const digests = scopes.map((person) =>
    digestOf({ filter: {}, ...(person && { person }) }, personKey).toString('hex'),
  );
  expect(new Set(digests).size).toBe(scopes.length);
});

test('another key gives another digest, so that a name cannot be guessed from it', () => {
  const other = { version: 1, secret: new Uint8Array(Buffer.alloc(32, 8)) };
  const filter = parseFilter({ partyName: '王甲' }, { registry, personKey });
  expect(digestOf({ filter }, other).equals(digestOf({ filter }, personKey))).toBe(false);
});

test('an identity number does not stay in a normal filter', () => {
  const normal = parseFilter({ partyIdNumber: '11010519491231002X' }, { registry, personKey });
  expect(JSON.stringify(normal)).not.toMatch(/\d{8}/);
  expect(normal.personIds).toHaveLength(1);
});

test.each<[string, Filter, object]>([
  [
    'a short name',
    { partyName: '王' },
    { code: 'BAD_USER_INPUT', argument: 'filter.partyName', expected: 'at least two characters' },
  ],
  ['one character of two code units', { partyName: '𠮷' }, { code: 'BAD_USER_INPUT', argument: 'filter.partyName' }],
  ['a name with a null character', { partyName: '王\0甲' }, { code: 'BAD_USER_INPUT', argument: 'filter.partyName' }],
  [
    'a province with a null character',
    { province: '江苏\0省' },
    { code: 'BAD_USER_INPUT', argument: 'filter.province' },
  ],
  ['no person id', { personId: 'nobody' }, { code: 'BAD_USER_INPUT', argument: 'filter.personId' }],
  [
    'a mistyped identity number',
    { partyIdNumber: '110105194912310021' },
    { code: 'BAD_USER_INPUT', argument: 'filter.partyIdNumber' },
  ],
  [
    'an unknown court',
    { courts: ['苏0312', '沪01'] },
    { code: 'UNKNOWN_COURT', argument: 'filter.courts', known: registry.courts.map(({ code }) => code) },
  ],
  ['a foreign number', { numbers: keys('（2017）沪01执1号') }, { code: 'UNKNOWN_COURT', argument: 'filter.numbers' }],
  [
    'too many numbers',
    { numbers: Array.from({ length: 1_001 }, (_, index) => keys(`（2017）苏03执${index + 1}号`)[0]!) },
    { code: 'BAD_USER_INPUT', argument: 'filter.numbers', value: 1_001 },
  ],
])('%s is refused, naming the argument', (_, filter, extensions) => {
  expect(() => parseFilter(filter, { registry, personKey })).toThrow(
    expect.objectContaining({ extensions: expect.objectContaining(extensions) as object }) as Error,
  );
});

const knownCodes = registry.courts.map(({ code }) => code);

test.each([
  '３２０３１２１９８００１０１１２３２',
  '320312 1980 0101 1232',
  '320312-19800101-1232',
  '11010519491231002X',
])('the court %j, which is no court code, is not repeated', (code) => {
  expect(() => parseFilter({ courts: ['苏03', code] }, { registry, personKey })).toThrow(
    expect.objectContaining({
      message: `filter.courts: there is no such court; known courts: ${knownCodes.join(', ')}`,
      extensions: { code: 'UNKNOWN_COURT', argument: 'filter.courts', known: knownCodes },
    }) as Error,
  );
});

test('a court code of another city is repeated, so that a slip is seen', () => {
  expect(() => parseFilter({ courts: ['苏0302'] }, { registry, personKey })).toThrow(
    expect.objectContaining({
      message: `filter.courts: no court of the registry has the code "苏0302"; known courts: ${knownCodes.join(', ')}`,
      extensions: { code: 'UNKNOWN_COURT', argument: 'filter.courts', given: 'the code "苏0302"', known: knownCodes },
    }) as Error,
  );
});

test('texts may have 200 characters, whatever they take, and no more', () => {
  const longest = '𠮷'.repeat(200);
  expect(parseFilter({ partyName: longest, province: longest }, { registry, personKey })).toEqual({
    partyName: longest,
    provinces: [longest],
  });
  for (const text of [`${longest}𠮷`, '王'.repeat(201)]) {
    for (const filter of [{ partyName: text }, { province: text }]) {
      expect(() => parseFilter(filter, { registry, personKey })).toThrow(/at most 200 characters/);
    }
  }
});

test('a refused identity number is not repeated', () => {
  const number = '110105194912310021';
  expect(() => parseFilter({ partyIdNumber: number }, { registry, personKey })).toThrow(
    expect.objectContaining({ message: expect.not.stringContaining(number) as string }) as Error,
  );
});
