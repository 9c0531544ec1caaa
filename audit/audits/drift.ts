/** Courts whose programs are older, newer or incompatible (rules 5 and 11); all of it is noticed within ten seconds. */

import { ordered } from '../../test/support/brute-force.ts';
import { family, type Audit, type Given } from '../audit.ts';
import { expectEqual, expectItems, expectSame, expectThat } from '../expecting.ts';
import { askPage, entryOf, numbersOf, rowsOf, statusesOf, walk, valueOf } from '../questions.ts';
import { incompatible } from '../world/drift.ts';
import { courtSdl } from '../../subgraphs/court/schema.ts';

const cancelled = { closingModes: ['CANCELLED'] };

export const driftAudits = family('drift', [
  drifted(
    'DRF-01',
    'MUST give the rows of a court that lacks a field, that field null',
    async ({ ask, city, drift }) => {
      const { page } = await askPage(
        ask,
        { first: 100, filter: { courts: [drift.withoutField] } },
        'number stage transferKind',
      );
      const expected = ordered(city.matching({ courts: [drift.withoutField] }), 'FILED_ON_DESC');
      expectItems(
        'its rows',
        numbersOf(page),
        expected.map(({ display }) => display),
      );
      expectEqual(
        'rows with the field, and with another',
        [
          rowsOf(page).filter(({ transferKind }) => transferKind !== null).length,
          rowsOf(page).filter(({ stage }) => stage != null).length,
        ],
        [0, expected.length],
      );
    },
  ),
  drifted(
    'DRF-02',
    'MUST say DEGRADED of a court that lacks a field asked for, and name the field',
    async ({ ask, drift }) => {
      const { page } = await askPage(ask, { first: 100 }, 'number transferKind');
      const entry = entryOf(page.coverage, drift.withoutField);
      expectEqual('its status', entry?.status, 'DEGRADED');
      expectThat(
        entry?.missingFields?.some((field) => field.includes('transferKind')) === true,
        'missingFields: expected the field; it is not named.',
      );
      expectEqual('complete', page.coverage.complete, false);
    },
  ),
  drifted('DRF-03', 'MUST NOT ask a court for a field that it lacks', async ({ ask, courts, drift }) => {
    const front = courts.get(drift.withoutField)!;
    front.forget();
    await askPage(ask, { first: 20 }, 'number transferKind');
    const asked = front.asked.filter(({ query }) => /transferKind/.test(query)).length;
    expectThat(front.asked.length > 0, 'the court that lacks a field: expected it to be asked; it was not.');
    expectEqual('questions with the field', asked, 0);
  }),
  drifted(
    'DRF-04',
    'MUST find no gap in a court that lacks a field when it is not asked for',
    async ({ ask, drift }) => {
      const { page } = await askPage(ask, { first: 20 }, 'number stage');
      expectEqual('its status', entryOf(page.coverage, drift.withoutField)?.status, 'FOUND');
      expectEqual(
        'the status of the court that is incompatible',
        entryOf(page.coverage, drift.incompatible)?.status,
        'UNREACHABLE',
      );
    },
  ),
  drifted(
    'DRF-05',
    'MUST NOT ask a court that does not know a filter that is used: REFUSED, UNSUPPORTED',
    async ({ ask, courts, drift }) => {
      const front = courts.get(drift.withoutFilter)!;
      front.forget();
      const { page } = await askPage(ask, { first: 20, filter: cancelled });
      const { status, reason } = entryOf(page.coverage, drift.withoutFilter) ?? {};
      expectEqual('its status and reason', [status, reason], ['REFUSED', 'UNSUPPORTED']);
      expectEqual('questions to it', front.asked.length, 0);
    },
  ),
  drifted(
    'DRF-06',
    'MUST NOT drop a filter: no row, and no count, of a court that does not know it',
    async ({ ask, city, drift }) => {
      const left = [drift.withoutFilter, drift.incompatible];
      const expected = city.matching(cancelled).filter(({ court }) => !left.includes(court));
      const { page } = await askPage(ask, { first: 100, filter: cancelled });
      expectItems(
        'rows',
        numbersOf(page),
        ordered(expected, 'FILED_ON_DESC').map(({ display }) => display),
      );
      expectEqual(
        'total and whether it is a lower bound',
        [page.totalCount, page.totalIsLowerBound],
        [expected.length, true],
      );
    },
  ),
  drifted(
    'DRF-07',
    'MUST ask a court that lacks a filter when that filter is not used',
    async ({ ask, city, drift }) => {
      const filter = { courts: [drift.withoutFilter], stages: ['CLOSED'] };
      const { page } = await askPage(ask, { first: 100, filter });
      expectEqual(
        'rows and complete',
        [page.edges.length, page.coverage.complete],
        [city.matching(filter).length, true],
      );
      const { page: all } = await askPage(ask, { first: 1 });
      expectEqual(
        'the status of the court that is incompatible',
        entryOf(all.coverage, drift.incompatible)?.status,
        'UNREACHABLE',
      );
    },
  ),
  drifted(
    'DRF-08',
    'MUST quarantine a court with an incompatible contract: UNREACHABLE, QUARANTINED',
    async ({ ask, drift }) => {
      const { page } = await askPage(ask, { first: 20 });
      const { status, reason } = entryOf(page.coverage, drift.incompatible) ?? {};
      expectEqual('its status and reason', [status, reason], ['UNREACHABLE', 'QUARANTINED']);
    },
  ),
  drifted(
    'DRF-09',
    'MUST give every row of the other courts, in order, beside a quarantined one',
    async ({ ask, city, drift }) => {
      const pages = await walk(ask, { first: 40, orderBy: 'NUMBER_ASC' });
      const expected = city.rows.filter(({ court }) => court !== drift.incompatible);
      expectItems(
        'rows',
        numbersOf(...pages),
        ordered(expected, 'NUMBER_ASC').map(({ display }) => display),
      );
      const { [drift.incompatible]: own, ...others } = statusesOf(pages[0]!.coverage);
      expectEqual(
        'its status, and those of the others',
        [own, [...new Set(Object.values(others))].sort()],
        ['UNREACHABLE', ['FOUND', 'NONE']],
      );
    },
  ),
  drifted(
    'DRF-10',
    'MUST tell a case of a quarantined court as an error that names it, and none beside it',
    async ({ ask, city, drift }) => {
      const [lost, kept] = [drift.incompatible, city.largest].map(
        (code) => city.rows.find(({ court }) => court === code)!.record.number,
      );
      const answer = await ask(
        'query ($a: CaseNumber!, $b: CaseNumber!) { lost: case(number: $a) { number } kept: case(number: $b) { number } }',
        { a: lost, b: kept },
      );
      expectEqual('the case of the quarantined court', answer.data?.['lost'], null);
      valueOf('the case beside it', answer, 'kept');
      expectEqual(
        'courts that errors name',
        (answer.errors ?? []).map(({ extensions }) => extensions?.['court']),
        [drift.incompatible],
      );
    },
  ),
  {
    id: 'DRF-11',
    name: 'MUST take a court back within ten seconds of its speaking the contract again',
    async check({ ask, city, courts, eventually, noticedWithinMs }) {
      const front = courts.get(city.merged)!;
      const statusOf = async () => entryOf((await askPage(ask, { first: 1 })).page.coverage, city.merged)?.status;
      try {
        front.speak(incompatible(courtSdl));
        await eventually(
          async () => expectEqual('the status of a court that became incompatible', await statusOf(), 'UNREACHABLE'),
          noticedWithinMs,
        );
      } finally {
        front.speak(null);
      }
      await eventually(
        async () => expectEqual('its status when it is compatible again', await statusOf(), 'FOUND'),
        noticedWithinMs,
      );
    },
  },
  drifted(
    'DRF-12',
    'MUST give a case of a court that lacks a field without it, and name court and field in an error',
    async ({ ask, city, drift }) => {
      const { record, display } = city.rows.find(({ court }) => court === drift.withoutField)!;
      const query = 'query ($n: CaseNumber!) { case(number: $n) { number team { name } debtors { id } } }';
      const answer = await ask(query, { n: record.number });
      const row = valueOf<{ number: string; team: unknown; debtors: unknown[] | null }>('its case', answer, 'case');
      expectSame('its number', row.number, display);
      expectEqual('the field, and whether there are debtors', [row.team, row.debtors !== null], [null, true]);
      const named = (answer.errors ?? []).filter(({ extensions }) => extensions?.['court'] === drift.withoutField);
      expectThat(named.length > 0, 'a field that is not there: expected an error that names the court; came none.');
      expectThat(JSON.stringify(named).includes('team'), 'the error: expected it to name the field; it does not.');
    },
  ),
]);

function drifted(id: string, name: string, check: (given: Given) => Promise<void>): Audit {
  return { id, name, courts: 'DRIFTED', check };
}
