import type { IncomingMessage } from 'node:http';
import { ValueError } from '../../../common/value-error.ts';
import { Refusal } from '../../kit/http-refusal.ts';
import type { Entry } from '../load/entry.ts';
import { parseEntryLine, parseHead, type Head } from './wire.ts';

export interface Received {
  readonly head: Head;
  readonly entries: readonly Entry[];
}

/** No case of any court is longer than this, written as one line. */
const maxLineBytes = 4 * 1024 * 1024;
const maxBytes = 512 * 1024 * 1024;

/**
 * Reads a whole import from a request before any of it is stored. Throws Refusal for what is no import, naming the line and
 * never what stands in it; rejects when the stream breaks off or the signal aborts.
 */
export async function receiveImport(
  request: IncomingMessage,
  isCourt: (code: string) => boolean,
  signal: AbortSignal,
): Promise<Received> {
  // An importer that neither sends nor goes away is cut off.
  const cut = (): void => void request.destroy();
  signal.addEventListener('abort', cut, { once: true });
  try {
    return await readLines(request, isCourt, signal);
  } finally {
    // From here on the connection is needed for the answer, and perhaps for another question.
    signal.removeEventListener('abort', cut);
  }
}

async function readLines(...[request, isCourt, signal]: Parameters<typeof receiveImport>): Promise<Received> {
  let head: Head | null = null;
  const entries: Entry[] = [];
  for await (const line of linesOf(request, signal)) {
    const place: string = `line ${entries.length + (head === null ? 1 : 2)}`;
    if (head === null) {
      head = read(line, parseHead, place);
      if (!isCourt(head.court)) throw new Refusal(404, 'OTHER_COURT', 'the court of the import does not run here');
    } else {
      if (entries.length === head.entries) throw malformed(`${place}: there are more entries than the head says`);
      entries.push(read(line, parseEntryLine, place));
    }
  }
  if (head === null) throw malformed('the body is empty');
  if (entries.length < head.entries) throw malformed(`only ${entries.length} of ${head.entries} entries came`);
  return { head, entries };
}

async function* linesOf(request: IncomingMessage, signal: AbortSignal): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  let held = 0;
  let length = 0;
  // Left without `destroy`, so that a refusal can still be sent on the connection.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    signal.throwIfAborted();
    length += chunk.length;
    if (length > maxBytes) throw new Refusal(413, 'TOO_LARGE', `the import is more than ${maxBytes} bytes`);
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end >= 0; end = chunk.indexOf(0x0a, start)) {
      yield Buffer.concat([...rest, chunk.subarray(start, end)]).toString('utf8');
      rest = [];
      held = 0;
      start = end + 1;
    }
    rest.push(chunk.subarray(start));
    held += chunk.length - start;
    if (held > maxLineBytes) throw new Refusal(413, 'TOO_LARGE', `a line is more than ${maxLineBytes} bytes`);
  }
  if (held > 0) throw malformed('the last line does not end');
}

function read<Value>(line: string, parse: (json: unknown) => Value, place: string): Value {
  try {
    return parse(JSON.parse(line));
  } catch {
    // Neither the line nor what is wrong with it may be repeated: it is about people.
    throw malformed(`${place}: no such line is expected there`);
  }
}

function malformed(message: string): Refusal {
  return new Refusal(400, 'BAD_REQUEST', message);
}

/** The refusal that an import deserves whose values the court cannot read; any other error stays what it is. */
export function refusalOf(error: unknown): Refusal {
  return error instanceof ValueError ? new Refusal(422, error.code, error.message) : Refusal.of(error);
}
