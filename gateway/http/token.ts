import type { IncomingMessage } from 'node:http';
import { ValueError } from '../../common/value-error.ts';
import type { TokenDesk } from '../viewer/token-desk.ts';
import { readJsonObject } from './body.ts';
import { isLoopback } from './loopback.ts';
import { jsonReply } from './reply.ts';
import type { Reply } from './reply.ts';
import { Refusal } from './refusals.ts';

const mostBytes = 16 * 1024;

/** What proxies add to the requests that they pass on. */
const proxyHeaders = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'];

/**
 * Throws a Refusal for a request that a proxy passed on: it comes from this machine, whoever sent it, and whoever is given a
 * token is whom he likes.
 */
function refuseProxied({ headers }: IncomingMessage): void {
  const added = proxyHeaders.find((name) => headers[name] !== undefined);
  if (added === undefined) return;
  throw new Refusal(
    'BEHIND_PROXY',
    `A proxy passed this request on (it has a header ${added}). Tokens are given to this machine only; a hub behind a proxy needs an issuer: start it with --issuer, --audience and --jwks.`,
  );
}

/** Answers `POST /token` to whoever sits at this machine; no page of another origin can send what it takes. */
export async function answerToken(request: IncomingMessage, desk: TokenDesk): Promise<Reply> {
  if (!isLoopback(request.socket.remoteAddress ?? '')) {
    throw new Refusal('LOCAL_ONLY', 'Tokens are given to this machine only.');
  }
  refuseProxied(request);
  const wish = await readJsonObject(request, mostBytes);
  try {
    const { token, expiresInSeconds } = await desk.issue(wish);
    return jsonReply(200, { token, expiresInSeconds });
  } catch (error) {
    if (error instanceof ValueError) throw new Refusal('NO_SUCH_VIEWER', `${error.message}.`);
    throw error;
  }
}
