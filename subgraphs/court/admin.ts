/** The admin door of running courts: imports come in here, from this machine alone and with the secret beside the data. */

import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deadlineHeader } from '../../common/wire.ts';
import { Refusal } from '../kit/http-refusal.ts';
import { removeAdminAddress, writeAdminAddress } from './admin/address.ts';
import { receiveImport, refusalOf } from './admin/receive.ts';
import type { Reply } from './admin/wire.ts';
import type { Court } from './program.ts';

export interface AdminOptions {
  /** The courts of this process, by code. */
  readonly courts: ReadonlyMap<string, Pick<Court, 'upsert' | 'place'>>;
  /** Beside whose data the address is kept: the directory that the courts' database, or its lock, is in. */
  readonly directory: string;
  /** Told of failures that are ours; never of rows. */
  readonly onFault?: (error: unknown) => void;
}

export interface AdminDoor {
  readonly url: string;
  /** Takes no new imports and resolves when the one under way has ended. */
  stop(): Promise<void>;
}

/** The longest that an import may take; an import names its own deadline below it. */
const maxDeadlineMs = 60 * 60 * 1000;
const lingerMs = 1_000;

/** Opens `POST /admin/import` on a free port of 127.0.0.1 and writes its address and a new secret beside the data. */
export async function serveAdmin({ courts, directory, onFault = warn }: AdminOptions): Promise<AdminDoor> {
  const secret = randomBytes(32).toString('base64url');
  const running = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const answered = respond(request, response);
    running.add(answered);
    void answered.finally(() => running.delete(answered));
  });
  server.requestTimeout = maxDeadlineMs;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/admin/import`;
  const places = Object.fromEntries([...courts].map(([code, { place }]) => [code, place]));
  const address = { url, secret, pid: process.pid, places };
  writeAdminAddress(directory, address);
  let busy = false;

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort(new Error('the importer has gone')));
    let signal = gone.signal;
    let began = false;
    try {
      check(request, secret);
      signal = AbortSignal.any([signal, AbortSignal.timeout(deadlineOf(request))]);
      // One at a time: each is held in memory as a whole.
      if (busy) throw new Refusal(409, 'BUSY', 'another import is under way', { 'retry-after': '10' });
      busy = true;
      began = true;
      await importInto(request, response, signal);
    } catch (error) {
      refuse(request, response, refusalOf(signal.aborted ? lateness(signal) : error), onFault);
    } finally {
      if (began) busy = false;
    }
  }

  async function importInto(request: IncomingMessage, response: ServerResponse, signal: AbortSignal): Promise<void> {
    const { head, entries } = await receiveImport(request, (code) => courts.has(code), signal);
    const down = (reply: Reply): void => void response.write(`${JSON.stringify(reply)}\n`);
    response.setHeader('content-type', ndjson);
    response.setHeader('cache-control', 'no-store');
    const { asOf, spoken } = head;
    const onProgress = (stored: number): void => down({ stored });
    const result = await courts.get(head.court)!.upsert({ asOf, spoken, entries }, { signal, onProgress });
    down({ result });
    response.end();
  }

  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    removeAdminAddress(directory, address);
    const closed = new Promise<void>((resolve, reject) => server.close((error) => (error ? reject(error) : resolve())));
    server.closeIdleConnections();
    await Promise.allSettled(running);
    server.closeAllConnections();
    await closed;
  }
  return { url, stop: () => (stopped ??= stop()) };
}

const ndjson = 'application/x-ndjson; charset=utf-8';

function check({ url, method, headers, socket }: IncomingMessage, secret: string): void {
  // The socket is bound to 127.0.0.1; a host name that was made to point there still has no secret.
  if (socket.remoteAddress !== '127.0.0.1') throw new Refusal(403, 'FORBIDDEN', 'this door is for this machine alone');
  if (!isSecret(headers.authorization, secret)) {
    throw new Refusal(401, 'UNAUTHORISED', 'the secret is missing or wrong', { 'www-authenticate': 'Bearer' });
  }
  if (url !== '/admin/import') throw new Refusal(404, 'NOT_FOUND', 'nothing is here; expected POST /admin/import');
  if (method !== 'POST') throw new Refusal(405, 'METHOD', 'an import comes by POST', { allow: 'POST' });
  if (!/^application\/x-ndjson\s*(;|$)/i.test(headers['content-type'] ?? '')) {
    throw new Refusal(415, 'MEDIA_TYPE', 'an import is application/x-ndjson');
  }
}

function isSecret(authorization: string | undefined, secret: string): boolean {
  const given = Buffer.from(authorization ?? '');
  const wanted = Buffer.from(`Bearer ${secret}`);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function deadlineOf({ headers }: IncomingMessage): number {
  const written = headers[deadlineHeader];
  if (written === undefined) return maxDeadlineMs;
  if (typeof written !== 'string' || !/^[1-9]\d{0,6}$/.test(written)) {
    throw new Refusal(400, 'BAD_REQUEST', `${deadlineHeader} is not an integer from 1 to 9999999`);
  }
  return Math.min(Number(written), maxDeadlineMs);
}

function lateness({ reason }: AbortSignal): unknown {
  const isLate = reason instanceof Error && reason.name === 'TimeoutError';
  return isLate ? new Refusal(504, 'DEADLINE', 'the import was not stored before its deadline') : reason;
}

/** Before anything went down, the refusal is the answer; after that it is the last line. Nobody hears it who has gone. */
function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  refusal: Refusal,
  onFault: (error: unknown) => void,
): void {
  if (response.destroyed || (request.destroyed && !request.complete)) return;
  const { status, code, message, headers } = refusal;
  if (code === 'INTERNAL') onFault(refusal.cause);
  const line = `${JSON.stringify({ error: { code, message } } satisfies Reply)}\n`;
  if (!response.headersSent) response.writeHead(status, { 'content-type': ndjson, ...headers });
  response.end(line);
  if (request.complete) return;
  // Closed at once, the connection would be reset and the refusal lost; so what still comes is thrown away for a while.
  request.resume();
  setTimeout(() => request.complete || request.destroy(), lingerMs).unref();
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : new Error(String(error)));
}
