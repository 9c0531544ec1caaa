/** Where a trail's files are: a directory for each chain, in it segments by number, and a copy of the newest head. */

import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The directory of one chain. Each hub that writes has one of its own, whatever others write beside it. */
export function chainDirectory(directory: string, name: string): string {
  return join(directory, `chain-${name}`);
}

/** The chains of a trail, by name in order; none where the directory is not there. */
export async function chainsOf(directory: string): Promise<string[]> {
  const names = await unlessAbsent(readdir(directory), []);
  const chains = names.flatMap((name) => /^chain-([A-Za-z0-9]{1,32})$/.exec(name)?.[1] ?? []);
  return chains.sort((one, other) => one.length - other.length || (one < other ? -1 : 1));
}

/** What is read, or something else where there is no such file or directory. */
export async function unlessAbsent<Read, Other>(reading: Promise<Read>, other: Other): Promise<Read | Other> {
  try {
    return await reading;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return other;
    throw error;
  }
}

/** The file of a segment, from 1 on. */
export function segmentFile(chain: string, segment: number): string {
  return join(chain, `${String(segment).padStart(6, '0')}.jsonl`);
}

/** Whether a file's name is that of a segment. */
export function isSegment(name: string): boolean {
  return /^\d{6,}\.jsonl$/.test(name);
}

/** The segments in a chain's directory, in order. */
export async function segmentsOf(chain: string): Promise<number[]> {
  const names = await readdir(chain);
  return names.flatMap((name) => (isSegment(name) ? [parseInt(name, 10)] : [])).sort((a, b) => a - b);
}

/** Where the newest head of a chain stands once more. */
export function headFile(chain: string): string {
  return join(chain, 'head.json');
}

/** Where what a start cut off is kept. */
export function cutFile(chain: string, segment: number, n: number): string {
  return join(chain, `${String(segment).padStart(6, '0')}.cut-after-${n}`);
}
