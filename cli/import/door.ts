import { request, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseReply, type AdminAddress, type Head } from '../../subgraphs/court/admin/wire.ts';
import type { Batch, BatchResult } from '../../subgraphs/court/load/entry.ts';

/** The court did not say that the import is stored. */
export class DestinationFault extends Error {
  /** Whether nobody answers at the address: a court that runs would. */
  readonly isSilent: boolean;

  constructor(message: string, { isSilent = false, cause }: { isSilent?: boolean; cause?: unknown } = {}) {
    super(message, { cause });
    this.isSilent = isSilent;
  }
}

const deadlineMs = 30 * 60 * 1000;

/** Whether a court answers at its door and knows the secret; one that takes long to answer does, too. */
export async function isOpen({ url, secret }: AdminAddress): Promise<boolean> {
  try {
    const { status } = await fetch(url, {
      headers: { authorization: `Bearer ${secret}`, connection: 'close' },
      signal: AbortSignal.timeout(5_000),
    });
    // Only to who has the secret does a door say that imports come by another method.
    return status === 405;
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError';
  }
}

/** Sends an import through a running court's admin door. Rejects with DestinationFault when it was not stored. */
export async function sendThroughDoor(
  { url, secret }: AdminAddress,
  court: string,
  batch: Batch,
  onProgress: (stored: number) => void,
): Promise<BatchResult> {
  const sent = request(url, {
    method: 'POST',
    // A connection of its own: one that waited from an earlier import may be closing by now.
    agent: false,
    headers: {
      authorization: `Bearer ${secret}`,
      'content-type': 'application/x-ndjson',
      'nonet-deadline-ms': String(deadlineMs),
    },
    signal: AbortSignal.timeout(deadlineMs + 5_000),
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sent.once('response', resolve);
    sent.on('error', reject);
  });
  // A refusal comes before everything is sent: then the rest of the sending fails, and the refusal is what counts.
  const uploaded = pipeline(Readable.from(linesOf(court, batch)), sent).catch(() => undefined);
  try {
    const result = await readReplies(await answered, onProgress);
    await uploaded;
    return result;
  } catch (error) {
    if (error instanceof DestinationFault) throw error;
    const isSilent = (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';
    const problem = isSilent
      ? 'nobody answers at its admin door'
      : 'the connection to it broke off before it said that the import is stored. Import the files again: what is in already changes nothing';
    throw new DestinationFault(`The court ${court}: ${problem}.`, { isSilent, cause: error });
  }
}

function* linesOf(court: string, { asOf, spoken, entries }: Batch): Generator<string> {
  const head: Head = { court, asOf, spoken, entries: entries.length };
  yield `${JSON.stringify(head)}\n`;
  // In pieces of some size: a write for each entry would cost more than the entry.
  for (let start = 0; start < entries.length; start += 100) {
    yield entries
      .slice(start, start + 100)
      .map((entry) => `${JSON.stringify(entry)}\n`)
      .join('');
  }
}

async function readReplies(response: IncomingMessage, onProgress: (stored: number) => void): Promise<BatchResult> {
  for await (const line of createInterface({ input: response, crlfDelay: Infinity })) {
    const reply = parseReply(JSON.parse(line));
    if ('stored' in reply) onProgress(reply.stored);
    else if ('result' in reply) return reply.result;
    else
      throw new DestinationFault(`The running court refused the import: ${reply.error.message} (${reply.error.code}).`);
  }
  throw new DestinationFault(
    'The running court ended without an answer. Import the files again: what is in already changes nothing.',
  );
}
