import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { Ask } from '../../../common/wire.ts';
import type { Account } from '../../../gateway/explain/account.ts';
import { joined, type Standing } from '../../../gateway/membership/membership.ts';
import { readContract } from '../../../schema/horizontal/contract.ts';
import { judgeMember } from '../../../schema/horizontal/drift/judge.ts';
import { toPlainCity } from '../../support/brute-force.ts';
import { emitted } from '../../support/emitted.ts';
import { without } from '../../support/older-program.ts';
import { learnPersonIds } from '../../support/person-ids.ts';
import { randomQuestion, type RandomQuestion } from '../../support/random-question.ts';
import { randomRun, randomTimeoutMs } from '../../support/random-run.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';
import { explain } from './explained.ts';

/** What the courts themselves saw of one question. */
interface Seen {
  readonly asked: string[];
  /** The numbers of the cases in each answer, each once. */
  readonly cases: ReadonlySet<unknown>[];
}

const older = judgeMember(
  readContract(emitted('court'), 'contract'),
  without(emitted('court'), 'CaseFilter.partyName', 'Query.caseStatistics', 'Case.debtors'),
  'older',
);
const apart: readonly Standing[] = [
  joined,
  joined,
  { kind: 'joined', capability: older.capability },
  { kind: 'unread' },
  { kind: 'quarantined', faults: [] },
];

describe('what is foreseen of a question', () => {
  let city: TestCity;
  let seen: Seen = { asked: [], cases: [] };

  beforeAll(async () => {
    city = await startTestCity({ casesPerCourt: 25, seed: 'explain', between: seeing });
  }, 120_000);
  afterAll(() => city[Symbol.asyncDispose]());

  it(
    'is never exceeded by what happens, whoever takes part',
    async () => {
      const rows = toPlainCity(city.records);
      const { idOf } = await learnPersonIds(
        (query, variables) => city.oracle.ask({ query, variables }, new AbortController().signal),
        rows,
      );
      const standings = fc.array(fc.constantFrom(...apart), { minLength: 9, maxLength: 9 });
      await fc.assert(fc.asyncProperty(randomQuestion(rows, idOf), standings, holds), randomRun(60));
    },
    randomTimeoutMs,
  );

  async function holds({ query, variables }: RandomQuestion, standings: readonly Standing[]): Promise<void> {
    const codes = city.registry.courts.map(({ code }) => code);
    codes.forEach((code, at) => city.hub.roll.judge(code, standings[at]!));
    seen = { asked: [], cases: [] };
    const { account: plan } = await explain(city, 'PLAN', query, variables);
    expect(seen.asked, 'a plan asks nobody').toEqual([]);
    const { account } = await explain(city, 'RESULT', query, variables);
    expect(withoutResult(account), 'a result foresees what the plan foresaw').toEqual(plan);
    for (const { happened, calls, rows, questions } of account.steps) {
      const asked = questions.flatMap((question) => question.asked);
      const wereAsked = (happened?.answers ?? []).filter((answer) => answer.asked).map(({ id }) => id);
      expect(asked).toEqual(expect.arrayContaining(wereAsked));
      expect(happened?.calls ?? 0).toBeLessThanOrEqual(calls.most!);
      expect(happened?.rows ?? 0).toBeLessThanOrEqual(rows.most!);
      for (const question of questions) {
        const told = [...question.asked, ...question.spared.map(({ court }) => court)];
        expect(told.sort(), 'every court is asked or spared').toEqual([...codes].sort());
      }
    }
    const { totals } = account;
    expect(seen.asked.length, 'every call is told').toBe(totals.happened!.calls);
    expect(totals.courts.asked).toEqual(expect.arrayContaining(seen.asked));
    const cases = seen.cases.reduce((sum, { size }) => sum + size, 0);
    expect(cases, 'every row is counted').toBeLessThanOrEqual(totals.happened!.rows);
    expect(standings.every(({ kind }, at) => kind === 'joined' || !seen.asked.includes(codes[at]!))).toBe(true);
  }

  function seeing(code: string, ask: Ask): Ask {
    return async (question, signal, headers) => {
      seen.asked.push(code);
      const answer = await ask(question, signal, headers);
      seen.cases.push(new Set(numbersIn(answer.data)));
      return answer;
    };
  }
});

/** The hub has every case echo its number. */
function numbersIn(value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries = Object.entries(value as Record<string, unknown>);
  return entries.flatMap(([key, below]) => (key === '_nonet_number' ? [below] : numbersIn(below)));
}

function withoutResult(account: Account): Account {
  const text = JSON.stringify({ ...account, mode: 'PLAN' }, (key, value: unknown) =>
    key === 'happened' ? undefined : value,
  );
  return JSON.parse(text) as Account;
}
