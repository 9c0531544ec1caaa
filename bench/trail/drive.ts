/** A hub that is asked the same, many at once, for as long as it is told. */

import { mkdirSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';

import { readCourtRegistry } from '../../common/court-registry.ts';
import type { Answer, Ask } from '../../common/wire.ts';
import { createRemote } from '../../gateway/asking/remote.ts';
import { createHub, type Hub } from '../../gateway/hub.ts';
import { keepTrailKeys } from '../../gateway/trail/keys.ts';
import { chainDirectory } from '../../gateway/trail/segments.ts';
import { openTrail, type Trail } from '../../gateway/trail/trail.ts';
import type { Addresses } from '../speed/upstreams/main.ts';
import { createAgency } from '../speed/upstreams/agency.ts';
import { createCourt } from '../speed/upstreams/court.ts';
import { benchViewer } from '../speed/viewer.ts';
import { readEmitted } from '../speed/world/emitted.ts';
import { toPageAnswer } from '../speed/world/question.ts';
import { agencies, createTable, type Agency, type Table } from '../speed/world/table.ts';
import { connections, court, isWritten, query, shape, type Driven, type HubAsked } from './kinds.ts';

export interface DrivenHub {
  /** Asks for so long, and a moment before that; rejects when a question was not answered. */
  drive(ms: number): Promise<Driven>;
  stop(): Promise<void>;
}

/** Opens it and asks once; rejects when the answer is not what the table says. */
export async function openDrivenHub({ kind, addresses, directory }: HubAsked): Promise<DrivenHub> {
  const table = createTable(shape);
  const ways = addresses ? remoteWays(addresses) : ownWays(table);
  const trail = isWritten(kind) ? await openTrailIn(directory, kind) : untouchedTrail();
  const hub = await createHub({
    contractSdl: readEmitted('court.graphql'),
    supergraphSdl: readEmitted('supergraph.graphql'),
    registry: readCourtRegistry(),
    courts: new Map([[court, ways.court]]),
    agencies: new Map(agencies.map((name) => [name, ways.agency(name)])),
    command: () => Promise.reject(new Error('Nobody asks for task forces.')),
    trail,
  });
  const { data } = JSON.parse(JSON.stringify(await ask(hub))) as Answer;
  if (!isDeepStrictEqual({ data }, toPageAnswer(table))) throw new Error('The answer is not what the table says.');
  return {
    drive: (ms) => drive(hub, ms),
    async stop() {
      await hub.stop();
      await trail.stop();
      await ways.stop();
    },
  };
}

interface Ways {
  readonly court: Ask;
  readonly agency: (name: Agency) => Ask;
  stop(): Promise<void>;
}

/** Court and agencies at their addresses. */
function remoteWays(addresses: Addresses): Ways {
  const names = [court, ...agencies];
  const remotes = new Map(
    names.map((name) => [name, createRemote(addresses[name]!, { connections: connections + 1 })]),
  );
  return {
    court: remotes.get(court)!.ask,
    agency: (name) => remotes.get(name)!.ask,
    async stop() {
      await Promise.all([...remotes.values()].map((remote) => remote.stop()));
    },
  };
}

/** Court and agencies in this process. */
function ownWays(table: Table): Ways {
  return {
    court: remembered(createCourt(table, court).ask),
    agency: (name) => remembered(createAgency(table, name).ask),
    stop: () => Promise.resolve(),
  };
}

/** Answers a question that was asked before with the same text, read anew: what a remote upstream costs the hub, without a wire. */
function remembered(ask: Ask): Ask {
  const known = new Map<string, string>();
  return async (question, ...rest) => {
    const text = JSON.stringify(question);
    let answer = known.get(text);
    if (answer === undefined) known.set(text, (answer = JSON.stringify(await ask(question, ...rest))));
    return JSON.parse(answer) as Answer;
  };
}

function openTrailIn(directory: string, hash: 'sha256' | 'sm3'): Promise<Trail> {
  const chain = '1';
  mkdirSync(chainDirectory(directory, chain), { recursive: true });
  return openTrail({
    directory,
    chain,
    keys: keepTrailKeys(directory),
    personKey: { version: 1, secret: Buffer.alloc(32, 7) },
    hash,
    now: () => new Date(),
    tell: ({ kind }) => void process.stderr.write(`the trail: ${kind}\n`),
  });
}

/** For a hub that has none: whoever notes or writes anything after all fails, and the question with him. */
function untouchedTrail(): Trail {
  const touched = () => new Error('A hub without a trail has used it.');
  return {
    get marks(): never {
      throw touched();
    },
    append: () => Promise.reject(touched()),
    isFailing: () => false,
    search: () => Promise.reject(touched()),
    stop: () => Promise.resolve(),
  };
}

/** Not all of the time is taken: whoever stood still while others were driven finds caches cold and connections closed. */
async function drive(hub: Hub, ms: number): Promise<Driven> {
  const unmeasured = await askFor(hub, ms / 5);
  const startedAt = performance.now();
  const before = process.cpuUsage();
  const answered = await askFor(hub, ms);
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - startedAt) / 1000;
  return {
    rps: answered / seconds,
    cpuMs: (user + system) / 1000 / answered,
    answered: unmeasured + answered,
  };
}

/** How many questions were answered. */
async function askFor(hub: Hub, ms: number): Promise<number> {
  const startedAt = performance.now();
  let answered = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      while (performance.now() - startedAt < ms) {
        await ask(hub);
        answered += 1;
      }
    }),
  );
  return answered;
}

async function ask(hub: Hub): Promise<unknown> {
  const contextValue = hub.contextOf(new AbortController().signal, undefined, benchViewer);
  try {
    const { body } = await hub.apollo.executeOperation({ query }, { contextValue });
    if (body.kind !== 'single' || body.singleResult.errors)
      throw new Error('The hub gave no answer, or not all of it.');
    // As a door writes it.
    JSON.stringify(body.singleResult);
    return body.singleResult;
  } finally {
    contextValue.release();
  }
}
