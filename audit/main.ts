/** `npm run audit:horizontal`: audits Nonet, somebody else's gateway, or a stock one, and says what came of it. */

import 'reflect-metadata';

import { parseArgs } from 'node:util';

import { tokenFor, tokenVariable } from '../cli/ask/token.ts';
import type { Stoppable } from '../cli/start/stack.ts';
import { families, type FamilyAudit } from './audit.ts';
import { allAudits } from './audits/all.ts';
import { startHub } from './hub.ts';
import { toLine, toReport, toSummary } from './report.ts';
import { askAt, runAudits } from './run.ts';
import { startStock } from './stock.ts';
import { startWorld } from './world/world.ts';

const usage = [
  'Usage: npm run audit:horizontal -- [--url URL | --stock] [--only TEXT] [--courts N] [--report]',
  '',
  'Starts nine courts with rows of their own, audits an endpoint over them and ends with `N passed, N failed`.',
  '  (nothing)     audits Nonet itself, over the courts at any free ports',
  '  --url URL     audits the GraphQL endpoint at URL, composed over the courts at the ports of audit/registry.json; it is',
  '                shown the token in NONET_TOKEN, or without one that which a Nonet on this machine gives',
  '  --stock       audits the stock @apollo/gateway over the same courts, composed @shareable',
  `  --only TEXT   only audits whose id begins with TEXT, or of that family: ${families.join(', ')}`,
  '  --courts N    fewer courts than nine, 6 at least',
  '  --report      ends with a table by family (Markdown) before the last line',
].join('\n');

/** How long a gateway may take to answer for the first time, once its courts are there. */
const startsWithinMs = 60_000;

process.exitCode = await main().catch((error: unknown) => {
  say(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
  return 2;
});

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      stock: { type: 'boolean', default: false },
      only: { type: 'string' },
      courts: { type: 'string', default: '9' },
      report: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) {
    say(usage);
    return 0;
  }
  if (values.url !== undefined && values.stock) {
    throw new Error('--url and --stock name two endpoints; one audit is of one: leave out one of them.');
  }
  const audits = chosen(values.only);
  const started: Stoppable[] = [];
  try {
    const world = await startWorld({ isAtKnownPorts: values.url !== undefined, courts: Number(values.courts) });
    started.push(world);
    const endpoint: (Stoppable & Endpoint) | null =
      values.url === undefined ? await (values.stock ? startStock : startHub)(world) : null;
    if (endpoint) started.push(endpoint);
    const url = endpoint === null ? values.url! : new URL('/graphql', endpoint.url).href;
    await firstAnswer(url);
    const headers = endpoint === null ? await shownTo(url) : endpoint.headers;
    const results = await runAudits(url, world, {
      audits,
      headers,
      onWaiting: say,
      onResult: (result) => say(toLine(result)),
    });
    if (values.report) say(`\n${toReport(results)}\n`);
    say(toSummary(results));
    return results.some(({ failure }) => failure !== null) ? 1 : 0;
  } finally {
    for (const part of started.reverse()) await part.stop();
  }
}

interface Endpoint {
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A token for somebody's gateway, where there is one to be had. */
async function shownTo(url: string): Promise<Record<string, string>> {
  const token = await tokenFor(url, process.env[tokenVariable] ?? null, 10_000);
  return token === null ? {} : { authorization: `Bearer ${token}` };
}

function chosen(only: string | undefined): readonly FamilyAudit[] {
  if (only === undefined) return allAudits;
  const audits = allAudits.filter(({ id, family }) => id.startsWith(only) || family === only);
  if (audits.length === 0)
    throw new Error(`--only ${only} names no audit; expected an id such as ROW-01, or a family.`);
  return audits;
}

/** A gateway that is composed at its start needs the courts first, so it may come up after them. */
async function firstAnswer(url: string): Promise<void> {
  if (!URL.canParse(url))
    throw new Error(`--url ${url} is no address; expected one such as http://127.0.0.1:4000/graphql.`);
  const ask = askAt(url, AbortSignal.timeout(startsWithinMs));
  const untilMs = performance.now() + startsWithinMs;
  for (;;) {
    try {
      await ask('{ __typename }');
      return;
    } catch {
      if (performance.now() > untilMs)
        throw new Error(`${url} gave no GraphQL answer within ${startsWithinMs / 1000} s.`);
    }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
