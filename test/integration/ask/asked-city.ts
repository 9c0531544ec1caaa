/** A small city behind a door, and the command that asks it; courts can be cut off. */

import { runAsk } from '../../../cli/ask/ask.ts';
import type { CaseRecord } from '../../../common/case-record.ts';
import { openDoor } from '../../../gateway/http/door.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';
import { createTokenDesk } from '../../../gateway/viewer/token-desk.ts';
import { localViewers } from '../../support/viewers.ts';

/** What a command printed, and how it ended. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface AskedCity {
  readonly city: TestCity;
  readonly url: string;
  /** Courts that do not answer. */
  readonly down: Set<string>;
  /** Runs `nonet ask` against this city's hub. */
  ask(...args: string[]): Promise<Ran>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Runs `nonet ask` with its output caught. */
export async function runAsked(args: readonly string[], env: NodeJS.ProcessEnv = {}, width = Infinity): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await runAsk(args, env, {
    terminal: {
      out: (line) => void (out += `${line}\n`),
      err: (line) => void (err += `${line}\n`),
      tell: () => undefined,
      rewrite: null,
    },
    write: (text) => void (out += text),
    width,
  });
  return { code, out, err };
}

export async function startAskedCity(): Promise<AskedCity> {
  const down = new Set<string>();
  const city = await startTestCity({
    casesPerCourt: 12,
    seed: 'ask',
    between: (code, ask) => (question, signal, headers) =>
      down.has(code) ? Promise.reject(new Error('nobody there')) : ask(question, signal, headers),
  });
  const door = await openDoor({
    authenticate: localViewers.authenticate,
    tokens: createTokenDesk(localViewers.issuer, () => city.hub.roll.now().registry.courts),
    enter: (...request) => city.hub.enter(...request),
    status: city.hub.status,
    host: '127.0.0.1',
    port: 0,
  });
  return {
    city,
    url: `${door.url}/graphql`,
    down,
    ask: (...args) => runAsked(args, { NONET_URL: door.url }),
    async [Symbol.asyncDispose]() {
      await door.stop();
      await city[Symbol.asyncDispose]();
    },
  };
}

/** Every record of the city. */
export function recordsOf({ records }: TestCity): readonly CaseRecord[] {
  return [...records.values()].flat();
}
