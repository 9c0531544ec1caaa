/** How many processes share the hub's door. */

import type { Settings } from '../../settings.ts';

const most = 64;

export const workersOption = { workers: 'string' } as const;

/** For the help of a start, in its own column. */
export function workersHelp(width: number): string[] {
  return [
    `${'  --workers N'.padEnd(width)}hubs that share the port, a process each (NONET_WORKERS, 1 to ${most}, default 1: this process alone)`,
  ];
}

/** 1 where the hub is to be in the process itself. */
export function readWorkers(settings: Settings): number {
  return settings.whole({ option: 'workers', variable: 'NONET_WORKERS' }, 1, 1, most);
}
