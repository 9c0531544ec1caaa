/** Whose rows an answer speaks of (rule 5). */

import { family, type Given } from '../audit.ts';
import { codesOf, expectEqual, expectItems, expectThat, expectWhole } from '../expecting.ts';
import { askCases, askPage, coverage, entryOf, numbersOf, statusesOf, valueOf, type Coverage } from '../questions.ts';
import { CLOSED } from '../world/front.ts';

export const coverageAudits = family('coverage', [
  {
    id: 'COV-01',
    name: 'MUST have one entry for each court of the registry, by code',
    async check({ ask, city }) {
      const { page } = await askPage(ask, { first: 1 });
      expectItems(
        'courts of the coverage',
        page.coverage.courts.map(({ court }) => court.code),
        city.codes,
      );
    },
  },
  {
    id: 'COV-02',
    name: 'MUST say FOUND of courts with rows and NONE of those without, over the whole filter',
    async check({ ask, city }) {
      for (const filter of [null, { amountOutstandingMax: '0.00' }, { partyName: '审计机械', role: 'DEBTOR' }]) {
        const found = new Set(city.matching(filter).map(({ court }) => court));
        const { page } = await askPage(ask, { first: 1, filter });
        expectEqual(
          'statuses',
          statusesOf(page.coverage),
          statusMap(city, (code) => (found.has(code) ? 'FOUND' : 'NONE')),
        );
      }
    },
  },
  {
    id: 'COV-03',
    name: 'MUST speak of the filter and not of the page: FOUND also where no row of the court is on it',
    async check({ ask, city }) {
      const { page: first } = await askPage(ask, { first: 2, orderBy: 'NUMBER_ASC' });
      const { page } = await askPage(ask, { first: 100, orderBy: 'NUMBER_ASC', after: first.pageInfo.endCursor });
      const last = await askPage(ask, { first: 100, orderBy: 'NUMBER_ASC', after: page.pageInfo.endCursor });
      const expected = statusMap(city, (code) => (code === city.empty ? 'NONE' : 'FOUND'));
      for (const { coverage: said } of [first, page, last.page])
        expectEqual('statuses of a page', statusesOf(said), expected);
    },
  },
  {
    id: 'COV-04',
    name: 'MUST say NOT_ASKED of courts that the filter excludes, and ask them nothing',
    async check({ ask, city, courts }) {
      const chosen = [city.largest, city.empty];
      const { page } = await askPage(ask, { first: 5, filter: { courts: chosen } });
      const expected = statusMap(city, (code) =>
        code === city.largest ? 'FOUND' : code === city.empty ? 'NONE' : 'NOT_ASKED',
      );
      expectEqual('statuses', statusesOf(page.coverage), expected);
      const asked = [...courts].filter(([, front]) => front.asked.length > 0).map(([code]) => code);
      expectEqual(
        'courts that were asked',
        asked,
        city.codes.filter((code) => chosen.includes(code)),
      );
      expectEqual('complete', page.coverage.complete, true);
    },
  },
  {
    id: 'COV-05',
    name: 'MUST say NOT_ASKED of courts to which none of the asked numbers belongs',
    async check({ ask, city }) {
      const rows = city.rows.filter(({ court }) => court === city.largest).slice(0, 2);
      const { page } = await askPage(ask, { first: 5, filter: { numbers: rows.map(({ record }) => record.number) } });
      expectEqual(
        'statuses',
        statusesOf(page.coverage),
        statusMap(city, (code) => (code === city.largest ? 'FOUND' : 'NOT_ASKED')),
      );
    },
  },
  {
    id: 'COV-06',
    name: 'MUST be complete when every court answered',
    async check({ ask, city }) {
      const answer = await askCases(ask, { first: 1 });
      expectWhole('cases', answer);
      const { coverage: said } = valueOf<{ coverage: Coverage }>('cases', answer, 'cases');
      expectEqual(
        'complete, and how many courts say so',
        [said.complete, said.courts.length],
        [true, city.codes.length],
      );
    },
  },
  {
    id: 'COV-07',
    name: 'MUST ask one court only for a case by its number',
    async check({ ask, city, courts }) {
      const row = city.rows.find(({ court }) => court === city.merged)!;
      const answer = await ask('query ($n: CaseNumber!) { case(number: $n) { number stage debtors { name } } }', {
        n: row.record.number,
      });
      expectThat(answer.data?.['case'] != null, 'a case by its number: expected it; came null.');
      const asked = [...courts].filter(([, front]) => front.asked.length > 0).map(([code]) => code);
      expectEqual('courts that were asked', asked, [city.merged]);
    },
  },
  {
    id: 'COV-08',
    name: 'MUST list gaps alone when only they are asked for',
    async check({ ask, city, courts }) {
      const query =
        '{ cases(first: 1) { coverage { complete gaps: courts(only: GAPS) { court { code } status } all: courts { status } } } }';
      const read = async () =>
        valueOf<{ coverage: Record<string, unknown[]> }>('cases', await ask(query), 'cases').coverage;
      const atRest = await read();
      expectEqual('gaps at rest, and all', [atRest['gaps'], atRest['all']?.length], [[], city.codes.length]);
      await using _ = await courts.get(city.merged)!.suffer(CLOSED);
      const { gaps, all, complete } = await read();
      expectEqual('gaps', gaps, [{ court: { code: city.merged }, status: 'UNREACHABLE' }]);
      expectEqual('all, and complete', [all?.length, complete], [city.codes.length, false]);
    },
  },
  {
    id: 'COV-09',
    name: 'MUST cover statistics like rows',
    async check({ ask, city }) {
      const answer = await ask(`{ caseStatistics { count ${coverage} } }`);
      const { coverage: said } = valueOf<{ coverage: Coverage }>('caseStatistics', answer, 'caseStatistics');
      expectEqual(
        'statuses',
        statusesOf(said),
        statusMap(city, (code) => (code === city.empty ? 'NONE' : 'FOUND')),
      );
    },
  },
  {
    id: 'COV-10',
    name: 'MUST say for each court that answered of which instant its rows speak',
    async check({ ask, city }) {
      const answer = await ask('{ cases(first: 1) { coverage { courts { court { code } asOf elapsedMs } } } }');
      const { courts } = valueOf<{ coverage: { courts: { asOf: unknown; elapsedMs: unknown }[] } }>(
        'cases',
        answer,
        'cases',
      ).coverage;
      const dated = courts.filter(
        ({ asOf, elapsedMs }) => typeof asOf === 'string' && typeof elapsedMs === 'number',
      ).length;
      expectEqual('courts with asOf and elapsedMs', dated, city.codes.length);
    },
  },
  {
    id: 'COV-11',
    name: 'MUST say over which courts a plain list was gathered, by path in extensions.coverage',
    async check({ ask, city }) {
      const id = city.personIdOf(`RESIDENT_ID ${city.debtor.number}`);
      const answer = await ask('query ($id: ID!) { who: person(id: $id) { theirs: cases { number } } }', { id });
      const paths = ((answer.extensions?.['coverage'] ?? []) as { path: string; complete: boolean }[]).filter(
        ({ path }) => path.startsWith('who'),
      );
      expectThat(paths.length > 0, 'extensions.coverage: expected an entry for the list; came none.');
      expectEqual(
        'complete',
        paths.map(({ complete }) => complete),
        paths.map(() => true),
      );
    },
  },
  {
    id: 'COV-12',
    name: 'MUST keep a court that missed a page as a gap on the later pages of that walk',
    async check({ ask, city, courts, eventually }) {
      const missed = city.merged;
      const question = { first: 10, orderBy: 'NUMBER_ASC' as const };
      const whole = (await askPage(ask, question)).page;
      expectEqual('complete at first', whole.coverage.complete, true);
      let after: string | null = null;
      {
        await using _ = await courts.get(missed)!.suffer(CLOSED);
        const { page } = await askPage(ask, question);
        expectEqual('the status of a court that is down', entryOf(page.coverage, missed)?.status, 'UNREACHABLE');
        after = page.pageInfo.endCursor;
      }
      await eventually(
        async () =>
          expectEqual('complete when started again', (await askPage(ask, question)).page.coverage.complete, true),
        5_000,
      );
      const { page } = await askPage(ask, { ...question, after });
      expectEqual('complete on a later page', page.coverage.complete, false);
      expectEqual('its reason', entryOf(page.coverage, missed)?.reason, 'MISSED_EARLIER');
      expectThat(
        !numbersOf(page).some((number) => city.rows.find(({ display }) => display === number)?.court === missed),
        'a later page: expected no row of the court that was missed.',
      );
    },
  },
  {
    id: 'COV-13',
    name: 'MUST give a page that has to be complete, when it is',
    async check({ ask, city }) {
      const { page, answer } = await askPage(ask, { first: 4, completeness: 'COMPLETE' });
      expectWhole('a complete page', answer);
      expectEqual(
        'rows, total and complete',
        [page.edges.length, page.totalCount, page.coverage.complete],
        [4, city.rows.length, true],
      );
    },
  },
  {
    id: 'COV-14',
    name: 'MUST give one error that lists the gaps, and null, when a page has to be complete and is not',
    async check({ ask, city, courts }) {
      await using _ = await courts.get(city.merged)!.suffer(CLOSED);
      const answer = await askCases(ask, { first: 4, completeness: 'COMPLETE' });
      expectEqual('codes of the errors', codesOf(answer), ['INCOMPLETE']);
      const gaps = (answer.errors![0]!.extensions!['gaps'] ?? []) as { court: string; status: string }[];
      expectEqual(
        'gaps',
        gaps.map(({ court, status }) => [court, status]),
        [[city.merged, 'UNREACHABLE']],
      );
      expectEqual('data', answer.data, { cases: null });
    },
  },
]);

function statusMap({ codes }: Given['city'], status: (code: string) => string): Record<string, string> {
  return Object.fromEntries(codes.map((code) => [code, status(code)]));
}
