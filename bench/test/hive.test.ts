import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { parseIdentity } from '../../common/identity.ts';
import { personId } from '../../common/person-id.ts';
import type { Answer } from '../../common/wire.ts';
import type { Stoppable } from '../../cli/start/stack.ts';
import { toPlainCity } from '../../test/support/brute-force.ts';
import { learnPersonIds } from '../../test/support/person-ids.ts';
import { randomQuestion } from '../../test/support/random-question.ts';
import { randomRun, randomTimeoutMs } from '../../test/support/random-run.ts';
import { hasHive } from '../hive/process.ts';
import { meetsKnownDefect } from './known-defects.ts';
import { startTwoEngines, type TwoEngines } from './two-engines.ts';

// Without its packages (`npm ci --prefix bench --ignore-scripts`) the other engine is skipped, by name.
describe.skipIf(!hasHive)('Hive Gateway over the subgraphs of nonet serve city', () => {
  let engines: TwoEngines & Stoppable;
  beforeAll(async () => {
    engines = await startTwoEngines();
    await createForce(engines);
  }, 180_000);
  afterAll(() => engines.stop());

  test.each(['city-wide', 'joint-task-force', 'case-by-number', 'debtor-across-courts', 'statistics'])(
    'answers %s as the hub does',
    async (name) => {
      const { query, variables } = operation(name);
      const { hub, hive } = await settled(engines, query, variables);
      expect(hub.errors ?? []).toEqual([]);
      expect(comparable(hive)).toEqual(comparable(hub));
    },
  );

  test(
    'answers random questions as the hub does',
    async () => {
      const { city } = engines;
      const rows = toPlainCity(city.records);
      const persons = await learnPersonIds((query, variables) => city.ask(query, variables), rows);
      // The other engine cannot say for whom it asks, and so may not ask by an identity number.
      const questions = randomQuestion(rows, persons.idOf).filter(
        ({ query, variables }) =>
          !meetsKnownDefect(query) && !`${query} ${JSON.stringify(variables)}`.includes('partyIdNumber'),
      );
      await fc.assert(
        fc.asyncProperty(questions, async ({ query, variables }) => {
          const { hub, hive } = await engines.askBoth(query, { ...variables });
          expect(hub.data).toBeTruthy();
          expect(comparable(hive)).toEqual(comparable(hub));
        }),
        randomRun(30),
      );
    },
    randomTimeoutMs,
  );

  describe('while a court is down', () => {
    beforeAll(() => engines.breakDown(broken));
    afterAll(() => engines.breakDown(null));

    test('has the same rows, totals and coverage', async () => {
      const { hub, hive } = await settled(engines, partial, {});
      expect(comparable(hive)).toEqual(comparable(hub));
      const { coverage } = hub.data!['cases'] as { coverage: { complete: boolean; courts: unknown[] } };
      expect(coverage.complete).toBe(false);
      expect(coverage.courts).toContainEqual({ court: { code: broken }, status: 'UNREACHABLE', reason: 'DOWN' });
      for (const { errors = [] } of [hub, hive]) {
        expect(errors.map(({ extensions }) => extensions?.['court'])).toEqual([broken]);
      }
    });

    test('has all or an error where the caller wants it so', async () => {
      const { hub, hive } = await engines.askBoth('{ cases(completeness: COMPLETE) { totalCount } }');
      for (const { data, errors } of [hub, hive]) {
        expect(data).toEqual({ cases: null });
        expect(errors).toMatchObject([{ path: ['cases'], extensions: { code: 'INCOMPLETE' } }]);
      }
    });

    test('tells no gap of a plain list below another subgraph: coverage beside it does', async () => {
      const people = 'person { cases { number } caseConnection { coverage { complete } } }';
      const query = `{ cases(first: 5, filter: { courts: ["苏0312"] }) { edges { node { debtors { ${people} } } } } }`;
      const { hub, hive } = await engines.askBoth(query);
      expect(hub.errors).toMatchObject([{ extensions: { court: broken } }]);
      expect(hive.errors).toBeUndefined();
      expect(hive.data).toEqual(hub.data);
      expect(JSON.stringify(hive.data)).toContain('"complete":false');
    });
  });

  test.each([
    ['a field selected twice, once under a condition', '{ cases(first: 1) { totalCount @skip(if: true) totalCount } }'],
    ['a key under a condition', '{ cases(first: 1) { edges { node { number @skip(if: true) parties { role } } } } }'],
    [
      'an alias that is the name of what an agency requires',
      '{ cases(first: 1) { edges { node { debtors { writ: name bank { status } } } } } }',
    ],
  ])('knows %s no better than docs/other-engines.md says', async (_, query) => {
    const { hub, hive } = await settled(engines, query, {});
    expect(hub.errors).toBeUndefined();
    expect(comparable(hive)).not.toEqual(comparable(hub));
  });
});

/** The court that is made to fail. */
const broken = '苏0311';

const partial = `{
  cases(first: 20) {
    totalCount totalIsLowerBound
    coverage { complete courts { court { code } status reason } }
    edges { node { number court { name } debtors { name person { id cases { number } } bank { status } } } }
  }
  caseStatistics { count amountDue coverage { complete courts(only: GAPS) { court { code } status } } }
}`;

function operation(name: string): { query: string; variables: Record<string, unknown> } {
  const read = (ending: string) =>
    readFileSync(new URL(`../../schema/operations/${name}.${ending}`, import.meta.url), 'utf8');
  return { query: read('graphql'), variables: JSON.parse(read('json')) as Record<string, unknown> };
}

async function createForce({ city }: TwoEngines): Promise<void> {
  const creditorPersonId = personId(city.personKey, parseIdentity(city.creditor.identityNumber));
  const { errors } = await city.ask(
    'mutation ($input: CreateTaskForceInput!) { createTaskForce(input: $input, idempotencyKey: "two-engines") { id } }',
    { input: { name: 'two engines', criteria: { creditorPersonId } } },
  );
  expect(errors).toBeUndefined();
}

async function settled(engines: TwoEngines, query: string, variables: Record<string, unknown>) {
  for (let round = 0; ; round += 1) {
    const answers = await engines.askBoth(query, variables);
    if (round === 5 || !JSON.stringify(answers).includes('"PENDING"')) return answers;
  }
}

/** The data without what each moment has of its own. */
function comparable({ data }: Answer): unknown {
  return JSON.parse(JSON.stringify(data ?? null), (key, value: unknown) =>
    ['asOf', 'receivedAt', 'elapsedMs', 'answeredAt'].includes(key) ? null : value,
  );
}
