import { join } from 'node:path';

import { DatabaseError } from '../../../subgraphs/kit/database/error.ts';
import { lockDirectory } from '../../../subgraphs/kit/database/lock.ts';
import type { Stoppable } from '../stack.ts';

/** Takes a city's data directory for this start until it stops; who has it already is told with the setting that names it. */
export async function lockData(data: string): Promise<Stoppable> {
  const lock = await lockDirectory(join(data, 'processes')).catch((error: unknown) => {
    if (!(error instanceof DatabaseError) || error.code !== 'DATABASE_LOCKED') throw error;
    throw new Error(`--data (NONET_DATA) is ${data}, and ${error.message}`, { cause: error });
  });
  return {
    stop() {
      lock.release();
      return Promise.resolve();
    },
  };
}
