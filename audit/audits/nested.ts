/** Gathered fields below rows: a debtor's cases in all courts, a task force's cases (rules 3, 7, 9 and 10). */

import { identityOf, ordered, type PlainCase } from '../../test/support/brute-force.ts';
import { family, type Given } from '../audit.ts';
import { expectEqual, expectItems, expectSame, expectThat, expectWhole } from '../expecting.ts';
import { casesOfPerson, everywhere } from '../persons.ts';
import {
  askPage,
  connection,
  entryOf,
  numbersOf,
  rowsOf,
  statusesOf,
  valueOf,
  type Page,
  type Row,
} from '../questions.ts';
import { createForce, forceCases } from '../task-forces.ts';
import { CLOSED } from '../world/front.ts';

interface Debtor {
  readonly id: string;
  readonly person: { readonly id: string; readonly cases: readonly { readonly number: string }[] | null };
}

export const nestedAudits = family('nested gathers', [
  {
    id: 'NST-01',
    name: 'MUST give the cases of each debtor of a page from all courts',
    async check({ ask, city }) {
      const { page, answer } = await askPage(
        ask,
        { first: 40, orderBy: 'NUMBER_ASC' },
        'number debtors { id person { id cases { number } } }',
      );
      expectWhole('debtors’ cases', answer);
      expectEqual('rows of the page', page.edges.length, 40);
      for (const [row, plain, party] of debtorsOf(rowsOf(page), city.rows)) {
        expectItems(
          `cases of a debtor in court ${plain.court}`,
          numbers(row.person.cases),
          casesOfPerson(city, identityOf(plain, party)),
        );
      }
    },
  },
  {
    id: 'NST-02',
    name: 'MUST page one person’s cases over all courts in each order',
    async check({ ask, city }) {
      const query = `query ($id: ID!, $after: String, $orderBy: CaseOrder) {
        person(id: $id) { caseConnection(first: 4, after: $after, orderBy: $orderBy) { ${connection('number')} } }
      }`;
      for (const orderBy of ['FILED_ON_DESC', 'AMOUNT_OUTSTANDING_ASC'] as const) {
        const came: string[] = [];
        for (let after: string | null = null, more = true; more && came.length < 200;) {
          const answer = await ask(query, { id: city.personIdOf(everywhere(city)), after, orderBy });
          expectWhole('a page of a person’s cases', answer);
          const { caseConnection: page } = valueOf<{ caseConnection: Page }>('person', answer, 'person');
          came.push(...numbersOf(page));
          ({ endCursor: after, hasNextPage: more } = page.pageInfo);
        }
        expectItems(`a person’s cases, ${orderBy}`, came, casesOfPerson(city, everywhere(city), { orderBy }));
      }
    },
  },
  {
    id: 'NST-03',
    name: 'MUST go from a person’s cases to their debtors and to those persons’ cases again',
    async check({ ask, oracle, city }) {
      const query = `query ($id: ID!) { person(id: $id) {
        cases { number debtors { id person { id names cases { number filedOn } } } }
      } }`;
      const variables = { id: city.personIdOf(everywhere(city)) };
      const [came, expected] = await Promise.all([ask(query, variables), oracle(query, variables)]);
      expectWhole('two gathers deep', came);
      const casesIn = (answer: typeof came) => valueOf<{ cases: unknown[] }>('person', answer, 'person').cases;
      expectSame('two gathers deep', casesIn(came), casesIn(expected));
    },
  },
  {
    id: 'NST-04',
    name: 'MUST say over all courts who has cases of a person',
    async check({ ask, city }) {
      const id = city.personIdOf(everywhere(city));
      const answer = await ask(
        `query ($id: ID!) { person(id: $id) { caseConnection(first: 1) { ${connection('number')} } } }`,
        { id },
      );
      const { caseConnection } = valueOf<{ caseConnection: Page }>('person', answer, 'person');
      const expected = Object.fromEntries(city.codes.map((code) => [code, code === city.empty ? 'NONE' : 'FOUND']));
      expectEqual('statuses', statusesOf(caseConnection.coverage), expected);
      expectEqual('totalCount', caseConnection.totalCount, casesOfPerson(city, everywhere(city)).length);
    },
  },
  {
    id: 'NST-05',
    name: 'MUST ask no other court about a person who is known in one case only',
    async check({ ask, city, courts }) {
      const row = city.matching({ partyName: '无名氏', courts: [city.largest] })[0]!;
      const party = row.record.parties.find(({ name }) => name === '无名氏')!;
      const id = city.personIdOf(identityOf(row, party));
      const answer = await ask(`query ($id: ID!) { person(id: $id) { caseConnection { ${connection('number')} } } }`, {
        id,
      });
      expectWhole('somebody without a number', answer);
      const { caseConnection } = valueOf<{ caseConnection: Page }>('person', answer, 'person');
      expectItems('the case of somebody without a number', numbersOf(caseConnection), [row.display]);
      const others = [...courts]
        .filter(([code, { asked }]) => code !== city.largest && asked.length > 0)
        .map(([code]) => code);
      expectEqual('other courts that were asked', others, []);
    },
  },
  {
    id: 'NST-06',
    name: 'MUST ask each court a few questions for a whole page, not one for each row',
    async check({ ask, courts }) {
      const { page } = await askPage(
        ask,
        { first: 60, orderBy: 'NUMBER_ASC' },
        'number stage debtors { name person { id name cases { number stage } } }',
      );
      expectEqual('rows of the page', page.edges.length, 60);
      for (const [code, { asked }] of courts) {
        expectThat(
          asked.length <= 6,
          `court ${code}: expected at most 6 questions for a page of 60; came ${asked.length}.`,
        );
      }
      expectThat(
        [...courts.values()].some(({ asked }) => asked.length > 0),
        'the courts: expected some of them to be asked; none was.',
      );
    },
  },
  {
    id: 'NST-07',
    name: 'MUST count a person’s cases as debtor unless another role, or null for any, is asked for',
    async check({ ask, city }) {
      const applicant = 'ORGANISATION M000100Y4';
      const query =
        'query ($id: ID!) { person(id: $id) { d: cases { number } a: cases(role: APPLICANT) { number } any: cases(role: null) { number } } }';
      const answer = await ask(query, { id: city.personIdOf(applicant) });
      expectWhole('a person’s cases by role', answer);
      const person = valueOf<Record<string, { number: string }[]>>('person', answer, 'person');
      expectItems('as debtor', numbers(person['d']), casesOfPerson(city, applicant));
      expectItems('as applicant', numbers(person['a']), casesOfPerson(city, applicant, { role: 'APPLICANT' }));
      expectItems('in any role', numbers(person['any']), casesOfPerson(city, applicant, { role: null }));
    },
  },
  {
    id: 'NST-08',
    name: 'MUST lose of a debtor’s cases only those of a court that is down, and say so once',
    async check({ ask, city, courts }) {
      const down = city.codes[3]!;
      await using _ = await courts.get(down)!.suffer(CLOSED);
      const filter = { courts: [city.largest] };
      const { page, answer } = await askPage(
        ask,
        { first: 30, filter },
        'number debtors { id person { id cases { number } } }',
      );
      expectEqual(
        'courts that errors name',
        (answer.errors ?? []).map(({ extensions }) => extensions?.['court']),
        [down],
      );
      const live = city.rows.filter(({ court }) => court !== down);
      for (const [row, plain, party] of debtorsOf(rowsOf(page), city.rows)) {
        expectItems(
          'cases of a debtor in the courts that answer',
          numbers(row.person.cases),
          casesOfPerson({ rows: live }, identityOf(plain, party)),
        );
      }
    },
  },
  {
    id: 'NST-09',
    name: 'MUST give a task force its cases from the courts, in one order',
    async check({ ask, city }) {
      const filter = { courts: city.codes.slice(2, 6), amountOutstandingMin: '1000.00' };
      const id = await createForce(ask, 'nested-09', filter);
      const page = await forceCases(ask, id, { first: 100 });
      expectItems(
        'a task force’s cases',
        numbersOf(page),
        ordered(city.matching(filter), 'FILED_ON_DESC').map(({ display }) => display),
      );
      expectEqual('totalCount', page.totalCount, city.matching(filter).length);
    },
  },
  {
    id: 'NST-10',
    name: 'MUST ask no court that a task force’s criteria leave out',
    async check({ ask, city, courts }) {
      const chosen = city.codes.slice(0, 3);
      const id = await createForce(ask, 'nested-10', { courts: chosen });
      for (const front of courts.values()) front.forget();
      const page = await forceCases(ask, id, { first: 10 });
      expectThat(page.edges.length === 10, `a task force’s cases: expected 10 rows; came ${page.edges.length}.`);
      const asked = [...courts].filter(([, front]) => front.asked.length > 0).map(([code]) => code);
      expectEqual('courts that were asked', asked, chosen);
      expectEqual('the status of a court left out', entryOf(page.coverage, city.largest)?.status, 'NOT_ASKED');
    },
  },
  {
    id: 'NST-11',
    name: 'MUST give several task forces of one question each its own cases',
    async check({ ask, city }) {
      const filters = [{ courts: [city.largest] }, { amountOutstandingMax: '0.00' }];
      const ids = [
        await createForce(ask, 'nested-11a', filters[0]!),
        await createForce(ask, 'nested-11b', filters[1]!),
      ];
      const answer = await ask(
        `{ taskForces(first: 50) { edges { node { id cases(first: 20) { ${connection('number')} } } } } }`,
      );
      const { edges } = valueOf<{ edges: { node: { id: string; cases: Page } }[] }>('taskForces', answer, 'taskForces');
      for (const [index, id] of ids.entries()) {
        const own = edges.find(({ node }) => node.id === id);
        expectThat(own !== undefined, `task force ${index + 1}: expected it in the list; it is not.`);
        const expected = ordered(city.matching(filters[index]!), 'FILED_ON_DESC').map(({ display }) => display);
        expectItems(`the cases of task force ${index + 1}`, numbersOf(own.node.cases), expected.slice(0, 20));
      }
    },
  },
]);

function numbers(cases: readonly { readonly number: string }[] | null | undefined): string[] {
  expectThat(cases != null, 'a person’s cases: expected a list; came null.');
  return cases.map(({ number }) => number);
}

/** Every debtor of an answer beside the plain row and party. */
function* debtorsOf(
  rows: readonly Row[],
  city: Given['city']['rows'],
): Generator<[Debtor, PlainCase, PlainCase['record']['parties'][number]]> {
  for (const row of rows) {
    const plain = city.find(({ display }) => display === row.number);
    expectThat(plain !== undefined, 'a row: expected one of the city; came another.');
    for (const debtor of (row['debtors'] ?? []) as Debtor[]) {
      const party = plain.record.parties.find(({ ordinal }) => String(ordinal) === debtor.id);
      expectThat(party !== undefined, `a debtor of court ${plain.court}: expected one of its case; came another.`);
      yield [debtor, plain, party];
    }
  }
}
