/** How several courts' values become one (rule 8). */

import { statisticsOf } from '../../test/support/brute-statistics.ts';
import { changeFields } from '../../test/support/tampering.ts';
import { family, type Given } from '../audit.ts';
import { codesOf, expectEqual, expectItems, expectSame, expectThat, expectWhole } from '../expecting.ts';
import { casesOfPerson, everywhere, namesOfPerson, rowsOfPerson } from '../persons.ts';
import { valueOf } from '../questions.ts';
import { altered } from '../world/faults.ts';

export const mergeAudits = family('merges', [
  histogram(
    'MRG-01',
    'MUST merge counts by stage, one group for each, in the order of the enum',
    'byStage',
    'stage count amountOutstanding',
  ),
  histogram(
    'MRG-02',
    'MUST merge counts by closing mode, in the order of the enum',
    'byClosingMode',
    'closingMode count amountRecovered',
  ),
  histogram('MRG-03', 'MUST merge counts by month, ascending', 'byMonth', 'month count amountDue'),
  {
    id: 'MRG-04',
    name: 'MUST merge one histogram under two aliases, each with its own selection',
    async check({ ask, city }) {
      const answer = await ask('{ caseStatistics { a: byMonth { month } b: byMonth { month n: count } } }');
      const groups = statisticsOf(city.rows)['byMonth'] as { month: string; count: number }[];
      const expected = {
        a: groups.map(({ month }) => ({ month })),
        b: groups.map(({ month, count }) => ({ month, n: count })),
      };
      expectEqual('two histograms', valueOf('caseStatistics', answer, 'caseStatistics'), expected);
    },
  },
  {
    id: 'MRG-05',
    name: 'MUST give neutral values where nothing matches: 0, null sums, no groups',
    async check({ ask }) {
      const fields = 'count amountDue byStage { stage } byMonth { month } totalIsLowerBound';
      const answer = await ask(`{ caseStatistics(filter: { partyName: "没有这个人" }) { ${fields} } }`);
      expectWhole('statistics of nothing', answer);
      const expected = { count: 0, amountDue: null, byStage: [], byMonth: [], totalIsLowerBound: false };
      expectEqual('statistics of nothing', answer.data?.['caseStatistics'], expected);
    },
  },
  {
    id: 'MRG-06',
    name: 'MUST name a person as the case filed last spells it, whichever court that is',
    async check({ ask, city }) {
      const rows = rowsOfPerson(city.rows, everywhere(city), null).filter(({ record }) => record.filedOn !== null);
      const last = rows.reduce((one, other) => (other.record.filedOn! > one.record.filedOn! ? other : one));
      const spelled = last.record.parties.find(({ name }) => namesOfPerson(city, everywhere(city)).includes(name))!;
      expectSame('Person.name', (await person(ask, city, 'name'))['name'], spelled.name);
    },
  },
  {
    id: 'MRG-07',
    name: 'MUST unite all spellings of a name, each once, by bytes of UTF-8',
    async check({ ask, city }) {
      expectItems(
        'Person.names',
        (await person(ask, city, 'names'))['names'] as string[],
        namesOfPerson(city, everywhere(city)),
      );
    },
  },
  {
    id: 'MRG-08',
    name: 'MUST give the greatest of the courts’ dates',
    async check({ ask, city }) {
      const days = rowsOfPerson(city.rows, everywhere(city), null).flatMap(({ record }) => record.filedOn ?? []);
      expectEqual('Person.lastFiledOn', (await person(ask, city, 'lastFiledOn'))['lastFiledOn'], days.sort().at(-1));
    },
  },
  {
    id: 'MRG-09',
    name: 'MUST give a value that all courts agree on',
    async check({ ask, city }) {
      expectEqual('Person.identified', await person(ask, city, 'identified'), { identified: true });
    },
  },
  {
    id: 'MRG-10',
    name: 'MUST give null and a CONFLICT where courts differ that have to agree',
    async check({ ask, city, courts }) {
      const liar = city.codes[1]!;
      await using _ = await courts
        .get(liar)!
        .suffer(altered((answer) => changeFields(answer, 'identified', (value) => (value === true ? false : value))));
      const id = city.personIdOf(everywhere(city));
      const answer = await ask('query ($id: ID!) { person(id: $id) { identified names } }', { id });
      expectEqual('a contradiction: codes of the errors', codesOf(answer), ['CONFLICT']);
      const { identified, names } = valueOf<{ identified: unknown; names: string[] }>('person', answer, 'person');
      expectEqual('the contradicted value', identified, null);
      expectItems('names beside it', names, namesOfPerson(city, everywhere(city)));
      expectThat(
        JSON.stringify(answer.errors).includes(liar),
        'a contradiction: expected the error to name the courts that differ.',
      );
    },
  },
  {
    id: 'MRG-11',
    name: 'MUST put the lists of all courts into one, in the declared order',
    async check({ ask, city }) {
      const { cases } = (await person(ask, city, 'cases { number }')) as { cases: { number: string }[] };
      expectItems(
        'Person.cases',
        cases.map(({ number }) => number),
        casesOfPerson(city, everywhere(city)),
      );
    },
  },
  {
    id: 'MRG-12',
    name: 'MUST tell a list that was cut, and cut it in the order of all courts',
    async check({ ask, city }) {
      const id = city.personIdOf(everywhere(city));
      const answer = await ask('query ($id: ID!) { person(id: $id) { cases(first: 3) { number } } }', { id });
      const { cases } = valueOf<{ cases: { number: string }[] }>('person', answer, 'person');
      expectItems(
        'three cases of a person',
        cases.map(({ number }) => number),
        casesOfPerson(city, everywhere(city)).slice(0, 3),
      );
      expectEqual('a cut list: codes of the errors', [...new Set(codesOf(answer))], ['LIST_TRUNCATED']);
    },
  },
  {
    id: 'MRG-13',
    name: 'MUST order a list by values that were not selected',
    async check({ ask, city }) {
      const { c } = (await person(ask, city, 'c: cases { amountOutstanding }')) as {
        c: { amountOutstanding: unknown }[];
      };
      const byNumber = new Map(city.rows.map(({ display, record }) => [display, record.amountOutstanding]));
      const expected = casesOfPerson(city, everywhere(city)).map((number) => byNumber.get(number));
      expectEqual(
        'amounts of a person’s cases',
        c.map(({ amountOutstanding }) => amountOutstanding),
        expected,
      );
    },
  },
]);

function histogram(id: string, name: string, field: string, fields: string) {
  return {
    id,
    name,
    async check({ ask, city }: Given) {
      for (const filter of [null, { courts: city.codes.slice(0, 3) }, { stages: ['CLOSED'] }]) {
        const query = `query ($filter: CaseFilter) { caseStatistics(filter: $filter) { ${field} { ${fields} } } }`;
        const answer = await ask(query, { filter });
        expectWhole(field, answer);
        const came = valueOf<Record<string, unknown>>(field, answer, 'caseStatistics')[field];
        expectEqual(field, came, statisticsOf(city.matching(filter))[field]);
      }
    },
  };
}

/** The person who is known everywhere, with these fields. */
async function person(ask: Given['ask'], city: Given['city'], fields: string): Promise<Record<string, unknown>> {
  const answer = await ask(`query ($id: ID!) { person(id: $id) { ${fields} } }`, {
    id: city.personIdOf(everywhere(city)),
  });
  expectWhole('person', answer);
  return valueOf('person', answer, 'person');
}
