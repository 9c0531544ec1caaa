/** Endpoints over the audited courts, each wrong in one way, and the audits that have to notice. */

import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { Answer, Question } from '../../../common/wire.ts';
import type { AskGraph } from '../../../audit/audit.ts';
import { upstreamText } from '../../../audit/world/faults.ts';
import type { World } from '../../../audit/world/world.ts';

export interface Endpoint {
  readonly url: string;
  stop(): Promise<void>;
}

/** What an endpoint makes of a question; `hub` answers it rightly. */
type Handler = (question: Question, hub: AskGraph, world: World) => Promise<Answer>;

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Serves a handler on a free port. */
export async function serveHandler(handler: Handler, hub: AskGraph, world: World): Promise<Endpoint> {
  const server = createServer((request, response) => {
    void read(request)
      .then((question) => handler(question, hub, world))
      .catch((): Answer => ({ data: null, errors: [{ message: 'no answer' }] }))
      .then((answer) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Asks one court's program in the place of all. */
export const oneCourt: Handler = ({ query, variables }, _, { city, direct }) =>
  direct.get(city.codes[0]!)!(query, variables);

/** Puts rows and lists in another order than asked for, and counts nothing. */
export const concatenates: Handler = async ({ query, variables }, hub) => {
  const answer = await hub(query, variables);
  visit(answer.data as Json, (key, value, holder) => {
    if (Array.isArray(value) && /edges|cases|names|by[A-Z]|theirs|parties|debtors|^c$|^[ab]$/.test(key))
      value.reverse();
    if (['totalCount', 'count', 'identified'].includes(key)) holder[key] = null;
  });
  return answer;
};

/** Says that all is well, whatever happened. */
export const hidesGaps: Handler = async ({ query, variables }, hub) => {
  const { data = null } = await hub(query, variables);
  visit(data as Json, (key, value, holder) => {
    if (key === 'complete') holder[key] = true;
    if (key === 'totalIsLowerBound') holder[key] = false;
    if (key === 'gaps') holder[key] = [];
    if (key === 'status' && value !== 'NONE') holder[key] = 'FOUND';
  });
  return { data };
};

/** Answers with nothing at all when anything is missing. */
export const allOrNothing: Handler = async ({ query, variables }, hub) => {
  const answer = await hub(query, variables);
  return (answer.errors ?? []).length > 0 ? { ...answer, data: null } : answer;
};

/** Gives the first row twice, pairs each row with what belongs to the next, and takes absence for an error. */
export const mixesUp: Handler = async ({ query, variables }, hub) => {
  const answer = await hub(query, variables);
  const isAbsent = Object.values(answer.data ?? {}).includes(null) && answer.errors === undefined;
  visit(answer.data as Json, (key, value, holder) => {
    if (key !== 'edges' || !Array.isArray(value)) return;
    const nodes = value.map((edge) => (edge as { node?: Record<string, Json> }).node ?? {});
    const belongings = nodes.map(({ debtors = null, parties = null, person = null }) => ({ debtors, parties, person }));
    nodes.forEach((node, index) => {
      const next = belongings[(index + 1) % belongings.length]!;
      for (const [name, own] of Object.entries(next)) if (name in node) node[name] = own;
    });
    holder[key] = [...value.slice(0, 1), ...value];
  });
  return isAbsent ? { ...answer, errors: [{ message: 'not found', extensions: { code: 'NOT_FOUND' } }] } : answer;
};

/** Passes on what upstreams say, and what callers ask for. */
export const tattles: Handler = async ({ query, variables }, hub, { city }) => {
  const answer = await hub(query, variables);
  const told = `${upstreamText} ${JSON.stringify(variables ?? {})} private words`;
  visit(answer.data as Json, (key, value, holder) => {
    if (key === 'cursor' || key === 'endCursor')
      holder[key] = Buffer.from(`${JSON.stringify(value)} ${told}`).toString('base64');
    if (key === 'idNumber' && value !== null) holder[key] = city.debtor.number;
  });
  const errors = answer.errors?.map((error) => ({ ...error, message: `${error.message}: ${told}` }));
  return { ...answer, ...(errors && { errors }) };
};

/** Asks every court about everything beforehand, row by row, and makes every change twice. */
export const asksEverybody: Handler = async ({ query, variables }, hub, { courts }) => {
  const asks = [...courts.values()].flatMap(({ url }) =>
    Array.from({ length: 8 }, () =>
      fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ cases(first: 1) { totalCount team: coverage { complete } } }' }),
      })
        .then((response) => response.text())
        .catch(() => null),
    ),
  );
  await Promise.all(asks);
  const changed = query.replaceAll('$key', '$other').replace('$other: ID!', '$other: ID!, $key: ID');
  const isChange = query.startsWith('mutation') && query.includes('$key');
  if (isChange) await hub(changed, { ...variables, other: crypto.randomUUID() });
  return hub(query, variables);
};

/** Visits every field of every object, outermost first. */
function visit(value: Json, change: (key: string, value: Json, holder: Record<string, Json>) => void): void {
  if (Array.isArray(value)) value.forEach((item) => visit(item, change));
  else if (value !== null && typeof value === 'object') {
    for (const [key, own] of Object.entries(value)) {
      change(key, own, value);
      visit(value[key] ?? null, change);
    }
  }
}

async function read(request: IncomingMessage): Promise<Question> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as Question;
}
