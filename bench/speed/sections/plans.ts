/** What a plan costs as courts become many: nobody is asked, so that courts need not be there. */

import { parseCourtRegistry, readCourtRegistry, type CourtRegistry } from '../../../common/court-registry.ts';
import { emittedGraph } from '../../../cli/start/hub.ts';
import { createHub } from '../../../gateway/hub.ts';
import { quartilesOf } from '../quantiles.ts';
import { pageQuestion } from '../world/question.ts';
import { agencies } from '../world/table.ts';

export interface PlanFigures {
  readonly courts: number;
  /** Fetches of the plan. */
  readonly fetches: number;
  /** Milliseconds to plan a question that was not asked before: explaining it, less explaining it once more. */
  readonly planMs: number;
  /** Milliseconds to explain a known plan: its account has a line for each court, so this one grows with them. */
  readonly explainMs: number;
}

/** Plans the scenarios' question over so many courts. */
export async function measurePlan(courts: number): Promise<PlanFigures> {
  const nobody = () => Promise.reject(new Error('Nobody is asked for a plan.'));
  const hub = await createHub({
    ...emittedGraph(),
    registry: registryOf(courts),
    courts: new Map(),
    agencies: new Map(agencies.map((name) => [name, nobody])),
    command: nobody,
  });
  const explain = async (name: string) => {
    const query = pageQuestion.replace('Page', name);
    const startedAt = performance.now();
    const contextValue = hub.contextOf(new AbortController().signal);
    const { body } = await hub.apollo.executeOperation({ query, extensions: { explain: 'PLAN' } }, { contextValue });
    const ms = performance.now() - startedAt;
    const account = body.kind === 'single' ? body.singleResult.extensions?.['explain'] : undefined;
    if (account === undefined) throw new Error('The hub explains nothing.');
    return { ms, fetches: (account as { readonly steps: readonly unknown[] }).steps.length };
  };
  try {
    // What is made with the first questions of all is no plan's.
    for (let turn = 0; turn < 5; turn += 1) await explain(`Warm${turn}`);
    const [plans, accounts]: [number[], number[]] = [[], []];
    for (let turn = 0; turn < 15; turn += 1) {
      const first = await explain(`Plan${turn}`);
      const again = await explain(`Plan${turn}`);
      plans.push(first.ms - again.ms);
      accounts.push(again.ms);
    }
    const { fetches } = await explain('Page');
    return { courts, fetches, planMs: quartilesOf(plans).median, explainMs: quartilesOf(accounts).median };
  } finally {
    await hub.stop();
  }
}

/** The city's courts, or so many simulated ones. */
function registryOf(courts: number): CourtRegistry {
  const own = readCourtRegistry();
  if (courts === own.courts.length) return own;
  const entries = Array.from({ length: courts }, (_, index) => {
    const code = `苏${String(index).padStart(4, '0')}`;
    const name = `第${index}法院`;
    const fixed = { level: 'BASIC', division: null, legacyPrefixes: [], contractVersion: '1.0', endpoint: 'embedded' };
    return { code, name, englishName: name, codes: [code], ...fixed };
  });
  return parseCourtRegistry({ courts: entries });
}
