import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';

/** A whole answer before it is sent. Header names are in lower case; `gzipped` is the same body, compressed beforehand. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly gzipped?: Buffer;
}

const compress = promisify(gzip);
const compressFromBytes = 1024;

/** No other site may frame, embed, sniff or read what the door answers; there are no CORS headers on purpose. */
const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
};

/** An answer in JSON. */
export function jsonReply(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: Buffer.from(`${JSON.stringify(value)}\n`),
  };
}

/** The headers of an answer with the door's own ones added where the answer has none. */
export function headersOf(reply: Reply): Record<string, string> {
  return { ...securityHeaders, ...reply.headers };
}

/**
 * Sends an answer, compressed when the client accepts it. Whoever is still sending a body that nobody will read is
 * answered at once, its bytes are thrown away for up to `lingerMs`, and then the connection is closed.
 */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  reply: Reply,
  options: { readonly close: boolean; readonly lingerMs: number },
): Promise<void> {
  const zipped = acceptsGzip(request.headers['accept-encoding']) ? await gzippedBody(reply) : null;
  if (response.destroyed) return;
  const body = zipped ?? reply.body;
  const unread = hasBody(request) && !request.complete;
  response.writeHead(reply.status, {
    ...headersOf(reply),
    vary: 'accept-encoding',
    ...(zipped === null ? {} : { 'content-encoding': 'gzip' }),
    ...(reply.status === 304 ? {} : { 'content-length': String(body.length) }),
    ...(options.close || unread ? { connection: 'close' } : {}),
  });
  if (unread) linger(request, response, body, options.lingerMs);
  else response.end(body);
}

/** Whether an `Accept-Encoding` header allows gzip (RFC 9110 §12.5.3: an absent header or `q=0` does not). */
export function acceptsGzip(header: string | string[] | undefined): boolean {
  const weights = new Map<string, number>();
  for (const part of String(header ?? '').split(',')) {
    const [coding = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    weights.set(coding, quality === undefined ? 1 : Number(quality.slice(2)));
  }
  return (weights.get('gzip') ?? weights.get('x-gzip') ?? weights.get('*') ?? 0) > 0;
}

async function gzippedBody(reply: Reply): Promise<Buffer | null> {
  if (reply.gzipped !== undefined) return reply.gzipped;
  if (reply.body.length <= compressFromBytes) return null;
  return compress(reply.body, { level: constants.Z_BEST_SPEED });
}

function hasBody(request: IncomingMessage): boolean {
  return request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0;
}

// Closing a socket with unread bytes resets it, and the client may lose the answer: its Content-Length makes the answer
// whole for the client, while the end, which closes the connection, waits for the sender.
function linger(request: IncomingMessage, response: ServerResponse, body: Buffer, lingerMs: number): void {
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, lingerMs);
  request.once('close', end);
  response.once('close', () => clearTimeout(timer));
  response.write(body);
  request.resume();
}
