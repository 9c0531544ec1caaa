/** How rows are divided into pages, and what a cursor is good for (rule 7). */

import { ordered, type PlainOrder } from '../../test/support/brute-force.ts';
import { family, type Given } from '../audit.ts';
import { codesOf, expectEqual, expectItems, expectThat, expectWhole } from '../expecting.ts';
import { askCases, askPage, numbersOf, valueOf, walk, type PageQuestion } from '../questions.ts';

const orderBy: PlainOrder = 'AMOUNT_OUTSTANDING_DESC';

export const pageAudits = family('pages', [
  {
    id: 'PAG-01',
    name: 'MUST fill every page but the last',
    async check({ ask, city }) {
      const sizes = (await walk(ask, { first: 12, orderBy })).map(({ edges }) => edges.length);
      const whole = Math.floor(city.rows.length / 12);
      expectEqual(
        'rows of each page of 12',
        sizes,
        [...Array<number>(whole).fill(12), city.rows.length % 12].filter(Boolean),
      );
    },
  },
  {
    id: 'PAG-02',
    name: 'MUST give each row exactly once on a walk in pages of one',
    async check({ ask, city }) {
      const filter = { amountOutstandingMin: '1000.01', amountOutstandingMax: '1000.01' };
      const came = numbersOf(...(await walk(ask, { first: 1, orderBy, filter })));
      expectItems('a walk in pages of one', came, displays(ordered(city.matching(filter), orderBy)));
    },
  },
  {
    id: 'PAG-03',
    name: 'MUST say that no page follows when a page ends with the last row',
    async check({ ask, city }) {
      const filter = { courts: city.codes.slice(0, 4) };
      const count = city.matching(filter).length;
      const { page } = await askPage(ask, { first: count, orderBy, filter });
      expectEqual('a page that ends with the last row', [page.edges.length, page.pageInfo.hasNextPage], [count, false]);
      const { page: short } = await askPage(ask, { first: count - 1, orderBy, filter });
      expectEqual(
        'a page that ends one row before',
        [short.edges.length, short.pageInfo.hasNextPage],
        [count - 1, true],
      );
    },
  },
  {
    id: 'PAG-04',
    name: 'MUST continue after the cursor of any row, not only of the last',
    async check({ ask, city }) {
      const expected = displays(ordered(city.rows, orderBy));
      const { page } = await askPage(ask, { first: 20, orderBy });
      for (const at of [0, 7, 18]) {
        const after = page.edges[at]?.cursor ?? null;
        const { page: next } = await askPage(ask, { first: 20, orderBy, after });
        expectItems(`the page after row ${at + 1}`, numbersOf(next), expected.slice(at + 1, at + 21));
      }
    },
  },
  {
    id: 'PAG-05',
    name: 'MUST give the cursors of the first and the last row as start and end of the page',
    async check({ ask }) {
      const { page } = await askPage(ask, { first: 9, orderBy });
      const { startCursor, endCursor } = page.pageInfo;
      expectThat(page.edges.length === 9, `a page of 9: came ${page.edges.length} rows.`);
      expectThat(
        startCursor !== null && startCursor === page.edges[0]!.cursor,
        'startCursor: expected the first row’s cursor.',
      );
      expectThat(
        endCursor !== null && endCursor === page.edges[8]!.cursor,
        'endCursor: expected the last row’s cursor.',
      );
      expectThat(new Set(page.edges.map(({ cursor }) => cursor)).size === 9, 'cursors: expected another for each row.');
    },
  },
  {
    id: 'PAG-06',
    name: 'MUST give an empty page without cursors when nothing matches',
    async check({ ask }) {
      const answer = await askCases(ask, { first: 5, filter: { partyName: '没有这个人' } });
      expectWhole('a filter that nothing meets', answer);
      const { edges, pageInfo, totalCount } = valueOf<{ edges: unknown[]; pageInfo: object; totalCount: number }>(
        'cases',
        answer,
        'cases',
      );
      const expected = { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null };
      expectEqual('an empty page', [edges, totalCount, pageInfo], [[], 0, expected]);
    },
  },
  refused('PAG-07', 'MUST refuse what is no cursor as BAD_CURSOR', 'BAD_CURSOR', () => [
    { after: 'nonsense' },
    { after: '' },
  ]),
  refused('PAG-08', 'MUST refuse a cursor of another order as BAD_CURSOR', 'BAD_CURSOR', async ({ ask }) => {
    const { page } = await askPage(ask, { first: 3, orderBy: 'FILED_ON_DESC' });
    return [{ after: page.pageInfo.endCursor, orderBy: 'FILED_ON_ASC' }];
  }),
  refused('PAG-09', 'MUST refuse a cursor of another filter as BAD_CURSOR', 'BAD_CURSOR', async ({ ask, city }) => {
    const { page } = await askPage(ask, { first: 3 });
    return [{ after: page.pageInfo.endCursor, filter: { courts: [city.largest] } }];
  }),
  refused('PAG-10', 'MUST refuse a page of no rows, of fewer, and of more than a hundred', 'BAD_USER_INPUT', () => [
    { first: 0 },
    { first: -1 },
    { first: 101 },
  ]),
  {
    id: 'PAG-11',
    name: 'MUST keep names and identity numbers out of cursors',
    async check({ ask, city }) {
      const filter = { partyIdNumber: city.debtor.number, partyName: '田明' };
      const { page } = await askPage(ask, { first: 3, filter });
      expectThat(page.edges.length === 3, `a page of 3: came ${page.edges.length} rows.`);
      for (const { cursor } of page.edges) {
        const text = `${cursor} ${Buffer.from(cursor, 'base64url').toString('utf8')} ${Buffer.from(cursor, 'base64').toString('utf8')}`;
        const told = [city.debtor.number, city.debtor.shorter, '田明'].filter((secret) => text.includes(secret)).length;
        expectThat(told === 0, 'a cursor: expected neither name nor identity number in it; came at least one.');
      }
    },
  },
  {
    id: 'PAG-12',
    name: 'MUST give the same page twice for the same question',
    async check({ ask }) {
      const { page: first } = await askPage(ask, { first: 8, orderBy });
      const question = { first: 8, orderBy, after: first.pageInfo.endCursor };
      const [one, other] = [(await askPage(ask, question)).page, (await askPage(ask, question)).page];
      expectThat(numbersOf(one).length === 8, `the second page of 8: came ${numbersOf(one).length} rows.`);
      expectItems('the same page asked twice', numbersOf(other), numbersOf(one));
      expectThat(
        !numbersOf(first).some((number) => numbersOf(one).includes(number)),
        'two pages: expected no row on both.',
      );
    },
  },
  {
    id: 'PAG-13',
    name: 'MUST lose no row of a small court behind one that has most rows',
    async check({ ask, city }) {
      const small = city.codes.filter((code) => code !== city.largest);
      const came = new Set(numbersOf(...(await walk(ask, { first: 8, orderBy: 'NUMBER_ASC' }))));
      for (const code of small) {
        const missing = city.rows.filter(({ court, display }) => court === code && !came.has(display)).length;
        expectThat(missing === 0, `the rows of court ${code} on a walk: ${missing} are missing.`);
      }
    },
  },
  {
    id: 'PAG-14',
    name: 'MUST say whether a page was asked for after a cursor',
    async check({ ask }) {
      const [first, second] = await walk(ask, { first: 60, orderBy });
      expectEqual(
        'hasPreviousPage of the first two pages',
        [first, second].map((page) => page?.pageInfo.hasPreviousPage),
        [false, true],
      );
    },
  },
]);

function displays(rows: readonly { readonly display: string }[]): string[] {
  return rows.map(({ display }) => display);
}

/** Each of these questions is answered with one error of this code, and no page. */
function refused(
  id: string,
  name: string,
  code: string,
  questions: (given: Given) => readonly PageQuestion[] | Promise<readonly PageQuestion[]>,
) {
  return {
    id,
    name,
    async check(given: Given) {
      for (const [index, question] of (await questions(given)).entries()) {
        const answer = await askCases(given.ask, question);
        expectEqual(`refused page ${index + 1}: codes of the errors`, codesOf(answer), [code]);
        expectThat(
          answer.data?.['cases'] == null,
          `refused page ${index + 1}: expected no page beside the error; came one.`,
        );
      }
    },
  };
}
