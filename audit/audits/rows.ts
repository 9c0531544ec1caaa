/** Which rows an answer has (rules 9 and 11). */

import { typeOf } from '../../test/support/brute-force.ts';
import { writtenCaseNumber } from '../../test/support/written-forms.ts';
import { family, type Given } from '../audit.ts';
import { codesOf, expectEqual, expectItems, expectSame, expectThat, expectWhole } from '../expecting.ts';
import { askCases, askPage, numbersOf, rowsOf, valueOf, walk, type Row } from '../questions.ts';
import type { PlainFilter } from '../../test/support/brute-force.ts';

export const rowAudits = family('rows', [
  {
    id: 'ROW-01',
    name: 'MUST give every row of every court, each once',
    async check({ ask, city }) {
      const came = numbersOf(...(await walk(ask, { first: 50, orderBy: 'NUMBER_ASC' })));
      expectItems('all cases', [...came].sort(), city.rows.map(({ display }) => display).sort());
    },
  },
  {
    id: 'ROW-02',
    name: 'MUST give a case by its number, whichever court has it',
    async check({ ask, city }) {
      for (const code of city.codes.filter((one) => one !== city.empty)) {
        const row = city.rows.find(({ court }) => court === code)!;
        expectSame(`a case of court ${code}`, (await oneCase(ask, row.record.number))?.number, row.display);
      }
    },
  },
  {
    id: 'ROW-03',
    name: 'MUST give null, without an error, for a number that its court does not have',
    async check({ ask, city }) {
      for (const code of city.codes) {
        const answer = await ask('query ($n: CaseNumber!) { case(number: $n) { number } }', {
          n: `（2017）${code}执99999号`,
        });
        expectWhole(`an unknown number of court ${code}`, answer);
        expectEqual(`an unknown number of court ${code}`, answer.data, { case: null });
      }
      expectThat(
        (await oneCase(ask, city.rows[0]!.record.number)) !== null,
        'a known number beside: expected its case; came null.',
      );
    },
  },
  {
    id: 'ROW-04',
    name: 'MUST read a case number in every written form, and write it in one',
    async check({ ask, city }) {
      const { number, display } = city.rows.find(({ number: { older }, court }) => !older && court === city.largest)!;
      for (let form = 0; form < 12; form += 1) {
        const row = await oneCase(ask, writtenCaseNumber(number, form));
        expectSame(`a case by its number in written form ${form + 1}`, row?.number, display);
      }
    },
  },
  {
    id: 'ROW-05',
    name: 'MUST give the leaves of each row as its court keeps them',
    async check({ ask, city }) {
      const leaves = 'number type stage filedOn closedOn closingMode amountDue amountRecovered amountOutstanding';
      const came = rowsOf(...(await walk(ask, { first: 60, orderBy: 'NUMBER_ASC' }, leaves)));
      expectThat(came.length === city.rows.length, `all cases: expected ${city.rows.length}; came ${came.length}.`);
      for (const row of city.rows) {
        const { stage, filedOn, closedOn, closingMode, amountDue, amountRecovered, amountOutstanding } = row.record;
        const plain = { stage, filedOn, closedOn, closingMode, amountDue, amountRecovered, amountOutstanding };
        const expected = { number: row.display, type: typeOf(row.number), ...plain };
        expectSame(
          `the leaves of a case of court ${row.court}`,
          came.find(({ number }) => number === row.display),
          expected,
        );
      }
    },
  },
  {
    id: 'ROW-06',
    name: 'MUST give the cases of a merged court, under its former code, from the court that has them now',
    async check({ ask, city }) {
      const former = city.rows.filter(
        ({ court, number }) => court === city.merged && !number.older && number.court !== court,
      );
      for (const { record, display } of former) {
        expectSame('a case under a former code', (await oneCase(ask, record.number))?.number, display);
      }
      const { page } = await askPage(ask, { first: 100, filter: { courts: [city.merged] } });
      const missing = former.filter(({ display }) => !numbersOf(page).includes(display)).length;
      expectThat(
        missing === 0,
        `the cases of ${city.merged}: expected those under a former code; ${missing} are missing.`,
      );
    },
  },
  {
    id: 'ROW-07',
    name: 'MUST give a case with a number of before 2016 from the court whose prefix it bears',
    async check({ ask, city }) {
      for (const code of city.codes) {
        const row = city.rows.find(({ court, number }) => court === code && number.older);
        if (row === undefined) continue;
        expectSame(`an older case of court ${code}`, (await oneCase(ask, row.record.number))?.number, row.display);
      }
    },
  },
  {
    id: 'ROW-08',
    name: 'MUST refuse a number that belongs to no court, and list the courts',
    async check({ ask, city }) {
      const answer = await ask('{ case(number: "（2017）苏9999执1号") { number } }');
      expectEqual('a number of no court: codes of the errors', codesOf(answer), ['UNKNOWN_COURT']);
      expectEqual(
        'the known courts',
        (answer.errors![0]!.extensions!['known'] as string[]).length >= city.codes.length,
        true,
      );
    },
  },
  filtered('ROW-09', 'MUST let a filter by courts exclude the rows of others', ({ city }) => [
    { courts: city.codes.slice(2, 5) },
    { courts: [city.empty] },
  ]),
  filtered('ROW-10', 'MUST take an empty list in a filter as nothing, and null as no condition', () => [
    { courts: [] },
    { stages: [] },
    { numbers: [] },
    { courts: null, stages: null },
    null,
  ]),
  filtered('ROW-11', 'MUST let through what meets all conditions of a filter, and nothing else', ({ city }) => [
    { amountOutstandingMin: '1000.00', amountOutstandingMax: '1000.00' },
    { amountOutstandingMin: '90071992547409.93' },
    { filedFrom: '2017-03-01', filedTo: '2017-03-31', types: ['FIRST_EXECUTION'] },
    { stages: ['CLOSED'], courts: city.codes.slice(0, 6), amountOutstandingMax: '1000.00' },
    { closingModes: ['CANCELLED'] },
  ]),
  filtered('ROW-12', 'MUST let the conditions on a party speak of one party', ({ city }) => [
    { partyName: '审计机械', role: 'APPLICANT' },
    { partyName: '审计机械', role: 'DEBTOR' },
    { partyName: '田明', partyIdNumber: city.debtor.number },
    { partyName: '无名氏', partyIdNumber: city.debtor.number },
    { province: '北京市' },
  ]),
  filtered('ROW-13', 'MUST find a person by either form of the identity number in every court', ({ city }) => [
    { partyIdNumber: city.debtor.number },
    { partyIdNumber: city.debtor.shorter },
    { personId: city.personIdOf(`RESIDENT_ID ${city.debtor.number}`) },
  ]),
  filtered('ROW-14', 'MUST find numbers of several courts, in any written form, in one question', ({ city }) => [
    {
      numbers: city.rows
        .filter((_, index) => index % 9 === 0)
        .map(({ number }, form) => writtenCaseNumber(number, form)),
    },
  ]),
  {
    id: 'ROW-15',
    name: 'MUST answer aliases, fragments, variables, @skip and @include as one court with all rows does',
    async check({ ask, oracle, city }) {
      const query = `query ($courts: [ID!] = ["${city.largest}"], $yes: Boolean = true, $no: Boolean!) {
        some: cases(filter: { courts: $courts }, first: 3, orderBy: NUMBER_ASC) { ...Rows totalCount @skip(if: $yes) }
        all: cases(first: 4, orderBy: AMOUNT_OUTSTANDING_ASC) { total: totalCount ...Rows @include(if: $yes) }
        none: cases(first: 2) { ... on CaseConnection @include(if: $no) { edges { cursor } } __typename }
      }
      fragment Rows on CaseConnection { edges { one: node { key: number ... on Case { filedOn } d: debtors { n: name } } } }`;
      const [came, expected] = await Promise.all([ask(query, { no: false }), oracle(query, { no: false })]);
      expectWhole('aliases and fragments', came);
      for (const alias of ['some', 'all', 'none']) {
        expectSame(`what stands under the alias "${alias}"`, came.data?.[alias], expected.data![alias]);
      }
    },
  },
]);

async function oneCase(ask: Given['ask'], number: string): Promise<Row | null> {
  const answer = await ask('query ($n: CaseNumber!) { case(number: $n) { number } }', { n: number });
  expectWhole('a case by its number', answer);
  return (answer.data?.['case'] as Row | null | undefined) ?? null;
}

/** Every filter lets through what a plain loop over all rows finds. */
function filtered(id: string, name: string, filters: (given: Given) => readonly (PlainFilter | null)[]) {
  return {
    id,
    name,
    async check(given: Given) {
      for (const [index, filter] of filters(given).entries()) {
        const what = `the rows of filter ${index + 1}`;
        const question = { first: 100, orderBy: 'NUMBER_ASC' as const, filter };
        const first = await askCases(given.ask, question);
        expectWhole(what, first);
        valueOf(what, first, 'cases');
        const came = numbersOf(...(await walk(given.ask, question)));
        expectItems(
          what,
          [...came].sort(),
          given.city
            .matching(filter)
            .map(({ display }) => display)
            .sort(),
        );
      }
    },
  };
}
