import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Answer, Ask } from '../../../common/wire.ts';
import { AskError } from '../../../gateway/asking/reply.ts';
import { randomTimeoutMs } from '../../support/random-run.ts';
import { expectSameAnswers } from '../../support/same-answers.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';
import { someViewer } from '../../support/viewers.ts';

const north = ['苏03', '苏0303', '苏0305', '苏0311'];
const south = ['苏0324', '苏0381', '苏0382'];

describe('a hub over two other hubs and two courts', () => {
  let city: TestCity;
  const down = new Set<string>();
  const asked = new Map<string, number>();
  const between = (code: string, ask: Ask): Ask => {
    return (question, signal, headers) => {
      // The hub below reads its courts' programs again and again.
      if (!question.query.includes('_service')) asked.set(code, (asked.get(code) ?? 0) + 1);
      return down.has(code) ? Promise.reject(new AskError('DOWN', 'down')) : ask(question, signal, headers);
    };
  };

  beforeAll(async () => {
    city = await startTestCity({
      casesPerCourt: 20,
      seed: 'hubs',
      behind: { north, south },
      breaker: null,
      retry: null,
      between,
    });
  }, 120_000);
  afterAll(() => city[Symbol.asyncDispose]());

  const withDown = async (codes: readonly string[], query: string, variables = {}): Promise<Answer> => {
    for (const code of codes) down.add(code);
    try {
      return await city.ask(query, variables);
    } finally {
      down.clear();
    }
  };

  it(
    'answers like one court with all rows to somebody to whom no identity number is shown',
    () => expectSameAnswers(city, 100, { ...someViewer, role: 'court-it' }),
    randomTimeoutMs,
  );

  it('shows identity numbers of the courts that it asks itself, since a hub below is not told who asks', async () => {
    const { data } = await city.ask('{ cases(first: 100) { edges { node { number parties { idNumber } } } } }');
    const { edges } = (data as { cases: { edges: { node: Row }[] } }).cases;
    const shown = edges.filter(({ node }) => node.parties.some(({ idNumber }) => idNumber !== null));
    const courtsOf = (rows: typeof edges) => new Set(rows.map(({ node }) => /苏\d+/.exec(node.number)![0]));
    expect(courtsOf(edges).size).toBeGreaterThan(2);
    expect([...courtsOf(shown)].filter((code) => [...north, ...south].includes(code))).toEqual([]);
    expect(courtsOf(shown).size).toBeGreaterThan(0);
  });

  it('asks each hub once for all its courts', async () => {
    asked.clear();
    const { extensions } = await city.hub.apollo
      .executeOperation(
        { query: '{ cases { totalCount } }', extensions: { explain: 'RESULT' } },
        { contextValue: city.hub.contextOf(new AbortController().signal, undefined, someViewer) },
      )
      .then(({ body }) => (body.kind === 'single' ? body.singleResult : {}));
    const { totals } = (extensions as { explain: { totals: { happened: { calls: number }; courts: object } } }).explain;
    expect(totals.happened.calls).toBe(4);
    expect(totals.courts).toMatchObject({ spared: [] });
    expect(Object.fromEntries(asked)).toEqual(Object.fromEntries(city.registry.courts.map(({ code }) => [code, 1])));
  });

  it('states each court by itself, with its own clock and when the answer came', async () => {
    const { data } = await city.ask(
      '{ cases { coverage { complete courts { court { code name } status asOf receivedAt elapsedMs } } } }',
    );
    const { complete, courts } = (data as { cases: { coverage: Coverage } }).cases.coverage;
    expect(complete).toBe(true);
    expect(courts.map(({ court }) => court.code)).toEqual(city.registry.courts.map(({ code }) => code));
    for (const { court, status, asOf, receivedAt, elapsedMs } of courts) {
      expect(court.name).toBe(city.registry.byCode(court.code)!.name);
      expect(status).toBe('FOUND');
      expect(Date.parse(asOf!)).not.toBeNaN();
      expect(Date.parse(receivedAt!)).toBeGreaterThan(Date.parse('2017-01-01'));
      expect(elapsedMs).toBeGreaterThanOrEqual(0);
    }
  });

  it('names the one court behind a hub that is down, once, and gives the rows of all others', async () => {
    const [lost = ''] = south;
    const { data, errors } = await withDown(
      [lost],
      '{ cases(first: 100) { totalCount totalIsLowerBound coverage { courts(only: GAPS) { court { code } status reason } } } }',
    );
    expect(data).toEqual({
      cases: {
        totalCount: 8 * 20,
        totalIsLowerBound: true,
        coverage: { courts: [{ court: { code: lost }, status: 'UNREACHABLE', reason: 'DOWN' }] },
      },
    });
    expect(errors).toHaveLength(1);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UPSTREAM_UNREACHABLE', court: lost, paths: ['cases'] });
  });

  it('lists exactly that court when everything or nothing is wanted', async () => {
    const { data, errors } = await withDown(
      [north[1]!],
      '{ cases(completeness: COMPLETE) { totalCount } other: cases(filter: { courts: ["苏0391"] }, completeness: COMPLETE) { totalCount } }',
    );
    expect(data).toEqual({ cases: null, other: { totalCount: 20 } });
    expect(errors?.map(({ extensions }) => [extensions?.['code'], extensions?.['gaps']])).toEqual([
      ['INCOMPLETE', [{ court: north[1], status: 'UNREACHABLE', reason: 'DOWN' }]],
    ]);
  });

  it('takes a page that a court behind a hub missed for missed until the walk ends', async () => {
    const page = '{ pageInfo { endCursor } coverage { courts(only: GAPS) { court { code } reason } } }';
    const first = await withDown([south[0]!], `{ cases(first: 5) ${page} }`);
    const { pageInfo } = (first.data as { cases: { pageInfo: { endCursor: string } } }).cases;
    const next = await city.ask(`query ($after: String) { cases(first: 5, after: $after) ${page} }`, {
      after: pageInfo.endCursor,
    });
    expect((next.data as { cases: { coverage: Coverage } }).cases.coverage.courts).toEqual([
      { court: { code: south[0] }, reason: 'MISSED_EARLIER' },
    ]);
  });

  it('tells whose case cannot be given, and gives the cases beside it', async () => {
    const [lost, other] = [numberOf(city, south[1]!), numberOf(city, south[2]!)];
    const query =
      'query ($lost: CaseNumber!, $other: CaseNumber!) { lost: case(number: $lost) { stage } other: case(number: $other) { number } }';
    const { data, errors } = await withDown([south[1]!], query, { lost, other });
    expect(data).toEqual({ lost: null, other: { number: expect.any(String) as string } });
    expect(errors?.map(({ path, extensions }) => [path, extensions?.['code'], extensions?.['court']])).toEqual([
      [['lost'], 'UPSTREAM_UNREACHABLE', south[1]],
    ]);
  });

  it('tells what is missing of persons and their cases', async () => {
    const query = '{ cases(first: 20) { edges { node { debtors { person { name cases { number } } } } } } }';
    const { errors, extensions } = await withDown([north[2]!], query);
    const codes = (errors ?? []).map(({ extensions: told }) => [told?.['code'], told?.['court']]);
    expect(codes).toEqual([['UPSTREAM_UNREACHABLE', north[2]]]);
    const covered = extensions?.['coverage'] as { path: string; courts: { code: string; status: string }[] }[];
    const cases = covered.find(({ path }) => path.endsWith('person.cases'));
    expect(cases?.courts.filter(({ status }) => status === 'UNREACHABLE')).toEqual([
      expect.objectContaining({ code: north[2] }),
    ]);
  });

  it('takes all courts behind a hub that is down for unreachable, by name', async () => {
    await city.hubs.get('south')!.stop();
    const { data } = await city.ask('{ cases { coverage { courts(only: GAPS) { court { code } status reason } } } }');
    const gaps = (data as { cases: { coverage: Coverage } }).cases.coverage.courts;
    expect(gaps).toEqual(south.map((code) => ({ court: { code }, status: 'UNREACHABLE', reason: 'DOWN' })));
    const courts = await city.ask('{ courts { code health } }');
    const health = new Map(
      (courts.data as { courts: { code: string; health: string }[] }).courts.map((own) => [own.code, own.health]),
    );
    expect(south.map((code) => health.get(code))).toEqual(['DOWN', 'DOWN', 'DOWN']);
    expect(north.map((code) => health.get(code))).toEqual(['UNKNOWN', 'UNKNOWN', 'UNKNOWN', 'UNKNOWN']);
  });
});

interface Coverage {
  readonly complete: boolean;
  readonly courts: readonly {
    readonly court: { readonly code: string; readonly name: string };
    readonly status: string;
    readonly asOf: string | null;
    readonly receivedAt: string | null;
    readonly elapsedMs: number;
  }[];
}

function numberOf({ records }: TestCity, court: string): string {
  return records.get(court)![0]!.number;
}

interface Row {
  readonly number: string;
  readonly parties: readonly { readonly idNumber: string | null }[];
}
