/** What a court that fails or lies costs: its own rows, and nothing that is said to be true (rules 5, 7, 9 and 12). */

import { ordered } from '../../test/support/brute-force.ts';
import { family, type Given } from '../audit.ts';
import { codesOf, expectEqual, expectItems, expectOneError, expectSame, expectThat } from '../expecting.ts';
import { askPage, entryOf, numbersOf, statusesOf, walk, type Page } from '../questions.ts';
import { cutOff, failing, garbage, hang, httpError, reset, upstreamText } from '../world/faults.ts';
import { CLOSED, sufferTogether, type Behaviour } from '../world/front.ts';

type Fault = Behaviour | typeof CLOSED;

/** A gateway that a court lets hang may wait for it; longer than this no client waits. */
const answeredWithinMs = 12_000;

export const faultAudits = family('faults', [
  oneCourt('FLT-01', 'refuses connections', CLOSED, ['UNREACHABLE']),
  oneCourt('FLT-02', 'breaks connections off', reset, ['UNREACHABLE']),
  oneCourt('FLT-03', 'never answers', hang, ['TIMEOUT']),
  oneCourt('FLT-04', 'answers with something that is no GraphQL', garbage, ['UNREACHABLE']),
  oneCourt('FLT-05', 'answers with an HTTP error', httpError(503), ['UNREACHABLE']),
  oneCourt('FLT-06', 'breaks off in the middle of its answer', cutOff, ['UNREACHABLE']),
  oneCourt('FLT-07', 'answers everything with an error', failing, ['DEGRADED', 'REFUSED', 'UNREACHABLE']),
  oneCourt('FLT-08', 'refuses to be asked', httpError(403), ['REFUSED']),
  {
    id: 'FLT-09',
    name: 'MUST tell the fault of each court when several fail in different ways',
    async check({ ask, city, courts }) {
      const faults: readonly [Fault, string][] = [
        [CLOSED, 'UNREACHABLE'],
        [hang, 'TIMEOUT'],
        [httpError(403), 'REFUSED'],
      ];
      const failed = city.codes.slice(1, 4);
      await using _ = await sufferTogether(
        failed.map((code, index) => [courts.get(code)!, faults[index]![0]] as const),
      );
      const { page } = await askPage(ask, { first: 100 });
      const statuses = statusesOf(page.coverage);
      expectEqual(
        'statuses of the courts that fail',
        failed.map((code) => statuses[code]),
        faults.map(([, status]) => status),
      );
      expectRows(page, city, (code) => !failed.includes(code));
    },
  },
  {
    id: 'FLT-10',
    name: 'MUST wait for courts that hang together, not one after the other',
    async check({ ask, courts }) {
      await using _ = await sufferTogether([...courts.values()].map((court) => [court, hang] as const));
      const startedAt = performance.now();
      const { page } = await askPage(ask, { first: 10 });
      const seconds = Math.round((performance.now() - startedAt) / 1000);
      expectThat(
        seconds * 1000 < answeredWithinMs,
        `all courts hang: expected an answer within 12 s; came after ${seconds} s.`,
      );
      expectEqual('statuses', [...new Set(Object.values(statusesOf(page.coverage)))], ['TIMEOUT']);
    },
  },
  {
    id: 'FLT-11',
    name: 'MUST answer with an empty page that says so when no court answers: data, no total, not complete',
    async check({ ask, city, courts }) {
      await using _ = await sufferTogether([...courts.values()].map((court) => [court, CLOSED] as const));
      const { page, answer } = await askPage(ask, { first: 10 });
      expectEqual(
        'rows, total, complete',
        [page.edges.length, page.totalCount, page.coverage.complete],
        [0, null, false],
      );
      const named = (answer.errors ?? []).map(({ extensions }) => String(extensions?.['court'])).sort();
      expectItems('courts that errors name', named, [...city.codes].sort());
    },
  },
  {
    id: 'FLT-12',
    name: 'MUST give one error for a court and a cause, however many fields miss it, with all their paths',
    async check({ ask, city, courts }) {
      await using _ = await courts.get(city.merged)!.suffer(CLOSED);
      const answer = await ask(
        '{ a: cases(first: 2) { totalCount } b: cases(first: 3) { totalCount } caseStatistics { count } }',
      );
      const facts = expectOneError('three fields', answer, 'UPSTREAM_UNREACHABLE', city.merged);
      expectEqual(
        'its count and paths',
        [facts['count'], [...(facts['paths'] as string[])].sort()],
        [3, ['a', 'b', 'caseStatistics']],
      );
    },
  },
  {
    id: 'FLT-13',
    name: 'MUST lose a case of a court that is down, with an error that names it, and none beside it',
    async check({ ask, city, courts }) {
      const [lost, kept] = [city.merged, city.largest].map((code) => city.rows.find(({ court }) => court === code)!);
      await using _ = await courts.get(city.merged)!.suffer(CLOSED);
      const answer = await ask(
        'query ($a: CaseNumber!, $b: CaseNumber!) { lost: case(number: $a) { number } kept: case(number: $b) { number } }',
        {
          a: lost!.record.number,
          b: kept!.record.number,
        },
      );
      expectOneError('a case of a court that is down', answer, 'UPSTREAM_UNREACHABLE', city.merged);
      expectEqual('its path', answer.errors![0]!.path, ['lost']);
      expectSame('the cases', answer.data, { lost: null, kept: { number: kept!.display } });
    },
  },
  {
    id: 'FLT-14',
    name: 'MUST NOT repeat what an upstream says, nor where it is',
    async check({ ask, city, courts }) {
      const number = city.rows.find(({ court }) => court === city.merged)!.record.number;
      for (const fault of [garbage, failing, httpError(500), CLOSED] as const) {
        await using _ = await courts.get(city.merged)!.suffer(fault);
        const answer = await ask(
          'query ($n: CaseNumber!) { case(number: $n) { number stage } cases(first: 1) { totalCount } }',
          { n: number },
        );
        expectThat((answer.errors ?? []).length > 0, 'a court that fails: expected an error; came none.');
        const text = JSON.stringify(answer);
        const private_ = [
          ...upstreamText.split(/[ ()]+/).filter((word) => /[./]/.test(word)),
          'ECONNREFUSED',
          new URL(courts.get(city.merged)!.url).host,
          'stacktrace',
        ];
        const told = private_.filter((part) => text.includes(part)).length;
        expectThat(
          told === 0,
          `a court that fails: expected nothing of its words or address in the answer; came ${told} of them.`,
        );
      }
    },
  },
  {
    id: 'FLT-15',
    name: 'MUST be whole again soon after a court came back',
    async check({ ask, city, courts, eventually }) {
      {
        await using _ = await courts.get(city.merged)!.suffer(CLOSED);
        for (let times = 0; times < 7; times += 1) await askPage(ask, { first: 1 });
        const { page } = await askPage(ask, { first: 1 });
        expectEqual('complete while it is down', page.coverage.complete, false);
      }
      await eventually(async () => {
        const { page } = await askPage(ask, { first: 100 });
        expectEqual('complete within 5 s of its return', page.coverage.complete, true);
        expectRows(page, city, () => true);
      }, 5_000);
    },
  },
  {
    id: 'FLT-16',
    name: 'MUST give no row twice, and every row of the other courts, on a walk that an outage interrupts',
    async check({ ask, city, courts, eventually }) {
      const question = { first: 15, orderBy: 'AMOUNT_OUTSTANDING_DESC' as const };
      const [first] = [(await askPage(ask, question)).page];
      let second: Page;
      {
        await using _ = await courts.get(city.largest)!.suffer(CLOSED);
        second = (await askPage(ask, { ...question, after: first.pageInfo.endCursor })).page;
        expectEqual('complete during the outage', second.coverage.complete, false);
      }
      await eventually(
        async () => expectEqual('complete again', (await askPage(ask, question)).page.coverage.complete, true),
        5_000,
      );
      const rest = await walk(ask, { ...question, after: second.pageInfo.endCursor });
      const came = numbersOf(first, second, ...rest);
      const seen = new Set(came);
      expectEqual('rows given twice', came.length - seen.size, 0);
      const expected = ordered(city.rows, question.orderBy).filter(
        ({ court, display }) => court !== city.largest || seen.has(display),
      );
      expectItems(
        'rows of the walk',
        came,
        expected.map(({ display }) => display),
      );
    },
  },
]);

/** One court that fails costs its own rows: it is named once, the others are whole, and the total is a lower bound. */
function oneCourt(id: string, what: string, fault: Fault, statuses: readonly string[]) {
  return {
    id,
    name: `MUST lose only the rows of a court that ${what}, and name it`,
    async check({ ask, city, courts }: Given) {
      const failed = city.codes[1]!;
      await using _ = await courts.get(failed)!.suffer(fault);
      const { page, answer } = await askPage(ask, { first: 100 });
      const { [failed]: status, ...others } = statusesOf(page.coverage);
      expectThat(
        statuses.includes(String(status)),
        `the status of court ${failed}: expected ${statuses.join(' or ')}; came ${String(status)}.`,
      );
      expectEqual('statuses of the others', [...new Set(Object.values(others))].sort(), ['FOUND', 'NONE']);
      expectEqual(
        'complete, and whether the total is a lower bound',
        [page.coverage.complete, page.totalIsLowerBound],
        [false, true],
      );
      expectRows(page, city, (code) => code !== failed);
      expectEqual(
        'courts that errors name',
        (answer.errors ?? []).map(({ extensions }) => extensions?.['court']),
        [failed],
      );
      expectEqual(
        'errors without a code',
        codesOf(answer).filter((code) => code === 'no code'),
        [],
      );
      expectThat(
        entryOf(page.coverage, failed)?.reason != null,
        `court ${failed}: expected a reason for the gap; came null.`,
      );
    },
  };
}

/** The first hundred rows of these courts, in the default order. */
function expectRows(page: Page, city: Given['city'], isLive: (code: string) => boolean): void {
  const live = city.rows.filter(({ court }) => isLive(court));
  expectItems(
    'rows of the courts that answer',
    numbersOf(page),
    ordered(live, 'FILED_ON_DESC')
      .map(({ display }) => display)
      .slice(0, 100),
  );
}
