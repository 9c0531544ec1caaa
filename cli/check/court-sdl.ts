/** A court's SDL: from a file, or from the running court. What else a running court is asked before it joins belongs here. */

import { readFileSync } from 'node:fs';

import { createRemote } from '../../gateway/asking/remote.ts';
import { UsageFault } from '../command.ts';

/** A running court that does not say what it serves. */
export class CourtUnavailable extends Error {}

const waitMs = 10_000;

/** Reads the SDL; throws UsageFault for a file that cannot be read, CourtUnavailable for a court that does not answer. */
export async function readCourtSdl(place: string): Promise<string> {
  if (/^https?:\/\//.test(place)) return await readRunningCourt(place);
  try {
    return readFileSync(place, 'utf8');
  } catch (error) {
    throw new UsageFault(`cannot read ${place} (${(error as NodeJS.ErrnoException).code ?? 'unreadable'}).`);
  }
}

async function readRunningCourt(url: string): Promise<string> {
  const remote = createRemote(url);
  try {
    const { data } = await remote.ask({ query: '{ _service { sdl } }' }, AbortSignal.timeout(waitMs));
    const sdl = (data?.['_service'] as { readonly sdl?: unknown } | null | undefined)?.sdl;
    if (typeof sdl === 'string') return sdl;
  } catch {
    throw new CourtUnavailable(`${url} does not answer. Is the court running, and is this the address of its GraphQL?`);
  } finally {
    await remote.stop();
  }
  throw new CourtUnavailable(`${url} does not answer { _service { sdl } } as a federation subgraph does.`);
}
