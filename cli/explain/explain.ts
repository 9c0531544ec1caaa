/** `nonet explain`: whom a question would ask, whom not and why, how much at most; and, when it is run, what happened. */

import type { Answer } from '../../common/wire.ts';
import type { Account } from '../../gateway/explain/account.ts';
import type { Surroundings } from '../ask/ask.ts';
import { describeErrors, isRefused } from '../ask/errors.ts';
import { hubOptions, readHubArguments } from '../ask/hub-options.ts';
import { askHub, HubFault } from '../ask/hub.ts';
import { isObject } from '../ask/json.ts';
import { describeExamples, QuestionFault, readOperation } from '../ask/operation.ts';
import { renderBlock } from '../ask/render.ts';
import { readPublicSchema } from '../ask/schema.ts';
import { tokenFor } from '../ask/token.ts';
import { readVariables } from '../ask/variables.ts';
import type { Command } from '../command.ts';
import { parseOptions } from '../options.ts';
import { processTerminal } from '../progress.ts';
import { summaryOf } from './summary.ts';
import { tablesOf } from './tables.ts';

const examples = describeExamples().map(({ name }) => name);

export const explain: Command = {
  help: [
    'Usage: nonet explain EXAMPLE|FILE|- [--var NAME=VALUE]… [--run] [--json] [--url URL] [--token TOKEN]',
    '',
    'Says which courts and agencies a question asks, which it does not ask and why, and how many calls and rows it',
    'takes at most. Nobody is asked for that but the hub. docs/explain.md tells all.',
    `Examples: ${examples.join(', ')}.`,
    'Options:',
    '  --run                  ask the question, too, and say beside it what happened',
    '  --var NAME=VALUE       one variable of the question, read by its type, as in nonet ask',
    '  --variables FILE|JSON  variables together',
    '  --operation NAME       which operation of the file',
    '  --json                 what the hub says, as it came; errors go to standard error',
    '  --url URL              the hub (NONET_URL, default http://127.0.0.1:4000/graphql)',
    '  --token TOKEN          who asks (NONET_TOKEN; default: one that the hub gives to this machine)',
    '  --timeout SECONDS      how long to wait for the answer (default 30)',
    'Exit: 0 explained, 1 explained, with errors, 2 wrong use, 65 the question is refused, 69 no hub answers,',
    '      78 wrong address or timeout.',
  ].join('\n'),
  run: (args) =>
    runExplain(args, process.env, {
      terminal: processTerminal(),
      write: (text) => void process.stdout.write(text),
      width: process.stdout.columns || Number(process.env['COLUMNS']) || Infinity,
    }),
};

/** The whole command, with its surroundings given. Resolves with the exit code. */
export async function runExplain(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  surroundings: Surroundings,
): Promise<number> {
  const options = { ...hubOptions, json: { type: 'boolean' }, run: { type: 'boolean' } } as const;
  const { values, positionals } = parseOptions(args, options, 'what to explain');
  const wanted = readHubArguments(positionals, values, env, { examples: examples.join(', '), verb: 'explain' });
  const { terminal, write, width } = surroundings;
  try {
    const operation = await readOperation(wanted.what, wanted.operationName);
    const given = { whole: wanted.variables, single: wanted.vars };
    const variables = readVariables(operation, readPublicSchema(), given);
    const { text: query, definition } = operation;
    const operationName = wanted.operationName ?? definition.name?.value;
    const extensions = { explain: values.run ? 'RESULT' : 'PLAN' };
    const question = { query, variables, ...(operationName !== undefined && { operationName }), extensions };
    const { url, timeoutMs } = wanted;
    const token = await tokenFor(url, wanted.token, timeoutMs);
    const answer = await askHub(url, question, { token, timeoutMs });
    const account = accountIn(answer);
    if (!account || isRefused(answer)) {
      if (!account && !isRefused(answer)) throw new HubFault(`the hub at ${url} does not explain questions.`);
      ['nonet explain: the hub refused the question.', ...describeErrors(answer)].forEach(terminal.err);
      if (values.json && account) write(`${JSON.stringify(account, null, 2)}\n`);
      return 65;
    }
    const errors = describeErrors(answer);
    if (values.json) {
      write(`${JSON.stringify(account, null, 2)}\n`);
      errors.forEach(terminal.err);
    } else {
      [...summaryOf(account), ...errors].forEach(terminal.out);
      for (const table of tablesOf(account)) terminal.out(`\n${renderBlock(table, width)}`);
    }
    return errors.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof HubFault) && !(error instanceof QuestionFault)) throw error;
    terminal.err(`nonet explain: ${error.message}`);
    return error instanceof HubFault ? 69 : 65; // EX_UNAVAILABLE, EX_DATAERR of sysexits.h
  }
}

/** What the hub says; null when what answers knows nothing of explaining. */
function accountIn({ extensions }: Answer): Account | null {
  const account = extensions?.['explain'];
  return isAccount(account) ? account : null;
}

function isAccount(value: unknown): value is Account {
  return isObject(value) && Array.isArray(value['steps']) && isObject(value['totals']);
}
