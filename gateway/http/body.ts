import type { IncomingMessage } from 'node:http';
import type { Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { Refusal } from './refusals.ts';

/** Thrown when the client went away before its request was whole: nobody is left to be told. */
export class ClientGone extends Error {}

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

const example = 'Send one JSON object such as {"query": "{ courts { code name } }"}.';

/**
 * Reads a JSON object from a request. Throws a Refusal for another media type or encoding, for a body that is larger
 * than `maxBytes` before or after decompression (counted while it streams, so a bomb is never held), and for what is no
 * JSON object. Throws ClientGone when the sender leaves.
 */
export async function readJsonObject(request: IncomingMessage, maxBytes: number): Promise<Record<string, unknown>> {
  refuseOtherMediaTypes(request.headers['content-type']);
  const decoder = decoderOf(request.headers['content-encoding']);
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw tooLarge(maxBytes);
  return parseJsonObject(await collect(request, decoder, maxBytes));
}

/** Only this type is read. A form of a foreign page cannot send it without asking first, so it also guards against CSRF. */
function refuseOtherMediaTypes(contentType: string | undefined): void {
  const [essence = '', ...parameters] = (contentType ?? '').split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  if (essence === 'application/json' && (charset === undefined || /^"?utf-?8"?$/.test(charset))) return;
  throw new Refusal(
    'UNSUPPORTED_MEDIA_TYPE',
    contentType === undefined
      ? 'The request has no Content-Type. Send Content-Type: application/json.'
      : 'This Content-Type is not read here. Send Content-Type: application/json, in UTF-8.',
    { accept: 'application/json' },
  );
}

function decoderOf(encoding: string | undefined): Transform | null {
  const name = (encoding ?? 'identity').trim().toLowerCase();
  if (name === 'identity') return null;
  const decoder = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
  if (decoder !== undefined) return decoder();
  throw new Refusal(
    'UNSUPPORTED_ENCODING',
    'This Content-Encoding is not read here. Send one of gzip, deflate or br, or none.',
    { 'accept-encoding': 'gzip, deflate, br' },
  );
}

function tooLarge(maxBytes: number): Refusal {
  return new Refusal(
    'BODY_TOO_LARGE',
    `The body is larger than ${maxBytes} bytes after decompression. Send a shorter document and fewer variables.`,
  );
}

// Plain listeners instead of a pipeline: a pipeline that fails destroys the request and with it the socket, and then
// the refusal could not be sent.
function collect(request: IncomingMessage, decoder: Transform | null, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // Who left before anybody listened is not told of any more.
    if (request.destroyed) {
      reject(new ClientGone('The client left before its request was read.'));
      return;
    }
    const source = decoder ?? request;
    const chunks: Buffer[] = [];
    let sentBytes = 0;
    let bytes = 0;
    const settle = (outcome: () => void): void => {
      request.off('data', onSent).off('close', onClose);
      source.off('data', onData).off('end', onEnd);
      if (decoder !== null) {
        request.unpipe(decoder);
        decoder.destroy();
      }
      request.pause();
      outcome();
    };
    const onSent = (chunk: Buffer): void => {
      sentBytes += chunk.length;
      if (sentBytes > maxBytes) settle(() => reject(tooLarge(maxBytes)));
    };
    const onData = (chunk: Buffer): void => {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes > maxBytes) settle(() => reject(tooLarge(maxBytes)));
    };
    const onEnd = (): void => settle(() => resolve(Buffer.concat(chunks)));
    const onClose = (): void => {
      if (!request.complete) settle(() => reject(new ClientGone('The client left before its request was whole.')));
    };
    request.on('data', onSent).on('close', onClose);
    source.on('data', onData).on('end', onEnd);
    if (decoder !== null) {
      // Stays after settling: what zlib says about a stream we gave up concerns nobody.
      decoder.on('error', () => settle(() => reject(notDecodable())));
      request.pipe(decoder);
    }
  });
}

function notDecodable(): Refusal {
  return new Refusal('BODY_NOT_DECODABLE', 'The body cannot be decompressed as its Content-Encoding says it can.');
}

function parseJsonObject(bytes: Buffer): Record<string, unknown> {
  const value = parseJson(bytes);
  if (Array.isArray(value)) {
    throw new Refusal('BATCHING_REFUSED', `Several operations in one request are not taken. ${example}`);
  }
  if (typeof value !== 'object' || value === null) {
    throw new Refusal('BODY_NOT_AN_OBJECT', `The body is JSON but no object. ${example}`);
  }
  return value as Record<string, unknown>;
}

// The parser's own error repeats a piece of the body, in which an identity number may stand: only its place is told, and
// the error itself goes no further.
function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) throw new Refusal('BODY_NOT_JSON', `The body is empty. ${example}`);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Refusal('BODY_NOT_JSON', `The body is not valid UTF-8. ${example}`);
  }
  try {
    return JSON.parse(text) as unknown;
  } catch (fault) {
    const place = /at position \d+/.exec(fault instanceof Error ? fault.message : '')?.[0];
    const where = place === undefined ? '' : ` (${place})`;
    throw new Refusal('BODY_NOT_JSON', `The body is not valid JSON${where}. ${example}`);
  }
}
