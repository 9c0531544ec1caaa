/** Within one request the same thing is fetched once at a time: who asks second waits for the first one's answer. */

import type { ResponsePath } from '../../ledger/ledger.ts';
import type { RequestContext } from '../../request-context.ts';
import type { Response } from './source.ts';
import { joinedLedger, type JoinedLedger } from './joined-ledger.ts';

/** The fetches of one request that are under way and may have twins. */
export type UnderWay = Map<string, Twin[]>;

interface Twin {
  readonly variables: string;
  readonly ledger: JoinedLedger;
  readonly response: Promise<Response>;
}

/**
 * Asks by `ask`, or waits for a twin that asks the same. What a source writes into the ledger stands there with the path of every twin.
 * Everybody gets an answer of their own.
 */
export async function askOnce(
  underWay: UnderWay,
  { twins, variables, path }: { readonly twins: string; readonly variables: object; readonly path: ResponsePath },
  context: RequestContext,
  ask: (context: RequestContext) => Promise<Response>,
): Promise<Response> {
  const asked = underWay.get(twins) ?? [];
  underWay.set(twins, asked);
  const text = JSON.stringify(variables);
  const known = asked.find((one) => one.variables === text);
  if (known) {
    known.ledger.join(path);
    return structuredClone(await known.response);
  }
  const ledger = joinedLedger(context.ledger, path);
  const own: Twin = { variables: text, ledger, response: ask({ ...context, ledger }) };
  asked.push(own);
  try {
    return await own.response;
  } finally {
    asked.splice(asked.indexOf(own), 1);
  }
}
