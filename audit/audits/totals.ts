/** How many rows there are, and what they sum up to (rules 7 and 8). */

import { statisticsOf } from '../../test/support/brute-statistics.ts';
import type { PlainFilter } from '../../test/support/brute-force.ts';
import { family, type Given } from '../audit.ts';
import { expectEqual, expectWhole } from '../expecting.ts';
import { askPage, valueOf, walk } from '../questions.ts';
import { CLOSED } from '../world/front.ts';

const sums = 'count amountDue amountRecovered amountOutstanding';

export const totalAudits = family('totals', [
  {
    id: 'TOT-01',
    name: 'MUST count the rows of all courts',
    async check({ ask, city }) {
      const { page } = await askPage(ask, { first: 1 });
      expectEqual('totalCount', page.totalCount, city.rows.length);
      expectEqual('totalIsLowerBound', page.totalIsLowerBound, false);
    },
  },
  {
    id: 'TOT-02',
    name: 'MUST count what the filter lets through',
    async check({ ask, city }) {
      for (const filter of filters(city)) {
        expectEqual(
          'totalCount of a filter',
          (await askPage(ask, { first: 1, filter })).page.totalCount,
          city.matching(filter).length,
        );
      }
    },
  },
  {
    id: 'TOT-03',
    name: 'MUST give the same total on every page of a walk',
    async check({ ask, city }) {
      const totals = (await walk(ask, { first: 30 })).map(({ totalCount }) => totalCount);
      expectEqual('totals of a walk', [...new Set(totals)], [city.rows.length]);
    },
  },
  {
    id: 'TOT-04',
    name: 'MUST count over the courts that answer, and call that a lower bound, when one does not',
    async check({ ask, city, courts }) {
      await using _ = await courts.get(city.largest)!.suffer(CLOSED);
      const { page } = await askPage(ask, { first: 1 });
      const others = city.rows.filter(({ court }) => court !== city.largest).length;
      expectEqual('total and whether it is a lower bound', [page.totalCount, page.totalIsLowerBound], [others, true]);
    },
  },
  {
    id: 'TOT-05',
    name: 'MUST count an exact total when the court that does not answer was not asked',
    async check({ ask, city, courts }) {
      await using _ = await courts.get(city.largest)!.suffer(CLOSED);
      const filter = { courts: city.codes.filter((code) => code !== city.largest) };
      const { page } = await askPage(ask, { first: 1, filter });
      expectEqual(
        'total and whether it is a lower bound',
        [page.totalCount, page.totalIsLowerBound],
        [city.matching(filter).length, false],
      );
    },
  },
  {
    id: 'TOT-06',
    name: 'MUST count cases in statistics over all courts',
    async check({ ask, city }) {
      for (const filter of [null, ...filters(city)]) {
        expectEqual(
          'count',
          (await statistics(ask, filter, 'count'))['count'],
          statisticsOf(city.matching(filter))['count'],
        );
      }
    },
  },
  {
    id: 'TOT-07',
    name: 'MUST sum amounts of all courts exactly to the fen',
    async check({ ask, city }) {
      const expected = statisticsOf(city.rows);
      const came = await statistics(ask, null, sums);
      for (const field of ['amountDue', 'amountRecovered', 'amountOutstanding']) {
        expectEqual(field, came[field], expected[field]);
      }
    },
  },
  {
    id: 'TOT-08',
    name: 'MUST leave an unknown amount out of a sum, and give null when none is known',
    async check({ ask, city }) {
      for (const courts of [['苏0305'], ['苏0305', city.largest], [city.empty]]) {
        const known = courts.filter((code) => city.codes.includes(code));
        const came = await statistics(ask, { courts: known }, 'count amountDue');
        const { count, amountDue } = statisticsOf(city.matching({ courts: known }));
        expectEqual('count and sum', came, { count, amountDue });
      }
      expectEqual(
        'the sum of all',
        (await statistics(ask, null, 'amountDue'))['amountDue'],
        statisticsOf(city.rows)['amountDue'],
      );
    },
  },
  {
    id: 'TOT-09',
    name: 'MUST leave a case that another continues out of count and sums, and keep one cancelled for good',
    async check({ ask, city }) {
      const filter = { closingModes: ['CANCELLED'] };
      const { count, amountOutstanding } = statisticsOf(city.matching(filter));
      expectEqual('cancelled cases', await statistics(ask, filter, 'count amountOutstanding'), {
        count,
        amountOutstanding,
      });
    },
  },
  {
    id: 'TOT-10',
    name: 'MUST call sums a lower bound when a court does not answer',
    async check({ ask, city, courts }) {
      await using _ = await courts.get(city.largest)!.suffer(CLOSED);
      const answer = await ask(`{ caseStatistics { ${sums} totalIsLowerBound coverage { complete } } }`);
      const { count, amountDue, amountRecovered, amountOutstanding } = statisticsOf(
        city.rows.filter(({ court }) => court !== city.largest),
      );
      const expected = {
        count,
        amountDue,
        amountRecovered,
        amountOutstanding,
        totalIsLowerBound: true,
        coverage: { complete: false },
      };
      expectEqual('sums without one court', valueOf('caseStatistics', answer, 'caseStatistics'), expected);
    },
  },
]);

function filters(city: Given['city']): readonly PlainFilter[] {
  return [
    { stages: ['CLOSED'] },
    { amountOutstandingMin: '1000.01' },
    { courts: city.codes.slice(1, 4), filedFrom: '2017-01-01' },
    { partyName: '没有这个人' },
  ];
}

async function statistics(
  ask: Given['ask'],
  filter: PlainFilter | null,
  fields: string,
): Promise<Record<string, unknown>> {
  const answer = await ask(`query ($filter: CaseFilter) { caseStatistics(filter: $filter) { ${fields} } }`, { filter });
  expectWhole('caseStatistics', answer);
  return valueOf('caseStatistics', answer, 'caseStatistics');
}
