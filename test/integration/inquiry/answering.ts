/** An agency's program with its door for answers over real sockets, and what the agency would say. */

import { request } from 'node:http';
import {
  createUpstreams,
  upstreamBaseUrls,
  type UpstreamName,
  type UpstreamOptions,
} from '../../../mocks/upstreams/upstreams.ts';
import { createBank } from '../../../subgraphs/bank/program.ts';
import { serveProgram } from '../../../subgraphs/kit/http.ts';
import type { AgencyOptions } from '../../../subgraphs/kit/inquiry/agency.ts';
import { createAnswersDoor } from '../../../subgraphs/kit/inquiry/answers-door.ts';
import { createProperty } from '../../../subgraphs/property/program.ts';
import { createVehicle } from '../../../subgraphs/vehicle/program.ts';
import { viewerHeaders } from '../../support/viewers.ts';
import { clockFrom, today, type AgencyFixture, type Inquiry } from '../agencies/fixture.ts';

export const secret = 'a-secret-of-tests-and-nobody-else-0001';

const programs = { bank: createBank, vehicle: createVehicle, property: createProperty };
const seed = 'answering';

/** What an agency said to what was handed in. */
export interface HandedIn {
  readonly status: number;
  readonly body: { readonly RESULT?: string; readonly JSQK?: readonly { BDHM: string; JSZT: string }[] };
  readonly text: string;
}

export interface Answering extends AsyncDisposable {
  /** How often its upstream was polled. */
  polls(): number;
  /** The bodies of the questions that it was asked. */
  readonly asked: readonly string[];
  ask(representations: readonly object[], waitMs: number): Promise<Inquiry[]>;
  handIn(answer: unknown, authorization?: string): Promise<HandedIn>;
  send(body: string | Buffer, headers?: Record<string, string>): Promise<HandedIn>;
  /** Sends a body whose length is not announced; resolves with the status. */
  stream(body: Buffer): Promise<number | undefined>;
}

/** Starts it over an upstream whose day lasts for hours unless told, so that polling finds nothing. */
export async function startAnswering(
  { name, field, list }: Pick<AgencyFixture, 'name' | 'field'> & { readonly list: string },
  options: Partial<AgencyOptions> = {},
  upstreamOptions: Partial<UpstreamOptions> = {},
): Promise<Answering> {
  const now = clockFrom(today);
  const upstreams = createUpstreams({ seed, now, dayMs: 100_000_000, ...upstreamOptions });
  const asked: string[] = [];
  const watched: typeof fetch = (input, init) => {
    if (typeof init?.body === 'string') asked.push(init.body);
    return upstreams.fetch(input, init);
  };
  const upstream = { baseUrl: upstreamBaseUrls[name], fetch: watched };
  const program = await programs[name]({ upstream, now, ...options });
  const door = createAnswersDoor((answer) => program.handIn(answer), secret);
  const deliveries = new Map([['/answers', door]]);
  const served = await serveProgram(program, { host: '127.0.0.1', port: 0, deliveries });
  const send = async (body: string | Buffer, headers: Record<string, string> = {}): Promise<HandedIn> => {
    const response = await fetch(new URL('/answers', served.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}`, ...headers },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
    const text = await response.text();
    return { status: response.status, text, body: JSON.parse(text) as HandedIn['body'] };
  };
  return {
    polls: () => upstreams.calls().bank.poll + upstreams.calls().property.poll,
    asked,
    send,
    stream: (body) =>
      new Promise((resolve, reject) => {
        const headers = { 'content-type': 'application/json', authorization: `Bearer ${secret}` };
        const sent = request(new URL('/answers', served.url), { method: 'POST', headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        sent.on('error', reject);
        sent.write(body);
        sent.end();
      }),
    handIn: (answer, authorization) =>
      send(JSON.stringify(answer), authorization === undefined ? {} : { authorization }),
    ask: async (representations, waitMs) => {
      const query = `query ($parties: [_Any!]!) { _entities(representations: $parties) { ... on Party { ${field} {
        status reason requestNumber answeredAt expectedBy ${list} } } } }`;
      const question = { query, variables: { parties: representations }, extensions: { inquiry: { waitMs } } };
      const { data, errors } = await program.ask(question, AbortSignal.timeout(30_000), viewerHeaders());
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      return (data!['_entities'] as Record<string, Inquiry>[]).map((entity) => entity[field]!);
    },
    async [Symbol.asyncDispose]() {
      await served.stop();
      await program.stop();
    },
  };
}

const paths = {
  bank: ['/v1/queries', '/v1/batches'],
  property: ['/v1/applications', '/v1/applications'],
  vehicle: ['/v1/vehicle-queries', null],
} as const satisfies Record<UpstreamName, readonly [string, string | null]>;

/** What the agency answers to a question that it was asked: another one of the same seed, whose day lasts a millisecond. */
export async function answerTo(
  name: UpstreamName,
  question: string,
  options: Partial<UpstreamOptions> = {},
): Promise<Record<string, unknown>> {
  const { fetch: agency } = createUpstreams({ seed, now: clockFrom(today), dayMs: 1, ...options });
  const [submit, poll] = paths[name];
  const headers = { 'content-type': 'application/json' };
  const first = await agency(upstreamBaseUrls[name] + submit, { method: 'POST', headers, body: question });
  const receipt = (await first.json()) as Record<string, unknown>;
  if (poll === null) return receipt;
  for (;;) {
    const polled = await agency(`${upstreamBaseUrls[name]}${poll}/${String(receipt['PCH'])}`);
    const answer = (await polled.json()) as Record<string, unknown>;
    if (answer['WCZT'] === '1') return answer;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
