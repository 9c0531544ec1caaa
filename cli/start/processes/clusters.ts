/** New PGlites for parts that have none yet: made once and copied, since making one takes seconds and most of a gigabyte. */

import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { createPglite } from '../../../subgraphs/kit/database/pglite.ts';

/** Gives each of these directories an empty PGlite, unless it has one; `data` is this process's alone meanwhile. */
export async function makeClusters(data: string, directories: readonly string[]): Promise<void> {
  const places = directories.filter((place) => !existsSync(clusterIn(place)));
  // A single one is made by its part as well.
  if (places.length < 2) return;
  const mould = join(data, 'processes', 'mould');
  rmSync(mould, { recursive: true, force: true });
  await (await createPglite({ directory: mould })).stop();
  for (const place of places) {
    mkdirSync(place, { recursive: true, mode: 0o700 });
    // Half a copy has to stay unmistakable for a cluster; what goes by this name is cleared away by who finds it.
    const draft = `${clusterIn(place)}.unfinished`;
    rmSync(draft, { recursive: true, force: true });
    cpSync(clusterIn(mould), draft, { recursive: true });
    renameSync(draft, clusterIn(place));
  }
  rmSync(mould, { recursive: true, force: true });
}

function clusterIn(directory: string): string {
  return join(directory, 'pglite');
}
