import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AskError } from '../../../gateway/asking/reply.ts';
import { cityWide, plainQuery } from '../../support/city-answer.ts';
import { parseLine, startOperatedCity, type Line, type OperatedCity } from './operated-city.ts';
import { authorizationOf } from '../../support/viewers.ts';

const idNumber = '320312198001011232';
const fullWidth = '３２０３１２１９８００１０１１２３２';

/** The court that fails, and how, while it is set. */
const failing = '苏0312';
let failure: Error | null = null;
let isStatusBroken = false;

let operated: OperatedCity;
beforeAll(async () => {
  operated = await startOperatedCity({
    breaker: null,
    between: (code, ask) => (question, signal, headers) =>
      code === failing && failure ? Promise.reject(failure) : ask(question, signal, headers),
    status: (own) => {
      if (isStatusBroken) throw new TypeError(`no status for ${idNumber}: "李新振" has 1225875.00`);
      return own();
    },
  });
});
afterAll(() => operated[Symbol.asyncDispose]());

/** The lines that one step has written. */
async function linesOf(step: () => Promise<unknown>): Promise<Line[]> {
  const before = operated.lines.length;
  await step();
  await expect.poll(() => operated.lines.length).toBeGreaterThan(before);
  return operated.lines.slice(before).map(parseLine);
}

describe('the line of a request', () => {
  test('tells what was asked, how it ended, and for each court and agency how often, how long and with what outcome', async () => {
    const lines = await linesOf(() => operated.ask(cityWide, { filter: {} }));
    expect(lines).toHaveLength(1);
    const [line] = lines as [Line];
    expect(line).toMatchObject({
      level: 'info',
      msg: 'answered',
      outcome: 'whole',
      status: 200,
      operation: 'CityWide',
    });
    expect(line.ms).toBeGreaterThanOrEqual(0);
    const courts = operated.city.registry.courts.map(({ code }) => code);
    expect(
      line
        .calls!.filter(({ kind }) => kind === 'court')
        .map(({ upstream }) => upstream)
        .sort(),
    ).toEqual(courts.sort());
    expect(
      line
        .calls!.filter(({ kind }) => kind === 'agency')
        .map(({ upstream }) => upstream)
        .sort(),
    ).toEqual(['bank', 'property', 'vehicle']);
    for (const call of line.calls!) {
      expect(call).toMatchObject({ outcome: 'answered', calls: expect.any(Number) as number });
      expect(call.calls).toBeGreaterThan(0);
    }
  });

  test('names a gap and its reason, and counts errors by code', async () => {
    failure = new AskError('SERVER_ERROR', `HTTP 500 for ${idNumber}`);
    const [line] = await linesOf(() => operated.ask(plainQuery));
    failure = null;
    expect(line).toMatchObject({
      outcome: 'partial',
      errors: { UPSTREAM_UNREACHABLE: 1 },
      gaps: [{ upstream: failing, status: 'UNREACHABLE', reason: 'SERVER_ERROR' }],
    });
    expect(line!.calls!.find(({ upstream }) => upstream === failing)).toMatchObject({
      outcome: 'server_error',
      calls: 1,
    });
  });

  test('is there for what GraphQL never saw, with the door’s own code', async () => {
    const [line] = await linesOf(() => operated.post('{'));
    expect(line).toMatchObject({ outcome: 'refused', status: 400, refusal: 'BODY_NOT_JSON', operation: null });
  });

  test('is not there for health, readiness and metrics', async () => {
    const before = operated.lines.length;
    for (const path of ['/health', '/ready', '/metrics']) await fetch(`${operated.door.url}${path}`);
    await linesOf(() => operated.ask('{ courts { code } }'));
    expect(operated.lines).toHaveLength(before + 1);
  });
});

describe('the id of a request', () => {
  test.each(['a', 'task-force_7.2', '550e8400-e29b-41d4-a716-446655440000'])(
    'is the client’s own when it is harmless: %s',
    async (id) => {
      const [line] = await linesOf(async () => {
        const response = await operated.post('{"query":"{ courts { code } }"}', { 'x-request-id': id });
        expect(response.headers.get('x-request-id')).toBe(id);
      });
      expect(line!.request).toBe(id);
    },
  );

  test.each([idNumber, `case-${idNumber}`, '3203-1219-8001-0112-32', 'x'.repeat(65), 'a b', '"}'])(
    'is made when the client’s is not: %s',
    async (id) => {
      const [line] = await linesOf(async () => {
        const response = await operated.post('{"query":"{ courts { code } }"}', { 'x-request-id': id });
        expect(response.headers.get('x-request-id')).toMatch(/^[a-p]{20}$/);
      });
      expect(line!.request).toMatch(/^[a-p]{20}$/);
    },
  );
});

describe('nothing private', () => {
  const requests: readonly (readonly [string, () => Promise<unknown>])[] = [
    [
      'a filter in the document',
      () => operated.ask(`{ cases(filter: { partyIdNumber: "${idNumber}" }) { totalCount } }`),
    ],
    ['variables', () => operated.ask(plainQuery, { filter: { partyIdNumber: idNumber } })],
    ['variables in full-width digits', () => operated.ask(plainQuery, { filter: { partyIdNumber: fullWidth } })],
    ['the name of the operation', () => operated.ask(`query Q${idNumber} { courts { code } }`)],
    ['the name of the operation, in groups', () => operated.ask('query Q_3203_1219_8001_0112_32 { courts { code } }')],
    [
      'an operation that is not there',
      () => operated.post(JSON.stringify({ query: '{ courts { code } }', operationName: idNumber })),
    ],
    ['a document that does not parse', () => operated.ask(`{ courts { code } } "${idNumber}`)],
    ['a field that does not exist', () => operated.ask(`{ f${idNumber} }`)],
    ['a case number that is none', () => operated.ask(`{ case(number: "${idNumber}") { number } }`)],
    [
      'a variable of another type',
      () => operated.ask('query ($first: Int) { cases(first: $first) { totalCount } }', { first: idNumber }),
    ],
    ['a cursor that is none', () => operated.ask(plainQuery, { after: idNumber })],
    ['a person that is none', () => operated.ask(`{ person(id: "${idNumber}") { name } }`)],
    ['a body that is no JSON', () => operated.post(`{"query": ${idNumber}x`)],
    ['an alias', () => operated.ask(`{ a${idNumber}: courts { code } }`)],
    [
      'a path and its query',
      async () =>
        fetch(`${operated.door.url}/graphql?number=${idNumber}`, {
          method: 'POST',
          body: '{}',
          headers: { 'content-type': 'application/json', ...(await authorizationOf()) },
        }),
    ],
    [
      'what a court says when it fails',
      async () => {
        failure = new Error(`duplicate key (${idNumber}), balance 1225875.00`);
        await operated.ask(cityWide, { filter: {} });
        failure = null;
      },
    ],
    [
      'a fault of our own',
      async () => {
        isStatusBroken = true;
        expect((await fetch(`${operated.door.url}/ready`)).status).toBe(500);
        isStatusBroken = false;
      },
    ],
  ];

  test.each(requests)('is logged of %s', async (_, request) => {
    const lines = await linesOf(request);
    expect(JSON.stringify(lines).normalize('NFKC')).not.toMatch(/\d{15}|3203_1219|1225875|李新振/);
  });

  test('of a whole city’s answer is logged or counted: no number, no balance, no name', async () => {
    const answer = JSON.stringify(await operated.ask(cityWide, { filter: {} }));
    const balances = [...answer.matchAll(/"balance":"([^"]+)"/g)].map(([, balance]) => balance!);
    const names = [...answer.matchAll(/"name":"([^"]+)"/g)].map(([, name]) => name!);
    expect(balances.length).toBeGreaterThan(3);
    const told = operated.lines.join('') + (await operated.scrape());
    for (const balance of balances.filter((one) => one.length > 5)) expect(told).not.toContain(balance);
    for (const name of names) expect(told).not.toContain(name);
    expect(told).not.toMatch(/\d{6}★|partyIdNumber/);
  });

  test('a fault of our own is a line of level error with its kind and place', () => {
    const faults = operated.lines.map(parseLine).filter(({ level }) => level === 'error');
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({
      request: expect.stringMatching(/^[a-p]+$/) as string,
      fault: { kind: 'TypeError', text: 'no status for ★: "★" has ★' },
    });
  });
});
