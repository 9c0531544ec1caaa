/** The token that a question is shown with: the one that was given, or one of the hub's own desk. */

import { isLoopback } from '../../gateway/http/loopback.ts';
import { HubFault } from './hub.ts';
import { isObject, type JsonObject } from './json.ts';

/** The variable that holds a token: unlike an option it stands in no list of processes. */
export const tokenVariable = 'NONET_TOKEN';

/** What came of asking a hub for a token: one, or why it gives none; null where it gives none to anybody, or is not there. */
export type TokenAnswer = { readonly token: string } | { readonly problem: string } | null;

/** The token for a question to the hub at this address; null where nobody gives one. Throws HubFault for a wish refused. */
export async function tokenFor(url: string, given: string | null, timeoutMs: number): Promise<string | null> {
  if (given !== null) return given;
  const answer = await requestToken(url, {}, timeoutMs);
  if (answer !== null && 'problem' in answer) throw new HubFault(answer.problem);
  return answer?.token ?? null;
}

/** Asks the desk of a hub on this machine; other machines are not asked for anything. */
export async function requestToken(url: string, wish: JsonObject, timeoutMs: number): Promise<TokenAnswer> {
  const desk = new URL('/token', url);
  if (!isLoopback(desk.hostname.replace(/^\[|\]$/g, ''))) return null;
  try {
    const response = await fetch(desk, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(wish),
      redirect: 'error',
      signal: AbortSignal.timeout(timeoutMs),
    });
    const answer: unknown = await response.json();
    if (!isObject(answer)) return null;
    if (response.ok && typeof answer['token'] === 'string') return { token: answer['token'] };
    const [error] = Array.isArray(answer['errors']) ? (answer['errors'] as unknown[]) : [];
    const isOfDesk = response.status === 400 && isObject(error) && typeof error['message'] === 'string';
    return isOfDesk ? { problem: String(error['message']) } : null;
  } catch {
    // Whether anybody is there, and what is wrong with him, is said when he is asked.
    return null;
  }
}
