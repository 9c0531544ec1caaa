import type { CaseRecord } from '../../../common/case-record.ts';
import { readCourtRegistry } from '../../../common/court-registry.ts';
import type { PersonKey } from '../../../common/person-id.ts';
import type { Viewer } from '../../../common/viewer.ts';
import type { Answer } from '../../../common/wire.ts';
import { createCourt, type Court } from '../../../subgraphs/court/program.ts';
import type { Database } from '../../../subgraphs/kit/database/database.ts';
import { someViewer, viewerHeaders } from '../../support/viewers.ts';
import { openWorkerPglite } from '../../support/worker-pglite.ts';

export const registry = readCourtRegistry();

export const personKey: PersonKey = { version: 1, secret: new Uint8Array(Buffer.alloc(32, 7)) };

/** The court whose program most tests start. */
export const tongshan = registry.byCode('苏0312')!;

export const clock = new Date('2018-01-04T00:30:00Z');

export interface RunningCourt {
  readonly court: Court;
  /** Every statement sent to the database since the last call, so that a test can count them. */
  readonly statements: () => string[];
  ask(query: string, variables?: Record<string, unknown>, viewer?: Viewer): Promise<Answer>;
  /** The data of an answer that must have no errors. */
  data(query: string, variables?: Record<string, unknown>): Promise<CourtData>;
}

/** What tests read of an answer; each asks for its part of it. */
export interface CourtData {
  readonly case: { readonly debtors: { readonly person: { readonly id: string } }[]; readonly parties: unknown };
  readonly cases: PageData;
  readonly person: { readonly caseConnection: PageData };
  readonly caseStatistics: unknown;
  readonly _entities: unknown;
}

export interface PageData {
  readonly edges: {
    readonly cursor: string;
    readonly node: { readonly number: string; readonly debtors: { readonly person: { readonly id: string } }[] };
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean; readonly endCursor: string };
  readonly totalCount: number;
  readonly coverage: { readonly courts: unknown };
}

export interface Courts {
  start(records: readonly CaseRecord[], court?: typeof tongshan): Promise<RunningCourt>;
  open(): Promise<Database>;
  stop(): Promise<void>;
}

/** One PGlite for the courts of a test file, each in a schema of its own. */
export async function createCourts(): Promise<Courts> {
  const pglite = await openWorkerPglite();
  let schemas = 0;
  const open = (): Promise<Database> => pglite.open(`court_${++schemas}`);
  return {
    open,
    stop: () => pglite.stop(),
    async start(records, entry = tongshan) {
      const { database, statements } = recorded(await open());
      const court = await createCourt({ court: entry, registry, database, personKey, now: () => clock });
      await court.load(records);
      const ask = (query: string, variables: Record<string, unknown> = {}, viewer = someViewer): Promise<Answer> =>
        court.ask({ query, variables }, AbortSignal.timeout(10_000), viewerHeaders(viewer));
      return {
        court,
        statements,
        ask,
        async data(query, variables) {
          const { data, errors } = await ask(query, variables);
          if (errors || !data) throw new Error(JSON.stringify(errors));
          return data as unknown as CourtData;
        },
      };
    },
  };
}

function recorded(database: Database): { database: Database; statements: () => string[] } {
  let sent: string[] = [];
  return {
    database: {
      ...database,
      query(sql, parameters) {
        sent.push(sql);
        return database.query(sql, parameters);
      },
    },
    statements() {
      const taken = sent;
      sent = [];
      return taken;
    },
  };
}
