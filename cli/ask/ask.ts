/** `nonet ask`: a question to a hub, answered for people: who answered first, then what is wrong, then the rows. */

import { readCourtRegistry } from '../../common/court-registry.ts';
import type { Answer } from '../../common/wire.ts';
import type { Command } from '../command.ts';
import { createProgress, processTerminal, type Terminal } from '../progress.ts';
import { readArguments, type AskArguments } from './arguments.ts';
import { reportCoverage } from './coverage.ts';
import { toCsv } from './csv.ts';
import { describeErrors, isRefused } from './errors.ts';
import { askHub, HubFault } from './hub.ts';
import { reportInquiries } from './inquiries.ts';
import type { JsonObject } from './json.ts';
import { describeExamples, QuestionFault, readOperation, type Operation } from './operation.ts';
import { tokenFor } from './token.ts';
import { findPaging, walkPages } from './pages.ts';
import { renderBlock } from './render.ts';
import { readPublicSchema } from './schema.ts';
import { toShapes, type Shape } from './shape.ts';
import { toBlocks } from './tables.ts';
import { readVariables } from './variables.ts';

const examples = describeExamples();
const exampleNames = examples.map(({ name }) => name).join(', ');

export const ask: Command = {
  help: [
    'Usage: nonet ask EXAMPLE|FILE|- [--var NAME=VALUE]… [--csv | --json] [--all] [--url URL] [--token TOKEN]',
    '',
    'Asks a hub, and says who answered and who did not, then what went wrong, then the rows. docs/ask.md tells all.',
    'Examples:',
    ...examples.map(({ name, about }) => `  ${name.padEnd(22)}${about}`),
    'Options:',
    '  --var NAME=VALUE       one variable of the question, read by its type: --var first=10, --var filter.courts=苏0312,苏03',
    '  --variables FILE|JSON  variables together: a file, or {"name": "王伟"}',
    '  --operation NAME       which operation of the file',
    '  --all                  every page of the connection that has $after; at most 1,000 pages',
    '  --csv                  one CSV table; coverage and errors go to standard error',
    '  --rows PATH            with --csv: one row for each of this list, such as debtors or debtors.bank.accounts',
    '  --bom                  with --csv: begin with a byte order mark, as Excel wants it',
    '  --json                 the answer as it came; coverage and errors go to standard error, too',
    '  --url URL              the hub (NONET_URL, default http://127.0.0.1:4000/graphql)',
    '  --token TOKEN          who asks (NONET_TOKEN, which no process list shows; default: one that the hub gives to this machine)',
    '  --timeout SECONDS      how long to wait for each answer (default 30)',
    'Exit: 0 complete, 1 answered with gaps or errors, 2 wrong use, 65 the question is refused, 69 no hub answers,',
    '      78 wrong address or timeout.',
  ].join('\n'),
  run: (args) =>
    runAsk(args, process.env, {
      terminal: processTerminal(),
      write: (text) => void process.stdout.write(text),
      // Unlimited where nobody looks: a file or a pager can be as wide as it needs.
      width: process.stdout.columns || Number(process.env['COLUMNS']) || Infinity,
    }),
};

/** Where the command writes: lines for people, text for programs. */
export interface Surroundings {
  readonly terminal: Terminal;
  readonly write: (text: string) => void;
  /** In columns. */
  readonly width: number;
}

/** The whole command, with its surroundings given. Resolves with the exit code. */
export async function runAsk(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  surroundings: Surroundings,
): Promise<number> {
  const wanted = readArguments(args, env, exampleNames);
  try {
    return await askAndTell(wanted, surroundings);
  } catch (error) {
    if (!(error instanceof HubFault) && !(error instanceof QuestionFault)) throw error;
    surroundings.terminal.err(`nonet ask: ${error.message}`);
    return error instanceof HubFault ? 69 : 65; // EX_UNAVAILABLE, EX_DATAERR of sysexits.h
  }
}

async function askAndTell(wanted: AskArguments, { terminal, write, width }: Surroundings): Promise<number> {
  const { form } = wanted;
  const operation = await readOperation(wanted.what, wanted.operationName);
  const schema = readPublicSchema();
  const variables = readVariables(operation, schema, { whole: wanted.variables, single: wanted.vars });
  const answer = await fetchAnswer(wanted, operation, variables, terminal);
  const writeJson = (): void => write(`${JSON.stringify(answer, null, 2)}\n`);
  if (isRefused(answer)) {
    ['nonet ask: the hub refused the question.', ...describeErrors(answer)].forEach(terminal.err);
    if (form === 'json') writeJson();
    return 65;
  }
  const data = answer.data ?? {};
  const shapes = toShapes(operation, variables, schema, data);
  // Where standard output is for a program, words for people go beside it.
  const say = form === 'table' ? terminal.out : terminal.err;
  const isComplete = tell(answer, shapes, say);
  if (form === 'json') writeJson();
  else if (form === 'csv') write(toCsv(shapes, data, wanted, say));
  else toBlocks(shapes, data).forEach((block) => terminal.out(`\n${renderBlock(block, width)}`));
  const names = Object.keys(variables);
  if (form === 'table' && names.length > 0 && Object.values(data).every((value) => value === null)) {
    terminal.out(`Ask for another with ${names.map((name) => `--var ${name}=VALUE`).join(' ')}.`);
  }
  return isComplete ? 0 : 1;
}

async function fetchAnswer(
  { url, timeoutMs, operationName, all, token: given }: AskArguments,
  operation: Operation,
  variables: JsonObject,
  terminal: Terminal,
): Promise<Answer> {
  const question = { query: operation.text, ...(operationName !== undefined && { operationName }) };
  const token = await tokenFor(url, given, timeoutMs);
  const send = (values: JsonObject) => askHub(url, { ...question, variables: values }, { token, timeoutMs });
  if (!all) return send(variables);
  const paging = findPaging(operation);
  const progress = createProgress(terminal);
  try {
    return await walkPages(paging, send, variables, (done, total) => progress.tell('Reading pages', done, total));
  } finally {
    progress.end();
  }
}

/** Coverage, then errors; whether neither has anything missing. */
function tell(answer: Answer, shapes: readonly Shape[], say: (line: string) => void): boolean {
  const courts = reportCoverage(answer, shapes, courtNames());
  const agencies = reportInquiries(answer);
  const errors = describeErrors(answer);
  [...courts.lines, ...agencies.lines, ...errors].forEach(say);
  return courts.isComplete && agencies.isComplete && errors.length === 0;
}

/** Names of courts by code, as this checkout's registry has them. */
function courtNames(): (code: string) => string | null {
  const registry = readCourtRegistry();
  return (code) => registry.courts.find((court) => court.code === code)?.name ?? null;
}
