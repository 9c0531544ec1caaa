import type { Answer, Question } from '../../common/wire.ts';
import { isObject } from './json.ts';

/** No answer could be had from the hub: it is down, late, or something else. Exit code 69 (EX_UNAVAILABLE). */
export class HubFault extends Error {}

/** A question with what a client may ask for beside it. */
export type HubQuestion = Question & { readonly extensions?: Readonly<Record<string, unknown>> };

/** Asks a hub over HTTP, with a token if there is one. Rejects with HubFault when nothing that is a GraphQL answer comes back in time. */
export async function askHub(
  url: string,
  question: HubQuestion,
  { token, timeoutMs }: { readonly token: string | null; readonly timeoutMs: number },
): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        ...(token !== null && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(question),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer = parse(await response.text());
    if (answer === null) {
      throw new HubFault(
        `what answers at ${url} (HTTP ${response.status}) is no GraphQL server. Is the address right?`,
      );
    }
    return answer;
  } catch (error) {
    if (error instanceof HubFault) throw error;
    const { name, cause } = error as Error;
    if (name === 'TimeoutError') {
      throw new HubFault(`the hub at ${url} did not answer within ${timeoutMs / 1000} s. Wait longer with --timeout.`);
    }
    const { code, message = 'no answer' } = (cause ?? {}) as Partial<NodeJS.ErrnoException>;
    throw new HubFault(
      `the hub at ${url} cannot be reached (${code ?? message}). Start it with nonet start, or say where it is: --url URL.`,
      { cause: error },
    );
  }
}

function parse(body: string): Answer | null {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) && ('data' in value || Array.isArray(value['errors'])) ? value : null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}
