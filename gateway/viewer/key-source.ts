/** Where an issuer shows its keys: at an address, or in a file that somebody brings over. */

import { readFile } from 'node:fs/promises';

/** Keys are small; whatever is larger than this is something else. */
const mostBytes = 256 * 1024;

/** Reads a key set over HTTP. What the source says in its own words is not repeated. */
export async function readAtAddress(url: URL, signal: AbortSignal): Promise<unknown> {
  const headers = { accept: 'application/jwk-set+json, application/json' };
  const response = await fetch(url, { headers, redirect: 'error', signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    const { cause } = error as { readonly cause?: Partial<NodeJS.ErrnoException> };
    throw new Error(`the address of the keys cannot be reached (${cause?.code ?? 'no answer'}).`, { cause: error });
  });
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel();
    throw new Error(`the address of the keys answers with HTTP ${response.status}.`);
  }
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > mostBytes) throw new Error(`the address of the keys gives more than ${mostBytes} bytes.`);
  }
  return parsed(Buffer.concat(chunks).toString('utf8'));
}

/** Reads a key set in a file; another that takes its place is read at the next reading. */
export async function readInFile(path: string, signal: AbortSignal): Promise<unknown> {
  const text = await readFile(path, { encoding: 'utf8', signal }).catch((error: unknown) => {
    signal.throwIfAborted();
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`the file of the keys cannot be read (${code ?? 'unknown'}).`, { cause: error });
  });
  return parsed(text);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new Error('what is there in place of the keys is no JSON.', { cause });
  }
}
