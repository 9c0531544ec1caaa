/** What every command that asks a hub is told: the question, its variables, and where the hub is. */

import { SettingsFault, UsageFault } from '../command.ts';
import type { OptionValues } from '../options.ts';
import { tokenVariable } from './token.ts';

export interface HubArguments {
  /** An example's name, a file, or `-`. */
  readonly what: string;
  readonly operationName: string | undefined;
  readonly variables: string | undefined;
  readonly vars: readonly string[];
  readonly url: string;
  /** Shown with the question; null for one that the hub gives. */
  readonly token: string | null;
  readonly timeoutMs: number;
}

export const hubOptions = {
  variables: { type: 'string' },
  var: { type: 'string', multiple: true },
  operation: { type: 'string' },
  url: { type: 'string' },
  token: { type: 'string' },
  timeout: { type: 'string' },
} as const;

/** The hub's own limit is 15 s; a page walked on a busy machine may take that. */
const defaultTimeoutS = 30;

/** Reads them; throws UsageFault unless one thing is named, and SettingsFault for a wrong address or timeout. */
export function readHubArguments(
  positionals: readonly string[],
  values: OptionValues<typeof hubOptions>,
  env: NodeJS.ProcessEnv,
  { examples, verb }: { readonly examples: string; readonly verb: string },
): HubArguments {
  const [what] = positionals;
  if (what === undefined || positionals.length > 1) {
    throw new UsageFault(`name one thing to ${verb}: an example (${examples}), a file, or - for standard input.`);
  }
  const faults: string[] = [];
  const url = readUrl(values.url === undefined ? 'NONET_URL' : '--url', values.url ?? env['NONET_URL'], faults);
  const token = readToken(values.token ?? env[tokenVariable], faults);
  const timeout = values.timeout ?? String(defaultTimeoutS);
  if (!/^\d+(?:\.\d+)?$/.test(timeout) || Number(timeout) <= 0 || Number(timeout) > 3600) {
    faults.push(`--timeout is "${timeout}"; it has to be a number of seconds up to 3600.`);
  }
  if (faults.length > 0) throw new SettingsFault(faults);
  return {
    what,
    operationName: values.operation,
    variables: values.variables,
    vars: values.var ?? [],
    url,
    token,
    timeoutMs: Math.ceil(Number(timeout) * 1000),
  };
}

/** Bearer tokens by https://www.rfc-editor.org/rfc/rfc6750#section-2.1; the text is a secret and not repeated. */
function readToken(text: string | undefined, faults: string[]): string | null {
  if (text === undefined || text === '') return null;
  if (!/^[\w.~+/-]+=*$/.test(text))
    faults.push(`--token (${tokenVariable}) is no token; give it as nonet token prints it.`);
  return text;
}

/** The address of a hub; anything else is a fault. */
export function readUrl(name: string, given: string | undefined, faults: string[]): string {
  const text = given === undefined || given === '' ? 'http://127.0.0.1:4000/graphql' : given;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    faults.push(`${name} has to be an address such as http://127.0.0.1:4000/graphql, without a user in it.`);
    return text;
  }
  if (url.pathname === '/') url.pathname = '/graphql';
  return url.href;
}
