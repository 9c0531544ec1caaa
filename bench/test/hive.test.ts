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
import { startTwoEngines, type TwoEngines } from './two-engines.ts';

// Without its packages (`npm ci --prefix bench --ignore-scripts`) the other engine is skipped, by name.
describe.skipIf(!hasHive)('Hive Gateway over the subgraphs of nonet serve city', () => {
  let engines: TwoEngines & Stoppable;
  beforeAll(async () => {
    engines = await startTwoEngines();
    await createForce(engines);
  });
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
      const persons = await learnPersonIds(city.ask, rows);
      await fc.assert(
        fc.asyncProperty(randomQuestion(rows, persons.idOf), async ({ query, variables }) => {
          const { hub, hive } = await engines.askBoth(query, { ...variables });
          expect(comparable(hive)).toEqual(comparable(hub));
        }),
        randomRun(30),
      );
    },
    randomTimeoutMs,
  );
});

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
    ['asOf', 'elapsedMs', 'answeredAt'].includes(key) ? null : value,
  );
}
