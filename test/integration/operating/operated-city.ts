/** A small city with its door open, watched as in operation: its log lines and metrics can be read. */

import { createLog } from '../../../common/log.ts';
import type { Answer, Ask } from '../../../common/wire.ts';
import type { AskingOptions } from '../../../gateway/asking/settings.ts';
import { openDoor, type Door } from '../../../gateway/http/door.ts';
import type { HubStatus } from '../../../gateway/http/status.ts';
import { createMetrics } from '../../../gateway/operating/metrics.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';
import { authorizationOf, localViewers } from '../../support/viewers.ts';

export interface OperatedCity {
  readonly city: TestCity;
  readonly door: Door;
  /** Every line of the log so far, as it was written. */
  readonly lines: readonly string[];
  /** A header by which the door knows who asks. */
  readonly shown: { readonly authorization: string };
  post(body: string, headers?: Record<string, string>): Promise<Response>;
  ask(query: string, variables?: Record<string, unknown>): Promise<Answer>;
  /** What Prometheus would be given now. */
  scrape(): Promise<string>;
  [Symbol.asyncDispose](): Promise<void>;
}

export interface OperatedCityOptions {
  readonly between?: (code: string, ask: Ask) => Ask;
  readonly betweenAgency?: (name: string, ask: Ask) => Ask;
  readonly breaker?: AskingOptions['breaker'];
  readonly pages?: AskingOptions['pages'];
  readonly status?: (own: () => HubStatus) => HubStatus;
}

export async function startOperatedCity({ status, ...options }: OperatedCityOptions = {}): Promise<OperatedCity> {
  const lines: string[] = [];
  const log = createLog({ name: 'gateway', level: 'debug', write: (line) => lines.push(line) });
  const metrics = createMetrics({ process: true });
  const city = await startTestCity({ casesPerCourt: 6, seed: 'operated', metrics, ...options });
  const { hub } = city;
  const door = await openDoor({
    authenticate: localViewers.authenticate,
    enter: (...request) => hub.enter(...request),
    status: () => (status ? status(hub.status) : hub.status()),
    host: '127.0.0.1',
    port: 0,
    log,
    metrics,
  });
  const shown = await authorizationOf();
  const post = (body: string, headers: Record<string, string> = {}) =>
    fetch(`${door.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...shown, ...headers },
      body,
    });
  return {
    city,
    door,
    lines,
    shown,
    post,
    ask: async (query, variables = {}) => (await (await post(JSON.stringify({ query, variables }))).json()) as Answer,
    scrape: async () => (await fetch(`${door.url}/metrics`)).text(),
    async [Symbol.asyncDispose]() {
      await door.stop();
      await city[Symbol.asyncDispose]();
    },
  };
}

/** One line of the log as an operator's tools read it. */
export interface Line {
  readonly level: string;
  readonly msg: string;
  readonly request: string;
  readonly operation: string | null;
  readonly outcome: string;
  readonly status: number | null;
  readonly ms: number;
  readonly refusal?: string;
  readonly errors?: Readonly<Record<string, number>>;
  readonly gaps?: readonly { readonly upstream: string; readonly status: string; readonly reason: string }[];
  readonly calls?: readonly {
    readonly kind: string;
    readonly upstream: string;
    readonly calls: number;
    readonly ms: number;
    readonly outcome: string;
  }[];
  readonly fault?: { readonly kind: string; readonly text: string };
}

export function parseLine(line: string): Line {
  return JSON.parse(line) as Line;
}
