import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { listenAt } from '../../common/listening.ts';
import { steer } from './control.ts';
import { upstreamBaseUrls, type UpstreamName, type Upstreams } from './upstreams.ts';

/** The upstreams behind a port, each below its name. */
export interface ServedUpstreams {
  /** `http://127.0.0.1:port`; the bank is at `/bank` below it. */
  readonly url: string;
  stop(): Promise<void>;
}

/** A batch of a hundred requests is far below this. */
const maxBytes = 4 * 1024 * 1024;

/**
 * Serves upstreams on loopback, with `GET /health`, and steers them at `/behaviour` (`mocks/README.md`); one that does not pick up
 * breaks the connection off.
 */
export async function serveUpstreams(
  upstreams: Pick<Upstreams, 'fetch' | 'behave' | 'behaviourOf' | 'calls' | 'mayCallBack'>,
  { port }: { readonly port: number },
): Promise<ServedUpstreams> {
  const server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
    respond(upstreams, request, response).catch(() => response.destroy());
  });
  await listenAt(server, '127.0.0.1', port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    // Nothing of a mock is worth waiting for.
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function respond(
  upstreams: Pick<Upstreams, 'fetch' | 'behave' | 'behaviourOf' | 'calls' | 'mayCallBack'>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.url === '/health') {
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"ok","part":"mocks"}');
    return;
  }
  const body = await readBody(request);
  const steered = steer(upstreams, request.method ?? 'GET', request.url ?? '', body.toString());
  if (steered !== null) {
    response.writeHead(steered.status, { 'content-type': 'application/json' }).end(JSON.stringify(steered.body));
    return;
  }
  const [, name = '', path = ''] = /^\/(\w+)(\/.*)$/.exec(request.url ?? '') ?? [];
  if (!Object.hasOwn(upstreamBaseUrls, name)) {
    response.writeHead(404, { 'content-type': 'application/json' }).end('{"RESULT":"9404"}');
    return;
  }
  const answer = await upstreams.fetch(`${upstreamBaseUrls[name as UpstreamName]}${path}`, {
    method: request.method ?? 'GET',
    headers: { 'content-type': request.headers['content-type'] ?? 'application/json' },
    ...(body.length > 0 && { body: new Uint8Array(body) }),
  });
  response.writeHead(answer.status, Object.fromEntries(answer.headers));
  if (answer.body === null) response.end();
  else Readable.fromWeb(answer.body).pipe(response);
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > maxBytes) throw new Error('The request is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
