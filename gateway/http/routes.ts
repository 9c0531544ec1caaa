import type { IncomingMessage } from 'node:http';
import type { RequestRecord } from '../operating/record.ts';
import { isLoopbackAuthority } from './loopback.ts';
import type { Reply } from './reply.ts';
import { Refusal } from './refusals.ts';

/** One address of the door: the single method that it takes (GET also answers HEAD), and what whoever tries another is told. */
export interface Route {
  readonly method: 'GET' | 'POST';
  readonly usage: string;
  answer(request: IncomingMessage, signal: AbortSignal, record: RequestRecord): Reply | Promise<Reply>;
}

/** The path that a request names, without its query. */
export function pathOf({ url }: IncomingMessage): string {
  return url?.split('?', 1)[0] ?? '';
}

/** Answers a request by its path. Throws a Refusal for a foreign host where the door is closed to others, an unknown path and a wrong method, in this order. */
export async function answerByPath(
  { routes, isOpen = false }: { readonly routes: ReadonlyMap<string, Route>; readonly isOpen?: boolean },
  request: IncomingMessage,
  signal: AbortSignal,
  record: RequestRecord,
): Promise<Reply> {
  if (!isOpen && !isLoopbackAuthority(request.headers.host)) {
    throw new Refusal('FOREIGN_HOST', 'This hub answers as localhost, 127.0.0.1 or [::1] only. Ask it by such a name.');
  }
  const path = pathOf(request);
  const route = routes.get(path);
  if (route === undefined) {
    const known = [...routes.keys()].filter((address) => !address.startsWith('/explorer/')).join(', ');
    throw new Refusal('NOT_FOUND', `There is nothing at this path. There is something at: ${known}.`);
  }
  const methods = route.method === 'GET' ? ['GET', 'HEAD'] : [route.method];
  if (!methods.includes(request.method ?? '')) {
    throw new Refusal('METHOD_NOT_ALLOWED', `${path} does not take this method. ${route.usage}`, {
      allow: methods.join(', '),
    });
  }
  return route.answer(request, signal, record);
}
