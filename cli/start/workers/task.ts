/** What a worker is told by the process that started it; it reads all other settings itself, from the same command line. */

import cluster from 'node:cluster';

import type { ExampleVariables } from '../../../gateway/explorer/examples.ts';

export interface WorkerTask {
  /** From 1 on; a worker that takes a dead one's place has the same. */
  readonly number: number;
  /** The one port of all workers. */
  readonly port: number;
  /** Where the city is, when the process that started the worker holds it. */
  readonly city: HeldCity | null;
}

/** A city that is served on loopback for the hubs of its workers; addresses by name. */
export interface HeldCity {
  readonly courts: Readonly<Record<string, string>>;
  readonly agencies: Readonly<Record<string, string>>;
  readonly command: string;
  /** The private key that questions to all of them are signed with, in PEM; it lives as long as the processes. */
  readonly hubKey: string;
  readonly personKeyMark: string;
  /** The key of the local issuer; null where tokens come from elsewhere. */
  readonly issuerKey: string | null;
  readonly clockOffsetMs: number;
  readonly examples: ExampleVariables;
}

const taskVariable = 'NONET_WORKER_TASK';

/** The environment of a worker with this task. */
export function toTaskEnvironment(task: WorkerTask): NodeJS.ProcessEnv {
  return { [taskVariable]: JSON.stringify(task) };
}

/** The task of this process; null when it is no worker. */
export function readTask(env: NodeJS.ProcessEnv): WorkerTask | null {
  const text = env[taskVariable];
  return cluster.isWorker && text !== undefined ? (JSON.parse(text) as WorkerTask) : null;
}
