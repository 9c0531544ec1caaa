/** In which order rows come (rule 6). */

import { ordered, type PlainOrder } from '../../test/support/brute-force.ts';
import { family, type Audit, type Given } from '../audit.ts';
import { expectItems, expectThat } from '../expecting.ts';
import { askPage, numbersOf, rowsOf, walk } from '../questions.ts';

export const orderAudits = family('order', [
  wholeOrder('ORD-01', 'FILED_ON_DESC', 'the last filed first'),
  wholeOrder('ORD-02', 'FILED_ON_ASC', 'the first filed first'),
  wholeOrder('ORD-03', 'AMOUNT_OUTSTANDING_DESC', 'the most outstanding first'),
  wholeOrder('ORD-04', 'AMOUNT_OUTSTANDING_ASC', 'the least outstanding first'),
  wholeOrder('ORD-05', 'NUMBER_ASC', 'year, court, type and serial'),
  {
    id: 'ORD-06',
    name: 'MUST put rows without a value last in both directions',
    async check({ ask }) {
      for (const orderBy of [
        'FILED_ON_ASC',
        'FILED_ON_DESC',
        'AMOUNT_OUTSTANDING_ASC',
        'AMOUNT_OUTSTANDING_DESC',
      ] as const) {
        const field = orderBy.startsWith('FILED_ON') ? 'filedOn' : 'amountOutstanding';
        const values = rowsOf(...(await walk(ask, { first: 60, orderBy }, `number ${field}`))).map((row) => row[field]);
        const first = values.indexOf(null);
        expectThat(
          first > 0,
          `${orderBy}: expected rows with a value before those without; came ${first === 0 ? 'none' : 'no null'}.`,
        );
        const late = values.slice(first).filter((value) => value !== null).length;
        expectThat(late === 0, `${orderBy}: expected nulls last; ${late} rows with a value came after one without.`);
      }
    },
  },
  {
    id: 'ORD-07',
    name: 'MUST break ties between courts by the case number',
    async check({ ask, city }) {
      const tied = { amountOutstandingMin: '1000.00', amountOutstandingMax: '1000.00' };
      const courts = new Set(city.matching(tied).map(({ court }) => court));
      expectThat(courts.size > 1, 'the tie: expected more than one court in it.');
      for (const orderBy of ['AMOUNT_OUTSTANDING_DESC', 'AMOUNT_OUTSTANDING_ASC'] as const) {
        const came = numbersOf(...(await walk(ask, { first: 100, orderBy, filter: tied })));
        expectItems(`one amount, ${orderBy}`, came, displays(ordered(city.matching(tied), 'NUMBER_ASC')));
      }
    },
  },
  {
    id: 'ORD-08',
    name: 'MUST keep one order whatever the size of the pages',
    async check({ ask, city }) {
      const expected = displays(ordered(city.rows, 'AMOUNT_OUTSTANDING_DESC'));
      for (const first of [9, 31, 100]) {
        const came = numbersOf(...(await walk(ask, { first, orderBy: 'AMOUNT_OUTSTANDING_DESC' })));
        expectItems(`pages of ${first}`, came, expected);
      }
    },
  },
  {
    id: 'ORD-09',
    name: 'MUST order by filing, the last first, when no order or null is asked for',
    async check({ ask, city }) {
      const expected = displays(ordered(city.rows, 'FILED_ON_DESC')).slice(0, 40);
      for (const question of [{ first: 40 }, { first: 40, orderBy: null }]) {
        expectItems('rows in the default order', numbersOf((await askPage(ask, question)).page), expected);
      }
    },
  },
  {
    id: 'ORD-10',
    name: 'MUST compare serials as integers: 9 before 10',
    async check({ ask, city }) {
      const filter = { courts: [city.largest] };
      const came = numbersOf((await askPage(ask, { first: 100, orderBy: 'NUMBER_ASC', filter })).page);
      expectItems('the cases of one court by number', came, displays(ordered(city.matching(filter), 'NUMBER_ASC')));
    },
  },
  {
    id: 'ORD-11',
    name: 'MUST order amounts exactly to the fen, also those that no double can hold',
    async check({ ask, city }) {
      const filter = { amountOutstandingMin: '90071992547409.90' };
      for (const orderBy of ['AMOUNT_OUTSTANDING_DESC', 'AMOUNT_OUTSTANDING_ASC'] as const) {
        const came = numbersOf(...(await walk(ask, { first: 100, orderBy, filter })));
        expectItems(`amounts beyond 2^53 fen, ${orderBy}`, came, displays(ordered(city.matching(filter), orderBy)));
      }
    },
  },
]);

function wholeOrder(id: string, orderBy: PlainOrder, what: string): Audit {
  return {
    id,
    name: `MUST put all rows in the order ${orderBy}: ${what}`,
    async check({ ask, city }: Given) {
      const came = numbersOf(...(await walk(ask, { first: 23, orderBy })));
      expectItems(`all rows, ${orderBy}`, came, displays(ordered(city.rows, orderBy)));
    },
  };
}

function displays(rows: readonly { readonly display: string }[]): string[] {
  return rows.map(({ display }) => display);
}
