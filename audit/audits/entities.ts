/** How what belongs to a row finds it again, and who is the same person (rules 9 and 10). */

import { identityOf } from '../../test/support/brute-force.ts';
import { family, type Given } from '../audit.ts';
import { codesOf, expectEqual, expectItems, expectSame, expectThat, expectWhole } from '../expecting.ts';
import { casesOfPerson } from '../persons.ts';
import { askCases, rowsOf, valueOf, walk, type Page, type Row } from '../questions.ts';

interface PartyAnswer {
  readonly id: string;
  readonly caseNumber: string;
  readonly role: string;
  readonly name: string | null;
  readonly idNumber: string | null;
  readonly person: {
    readonly id: string;
    readonly identified?: boolean;
    readonly cases?: readonly { readonly number: string }[];
  };
}

export const entityAudits = family('entities', [
  {
    id: 'ENT-01',
    name: 'MUST give each row its own parties, by ordinal',
    async check({ ask, city }) {
      const rows = await allRows(ask, 'number parties { id caseNumber role name }');
      for (const plain of city.rows) {
        const expected = plain.record.parties.map(({ ordinal, role, name }) => ({
          id: String(ordinal),
          caseNumber: plain.display,
          role,
          name,
        }));
        expectSame(`the parties of a case of court ${plain.court}`, rows.get(plain.display)?.['parties'], expected);
      }
    },
  },
  {
    id: 'ENT-02',
    name: 'MUST give each row its own debtors, and parties in the role asked for',
    async check({ ask, city }) {
      const rows = await allRows(ask, 'number debtors { id } applicants: parties(role: APPLICANT) { id }');
      for (const plain of city.rows) {
        const idsOf = (role: string) =>
          plain.record.parties.filter((party) => party.role === role).map(({ ordinal }) => ({ id: String(ordinal) }));
        const row = rows.get(plain.display);
        expectEqual(
          `debtors and applicants of a case of court ${plain.court}`,
          [row?.['debtors'], row?.['applicants']],
          [idsOf('DEBTOR'), idsOf('APPLICANT')],
        );
      }
    },
  },
  {
    id: 'ENT-03',
    name: 'MUST give one person one id in every court, in whatever form the number was written',
    async check({ ask, city }) {
      const ids = new Map<string, Set<string>>();
      for (const [identity, { id }] of await people(ask, city))
        ids.set(identity, (ids.get(identity) ?? new Set()).add(id));
      const several = [...ids.values()].filter(({ size }) => size > 1).length;
      expectThat(ids.size > 50, `persons of the city: expected more than 50; came ${ids.size}.`);
      expectThat(several === 0, `persons: expected one id for each; ${several} have several.`);
    },
  },
  {
    id: 'ENT-04',
    name: 'MUST never give two people one id, least of all those without a number and of one name',
    async check({ ask, city }) {
      const identities = new Map<string, Set<string>>();
      for (const [identity, { id }] of await people(ask, city))
        identities.set(id, (identities.get(id) ?? new Set()).add(identity));
      const shared = [...identities.values()].filter(({ size }) => size > 1).length;
      expectThat(identities.size > 50, `ids of persons: expected more than 50; came ${identities.size}.`);
      expectThat(shared === 0, `ids of persons: expected one person behind each; ${shared} have several.`);
    },
  },
  {
    id: 'ENT-05',
    name: 'MUST flag a person without a number, and know only that person’s own case',
    async check({ ask, city }) {
      const answer = await askCases(
        ask,
        { first: 100, filter: { partyName: '无名氏' } },
        'number debtors { name person { id identified cases { number } } }',
      );
      expectWhole('people without a number', answer);
      const rows = rowsOf(valueOf<Page>('cases', answer, 'cases'));
      const nameless = rows.flatMap(({ number, debtors }) =>
        (debtors as PartyAnswer[]).filter(({ name }) => name === '无名氏').map(({ person }) => ({ number, person })),
      );
      expectEqual('people without a number', nameless.length, city.matching({ partyName: '无名氏' }).length);
      for (const { number, person } of nameless) {
        expectSame('somebody without a number', [person.identified, person.cases], [false, [{ number }]]);
      }
    },
  },
  {
    id: 'ENT-06',
    name: 'MUST keep identity numbers out of answers: masked in a party, absent from a person’s id',
    async check({ ask, city }) {
      const filter = { partyIdNumber: city.debtor.number };
      const answer = await askCases(ask, { first: 100, filter }, 'number debtors { name idNumber person { id } }');
      const debtors = rowsOf(valueOf<Page>('cases', answer, 'cases')).flatMap((row) => row['debtors'] as PartyAnswer[]);
      const masked = debtors.filter(({ idNumber }) => idNumber === city.debtor.masked).length;
      expectEqual('masked numbers of the debtor', masked, city.matching(filter).length);
      const text = JSON.stringify(answer);
      const told = [city.debtor.number, city.debtor.shorter].filter((number) => text.includes(number)).length;
      expectThat(told === 0, 'an answer about a person: expected no identity number in full; came one.');
    },
  },
  {
    id: 'ENT-07',
    name: 'MUST give null, without an error, for a person whom no court knows',
    async check({ ask, city }) {
      const stranger = `p1.${'A'.repeat(43)}`;
      const answer = await ask('query ($a: ID!, $b: ID!) { none: person(id: $a) { id } some: person(id: $b) { id } }', {
        a: stranger,
        b: city.personIdOf(`RESIDENT_ID ${city.debtor.number}`),
      });
      expectWhole('a person whom nobody knows', answer);
      expectThat(answer.data?.['none'] === null, 'a person whom nobody knows: expected null; came something else.');
      expectThat(answer.data['some'] != null, 'a person whom all courts know: expected one; came null.');
    },
  },
  {
    id: 'ENT-08',
    name: 'MUST refuse what is no id of a person, without repeating it',
    async check({ ask, city }) {
      const answer = await ask('query ($id: ID!) { person(id: $id) { id } }', { id: city.debtor.number });
      expectEqual('what is no id: codes of the errors', codesOf(answer), ['BAD_USER_INPUT']);
      expectThat(
        !JSON.stringify(answer).includes(city.debtor.number),
        'what is no id: expected an error that does not repeat it.',
      );
    },
  },
  {
    id: 'ENT-09',
    name: 'MUST know a person asked for by id as the rows know them',
    async check({ ask, city }) {
      const [identity] = [
        ...new Set(city.rows.flatMap((row) => row.record.parties.map((party) => identityOf(row, party)))),
      ].filter((one) => casesOfPerson(city, one).length > 1 && !one.includes(city.debtor.number));
      expectThat(identity !== undefined, 'the city: expected somebody with several cases.');
      const answer = await ask('query ($id: ID!) { person(id: $id) { cases { number } } }', {
        id: city.personIdOf(identity),
      });
      expectWhole('somebody with several cases', answer);
      const { cases } = valueOf<{ cases: { number: string }[] }>('person', answer, 'person');
      expectItems(
        'the cases of somebody with several',
        cases.map(({ number }) => number),
        casesOfPerson(city, identity),
      );
    },
  },
]);

async function allRows(ask: Given['ask'], node: string): Promise<ReadonlyMap<string, Row>> {
  return new Map(
    rowsOf(...(await walk(ask, { first: 100, orderBy: 'NUMBER_ASC' }, node))).map((row) => [row.number, row]),
  );
}

/** Every party's identity, with the person that the endpoint says it is; rejects when a party has none. */
async function people(
  ask: Given['ask'],
  city: Given['city'],
): Promise<readonly (readonly [string, { readonly id: string }])[]> {
  const rows = await allRows(ask, 'number parties { id person { id } }');
  return city.rows.flatMap((plain) =>
    plain.record.parties.map((party) => {
      const parties = (rows.get(plain.display)?.['parties'] ?? []) as PartyAnswer[];
      const answer = parties.find(({ id }) => id === String(party.ordinal));
      expectThat(answer?.person != null, `a party in a case of court ${plain.court}: expected a person; came none.`);
      return [identityOf(plain, party), answer.person] as const;
    }),
  );
}
