/** How often agencies' own systems are called for 200 debtors of one page: our programs over the mocked upstreams, counted. */

import { createHub } from '../../../gateway/hub.ts';
import type { Viewer } from '../../../common/viewer.ts';
import { readCourtRegistry } from '../../../common/court-registry.ts';
import { agencyEntries } from '../../../cli/start/agencies.ts';
import { emittedGraph } from '../../../cli/start/hub.ts';
import { createUpstreams, upstreamBaseUrls, type Calls } from '../../../mocks/upstreams/upstreams.ts';
import { createCourt } from '../upstreams/court.ts';
import { pageQuestion, pageSize } from '../world/question.ts';
import { createTable } from '../world/table.ts';

export interface AgencyCalls {
  readonly debtors: number;
  readonly calls: Calls;
  /** The most that were under way at once at the vehicle administration. */
  readonly mostAtVehicles: number;
  /** Debtors of whom an agency gave an answer. */
  readonly answered: number;
}

const judge: Viewer = {
  subject: 'judge',
  role: 'judge',
  court: '苏0312',
  taskForces: [],
  workId: null,
  dutyCertificate: null,
};

/** Asks the scenarios' question of one court whose 50 cases have four debtors each. */
export async function countAgencyCalls(): Promise<AgencyCalls> {
  const court = '苏0312';
  const debtors = 200;
  const table = createTable({ courts: [court], casesPerCourt: pageSize, newestIn: null, debtors: debtors / pageSize });
  const now = () => new Date('2018-01-04T09:00:00+08:00');
  const upstreams = createUpstreams({ seed: 'bench', dayMs: 200 });
  let [open, mostAtVehicles] = [0, 0];
  const counted: typeof fetch = async (input, init) => {
    mostAtVehicles = Math.max(mostAtVehicles, ++open);
    return upstreams.fetch(input, init).finally(() => open--);
  };
  const programs = await Promise.all(
    agencyEntries.map(async ({ name, create }) => {
      const upstream = { baseUrl: upstreamBaseUrls[name], fetch: name === 'vehicle' ? counted : upstreams.fetch };
      return [name, await create({ upstream, now, waitMs: 10_000 })] as const;
    }),
  );
  const hub = await createHub({
    ...emittedGraph(),
    registry: readCourtRegistry(),
    courts: new Map([[court, createCourt(table, court).ask]]),
    agencies: new Map(programs.map(([name, { ask }]) => [name, ask])),
    command: () => Promise.reject(new Error('Nobody asks for task forces.')),
    asking: { deadlines: { agencyMs: 12_000 } },
  });
  try {
    const contextValue = hub.contextOf(new AbortController().signal, undefined, judge);
    const query = pageQuestion.replace('cases(', `cases(filter: { courts: ["${court}"] }, `);
    const { body } = await hub.apollo.executeOperation({ query }, { contextValue });
    const answer = JSON.stringify(body.kind === 'single' ? body.singleResult.data : null);
    const answered = answer.match(/"bank":\{"status":"(FOUND|NONE)"/g)?.length ?? 0;
    return { debtors, calls: upstreams.calls(), mostAtVehicles, answered };
  } finally {
    await hub.stop();
    for (const [, program] of programs) await program.stop();
  }
}
