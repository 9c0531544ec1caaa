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
const oneCourt: Handler = ({ query, variables }, _, { city, direct }) => direct.get(city.codes[0]!)!(query, variables);

/** Puts rows and lists in another order than asked for, and counts nothing. */
const concatenates: Handler = async ({ query, variables }, hub) => {
  const answer = await hub(query, variables);
  visit(answer.data as Json, (key, value, holder) => {
    if (Array.isArray(value) && /edges|cases|names|by[A-Z]|theirs|parties|debtors|^c$|^[ab]$/.test(key))
      value.reverse();
    if (['totalCount', 'count', 'identified'].includes(key)) holder[key] = null;
  });
  return answer;
};

/** Says that all is well, whatever happened. */
const hidesGaps: Handler = async ({ query, variables }, hub) => {
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
const allOrNothing: Handler = async ({ query, variables }, hub) => {
  const answer = await hub(query, variables);
  return (answer.errors ?? []).length > 0 ? { ...answer, data: null } : answer;
};

/** Gives the first row twice, pairs each row with what belongs to the next, and takes absence for an error. */
const mixesUp: Handler = async ({ query, variables }, hub) => {
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
const tattles: Handler = async ({ query, variables }, hub, { city }) => {
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
const asksEverybody: Handler = async ({ query, variables }, hub, { courts }) => {
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
  const keys = Object.keys(variables ?? {}).filter((name) => ['key', 'a', 'b'].includes(name));
  if (query.startsWith('mutation') && keys.length > 0) {
    await hub(query, { ...variables, ...Object.fromEntries(keys.map((name) => [name, crypto.randomUUID()])) });
  }
  return hub(query, variables);
};

/** Each flaw with audits that have to notice it: none that another endpoint shows better, none that waits for hanging courts. */
export const wrongEndpoints: readonly (readonly [flaw: string, handler: Handler, audits: string])[] = [
  [
    'gives one court’s answers as those of all',
    oneCourt,
    `ROW-01 ROW-02 ROW-04 ROW-05 ROW-06 ROW-07 ROW-09 ROW-10 ROW-11 ROW-12 ROW-13 ROW-14 PAG-01 PAG-02 PAG-03 PAG-13 PAG-14
      TOT-01 TOT-02 TOT-03 TOT-05 TOT-06 TOT-07 TOT-08 TOT-09 MRG-06 MRG-08 ENT-03 ENT-04 ENT-05 NST-03 NST-04 NST-07 NST-08
      COV-01 COV-02 COV-03 COV-05 COV-06 COV-09 COV-10 COV-13 FLT-03 FLT-09 FLT-10 MUT-01 MUT-03 MUT-06 MUT-07 MUT-08 MUT-09
      DRF-01 DRF-02 DRF-03 DRF-04 DRF-05 DRF-06 DRF-07 DRF-08 DRF-09 DRF-10 DRF-11 DRF-12`,
  ],
  [
    'puts answers one behind the other, in no order, and counts nothing',
    concatenates,
    `ROW-15 ORD-01 ORD-02 ORD-03 ORD-04 ORD-05 ORD-06 ORD-07 ORD-08 ORD-09 ORD-10 ORD-11 PAG-04 PAG-05 PAG-06 TOT-01
      TOT-04 TOT-06 TOT-10 MRG-01 MRG-02 MRG-03 MRG-04 MRG-05 MRG-07 MRG-09 MRG-11 MRG-12 MRG-13 ENT-09 NST-01 NST-02 NST-09
      FLT-26`,
  ],
  [
    'hides what is missing or wrong',
    hidesGaps,
    `ROW-08 PAG-07 PAG-08 PAG-09 PAG-10 TOT-04 TOT-10 MRG-10 MRG-12 ENT-08 COV-08 COV-11 COV-12 COV-14 FLT-01 FLT-02 FLT-04
      FLT-05 FLT-06 FLT-07 FLT-08 FLT-11 FLT-12 FLT-19 FLT-20 FLT-21 FLT-22 FLT-23 FLT-15 FLT-24 FLT-27 MUT-03 MUT-05 MUT-10`,
  ],
  [
    'answers with nothing at all when anything is missing',
    allOrNothing,
    'TOT-04 TOT-10 NST-08 COV-08 FLT-01 FLT-07 FLT-11 FLT-13 FLT-16 FLT-23 MUT-10',
  ],
  ['passes on what upstreams and callers say', tattles, 'PAG-11 ENT-06 ENT-08 FLT-14 FLT-23'],
  [
    'asks everybody, again and again, and changes twice',
    asksEverybody,
    'NST-05 NST-06 NST-10 COV-04 COV-07 MUT-02 MUT-04 MUT-06',
  ],
  [
    'gives rows twice, pairs them with what belongs to others, and takes absence for an error',
    mixesUp,
    'ROW-01 ROW-03 PAG-02 PAG-12 ENT-01 ENT-02 ENT-07 NST-01 NST-11 FLT-17 FLT-18 FLT-25',
  ],
];

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
