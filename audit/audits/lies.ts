/** What becomes of an answer that is well-formed and untrue: nothing of it is passed on, and it is told (rules 7 and 9). */

import { identityOf } from '../../test/support/brute-force.ts';
import { changeFields, changeLists, dropFields, failFields } from '../../test/support/tampering.ts';
import type { Answer, Question } from '../../common/wire.ts';
import { family, type Audit, type Given } from '../audit.ts';
import { codesOf, expectEqual, expectItems, expectSame, expectThat } from '../expecting.ts';
import { askPage, askPageByKeys, entryOf, numbersOf, rowsOf, type AskedPage } from '../questions.ts';
import { altered, asksEntities, asksRoots, changeEntities, towards } from '../world/faults.ts';

type Entity = Record<string, unknown> | null;

const node = 'number stage amountOutstanding debtors { id name person { id names } }';

export const lieAudits = family('faults', [
  lie('FLT-17', 'MUST match entities by their key, never by their place in the list', {
    concerns: asksEntities,
    change: (answer) => changeEntities(answer, (entities) => entities.reverse()),
    expect: async (asked, given) => {
      expectDetails(asked, given, () => true);
      await Promise.resolve();
    },
  }),
  lie('FLT-18', 'MUST NOT pair a row with somebody else’s entity when one is given twice', {
    concerns: asksEntities,
    change: (answer) => changeEntities(answer, ([first, ...rest]) => [first, first, ...rest]),
    expect: (asked, given) => expectDetails(asked, given, (code) => code !== given.city.largest),
  }),
  lie('FLT-19', 'MUST tell an entity that its owner left out', {
    concerns: asksEntities,
    change: (answer) => changeEntities(answer, (entities) => entities.map((one, index) => (index === 0 ? null : one))),
    expect(asked, given) {
      expectDetails(asked, given, (code) => code !== given.city.largest);
      expectNamed(asked, given);
    },
  }),
  lie('FLT-20', 'MUST drop an entity that nobody asked for, and tell it', {
    concerns: asksEntities,
    change: (answer) =>
      changeEntities(answer, (entities) =>
        (entities as Entity[]).map((one, index) => (index === 0 ? renumbered(one) : one)),
      ),
    expect(asked, given) {
      expectDetails(asked, given, (code) => code !== given.city.largest);
      expectNamed(asked, given);
    },
  }),
  lie('FLT-21', 'MUST make an error, and no quiet null, of a value of another type', {
    concerns: () => true,
    change: (answer) => changeFields(answer, 'amountOutstanding', () => ({ yuan: 1 })),
    expect(asked, given) {
      expectNamed(asked, given);
      const wrong = rowsOf(asked.page).filter(
        ({ amountOutstanding }) => typeof amountOutstanding === 'object' && amountOutstanding !== null,
      );
      expectEqual('values of another type that were passed on', wrong.length, 0);
    },
  }),
  lie('FLT-22', 'MUST make an error, and no quiet null, of a field that is not there', {
    concerns: () => true,
    change: (answer) => dropFields(answer, 'stage'),
    expect: expectNamed,
  }),
  lie('FLT-23', 'MUST tell a field that failed, and keep what stands beside it', {
    concerns: () => true,
    change: (answer) => failFields(answer, 'debtors', 'private words'),
    expect(asked, given) {
      expectNamed(asked, given);
      expectThat(
        !JSON.stringify(asked.answer).includes('private words'),
        'a failed field: expected none of the court’s words; they came.',
      );
      const own = rowsOf(asked.page).filter(({ number }) => courtOf(given, number) === given.city.largest);
      expectThat(
        own.length > 0 && own.every(({ stage }) => stage != null),
        'beside a failed field: expected the rows’ other values; some are missing.',
      );
    },
  }),
  lie('FLT-24', 'MUST drop a row that belongs to another court, and tell it', {
    concerns: asksRoots,
    change(answer, { city }) {
      const foreign = city.rows.find(({ court }) => court === city.merged)!.display;
      changeLists(answer, 'edges', ([first, ...rest]) => {
        changeFields({ data: { first } }, 'number', () => foreign);
        return [first!, ...rest];
      });
    },
    expect(asked, given) {
      const came = numbersOf(asked.page);
      expectEqual('rows given twice', came.length - new Set(came).size, 0);
      expectNamed(asked, given);
    },
  }),
  lie('FLT-25', 'MUST give each row once that a court gives twice', {
    concerns: asksRoots,
    change: (answer) => changeLists(answer, 'edges', (list) => [...list.slice(0, 1), ...list]),
    expect(asked) {
      const came = numbersOf(asked.page);
      expectThat(came.length > 50, `rows: expected more than 50; came ${came.length}.`);
      expectEqual('rows given twice', came.length - new Set(came).size, 0);
    },
  }),
  lie('FLT-26', 'MUST keep the order of all rows when a court’s own are out of it, and tell it', {
    concerns: asksRoots,
    change: (answer) => changeLists(answer, 'edges', (list) => list.reverse()),
    expect(asked, given) {
      const came = numbersOf(asked.page);
      const order = given.city.rows.map(({ display }) => display);
      const others = came.filter((number) => courtOf(given, number) !== given.city.largest);
      expectThat(
        others.length > 20 && order.length > others.length,
        `rows of the other courts: expected more than 20; came ${others.length}.`,
      );
      const dates = rowsOf(asked.page).map(
        ({ number }) => given.city.rows.find(({ display }) => display === number)!.record.filedOn ?? '',
      );
      expectEqual('rows out of order', dates.filter((date, index) => index > 0 && date > dates[index - 1]!).length, 0);
      expectNamed(asked, given);
    },
  }),
  lie('FLT-27', 'MUST NOT count a total that is no number', {
    concerns: asksRoots,
    change: (answer) => changeFields(answer, 'totalCount', () => 'many'),
    expect({ page, answer }, given) {
      const others = given.city.rows.filter(({ court }) => court !== given.city.largest).length;
      expectEqual(
        'total, whether it is a lower bound, complete',
        [page.totalCount, page.totalIsLowerBound, page.coverage.complete],
        [others, true, false],
      );
      expectThat(codesOf(answer).length > 0, 'a total that is no number: expected an error; came none.');
    },
  }),
]);

interface Lie {
  readonly concerns: (question: Question) => boolean;
  readonly change: (answer: Answer, given: Given) => unknown;
  readonly expect: (asked: AskedPage, given: Given) => void | Promise<void>;
}

/** The largest court lies so; a page of a hundred with debtors is asked for meanwhile. */
function lie(id: string, name: string, { concerns, change, expect }: Lie): Audit {
  return {
    id,
    name,
    async check(given) {
      const liar = altered((answer) => {
        const changed = change(answer, given);
        return typeof changed === 'object' ? changed : undefined;
      });
      await using _ = await given.courts.get(given.city.largest)!.suffer(towards(concerns, liar));
      // Who lies about entities has to be asked for some.
      const askThem = concerns === asksEntities ? askPageByKeys : askPage;
      await expect(await askThem(given.ask, { first: 100 }, node), given);
    },
  };
}

/** Details of rows are true or absent, whoever lied; those of the courts that `isWhole` names are there. */
function expectDetails({ page }: AskedPage, { city }: Given, isWhole: (code: string) => boolean): void {
  expectThat(page.edges.length > 50, `rows: expected more than 50; came ${page.edges.length}.`);
  for (const row of rowsOf(page)) {
    const plain = city.rows.find(({ display }) => display === row.number);
    expectThat(plain !== undefined, 'a row: expected one of the city; came another.');
    const debtors = plain.record.parties.filter(({ role }) => role === 'DEBTOR');
    const came = row['debtors'] as { id: string; name: string; person: { id: string } | null }[] | null;
    if (came === null && !isWhole(plain.court)) continue;
    expectItems(
      `debtors in a case of court ${plain.court}`,
      came?.map(({ id, name }) => `${id} ${name}`) ?? [],
      debtors.map(({ ordinal, name }) => `${ordinal} ${name}`),
    );
    for (const { id, person } of came ?? []) {
      const party = debtors.find(({ ordinal }) => String(ordinal) === id)!;
      if (person === null && !isWhole(plain.court)) continue;
      expectSame(
        `who a debtor in a case of court ${plain.court} is`,
        person && city.identityOf(person.id),
        identityOf(plain, party),
      );
    }
  }
}

/** The answer names the court that lied: in an error, or as a gap. */
function expectNamed({ page, answer }: AskedPage, { city }: Given): void {
  const isNamed = (answer.errors ?? []).some(({ extensions }) => extensions?.['court'] === city.largest);
  const status = entryOf(page.coverage, city.largest)?.status;
  expectThat(
    isNamed,
    `a court that answers wrongly: expected an error that names it; came ${codesOf(answer).join(', ') || 'none'}, status ${String(status)}.`,
  );
}

function renumbered(entity: Entity): Entity {
  if (entity === null) return null;
  return Object.fromEntries(
    Object.entries(entity).map(([key, value]) => [key, key.endsWith('number') ? '（2017）苏0312执99998号' : value]),
  );
}

function courtOf({ city }: Given, number: string): string | undefined {
  return city.rows.find(({ display }) => display === number)?.court;
}
