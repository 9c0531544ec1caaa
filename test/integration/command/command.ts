import { randomUUID } from 'node:crypto';
import { readCourtRegistry } from '../../../common/court-registry.ts';
import type { Viewer } from '../../../common/viewer.ts';
import type { Answer } from '../../../common/wire.ts';
import { type Command, createCommand } from '../../../subgraphs/command/program.ts';
import type { Database } from '../../../subgraphs/kit/database/database.ts';
import { someViewer, viewerHeaders } from '../../support/viewers.ts';

export const registry = readCourtRegistry();

/** A clock that stands still until it is moved. */
export interface Clock {
  readonly now: () => Date;
  advance(ms: number): void;
}

export interface RunningCommand {
  readonly command: Command;
  readonly database: Database;
  readonly clock: Clock;
  /** How many statements were sent to the database outside of transactions since the last call. */
  readonly statements: () => number;
  /** Asks for somebody, the command centre of the city unless it is told; null is nobody. */
  readonly ask: (query: string, variables?: Record<string, unknown>, viewer?: Viewer | null) => Promise<Answer>;
  /** The data of an answer that must have no errors. */
  readonly data: (query: string, variables?: Record<string, unknown>, viewer?: Viewer) => Promise<CommandAnswer>;
  /** Creates a task force under a key, a new one by default. */
  readonly create: (input: object, key?: string, viewer?: Viewer) => Promise<TaskForceAnswer>;
  readonly update: (id: string, input: object, key?: string, viewer?: Viewer) => Promise<TaskForceAnswer>;
  /** The only error of an answer without data. */
  readonly refusal: (
    query: string,
    variables: Record<string, unknown>,
    viewer?: Viewer | null,
  ) => Promise<{ message: string; extensions: unknown }>;
}

export interface TaskForceAnswer {
  readonly id: string;
  readonly name: string;
  readonly purpose: string | null;
  readonly criteria: object;
  readonly courts: readonly { readonly code: string }[];
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What tests read of an answer; each asks for its part of it. */
export interface CommandAnswer {
  readonly taskForce: TaskForceAnswer | null;
  readonly createTaskForce: TaskForceAnswer;
  readonly updateTaskForce: TaskForceAnswer;
  readonly _entities: unknown;
  readonly taskForces: {
    readonly edges: readonly { readonly cursor: string; readonly node: TaskForceAnswer }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean; readonly endCursor: string };
    readonly totalCount: number;
  };
}

export const fields = `id name purpose courts { code } createdAt updatedAt criteria { creditorPersonId creditorName
  amountOutstandingMin amountOutstandingMax stages courts provinces }`;

export const createMutation = `mutation($input: CreateTaskForceInput!, $key: ID!) {
  createTaskForce(input: $input, idempotencyKey: $key) { ${fields} } }`;

export const updateMutation = `mutation($id: ID!, $input: UpdateTaskForceInput!, $key: ID!) {
  updateTaskForce(id: $id, input: $input, idempotencyKey: $key) { ${fields} } }`;

/** What a task force of tests is, unless they say otherwise. */
export const joint = { name: '涉徐工集团案件专项攻坚', criteria: { creditorName: '徐工集团' } };

/** Criteria as they come back, none of them set. */
export const noCriteria = {
  creditorPersonId: null,
  creditorName: null,
  amountOutstandingMin: null,
  amountOutstandingMax: null,
  stages: null,
  courts: null,
  provinces: null,
};

/** Starts the program over a database, by a clock that a test moves. */
export async function startCommand(opened: Database, courts = registry): Promise<RunningCommand> {
  let ms = Date.parse('2018-01-04T00:30:00.250Z');
  let sent = 0;
  const clock: Clock = { now: () => new Date(ms), advance: (by) => (ms += by) };
  const database: Database = {
    ...opened,
    query(sql, parameters) {
      sent += 1;
      return opened.query(sql, parameters);
    },
  };
  const command = await createCommand({ registry: courts, database, now: clock.now });
  const ask = (
    query: string,
    variables: Record<string, unknown> = {},
    viewer: Viewer | null = someViewer,
  ): Promise<Answer> =>
    command.ask({ query, variables }, AbortSignal.timeout(20_000), viewer === null ? {} : viewerHeaders(viewer));
  const data = async (query: string, variables?: Record<string, unknown>, viewer?: Viewer): Promise<CommandAnswer> => {
    const { data, errors } = await ask(query, variables, viewer);
    if (errors || !data) throw new Error(JSON.stringify(errors));
    return data as unknown as CommandAnswer;
  };
  return {
    command,
    database,
    clock,
    statements() {
      const taken = sent;
      sent = 0;
      return taken;
    },
    ask,
    data,
    create: async (input, key = randomUUID(), viewer) =>
      (await data(createMutation, { input, key }, viewer)).createTaskForce,
    update: async (id, input, key = randomUUID(), viewer) =>
      (await data(updateMutation, { id, input, key }, viewer)).updateTaskForce,
    async refusal(query, variables, viewer) {
      const { data, errors } = await ask(query, variables, viewer);
      if (errors?.length !== 1 || Object.values(data ?? {}).some((value) => value !== null)) {
        throw new Error(`expected one refusal, not ${JSON.stringify({ data, errors })}`);
      }
      return { message: errors[0]!.message, extensions: errors[0]!.extensions };
    },
  };
}
