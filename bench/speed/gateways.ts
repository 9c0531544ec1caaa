/** Who is measured, and with which question. */

import type { ChildProcess } from 'node:child_process';

import { startPinned } from './pin.ts';
import type { Scenario } from './scenarios.ts';
import type { Setting } from './setting.ts';

export interface Gateway {
  /** Its name in tables. */
  readonly name: string;
  /** Its name in `--only`. */
  readonly id: string;
  /** What is to be known of the row. */
  readonly note: string;
  readonly scenarios: readonly Scenario['name'][];
  /** One page of one global order; or so many rows of each court, from whom cannot merge courts. */
  readonly asks: 'page' | { readonly rowsOfEach: number };
  readonly start: (setting: Setting, node: readonly string[]) => ChildProcess;
}

const withOneCourt = ['one'] as const;
const withNine = ['nine', 'skewed', 'late'] as const;

const top = { asks: 'page' } as const;
const six = { rowsOfEach: 6 } as const;
const fifty = { rowsOfEach: 50 } as const;
const notTheTop = 'nine root fields × 6 rows: as large an answer, and not the true 50';
const clientMerges = 'nine root fields × 50 rows: the client has to merge';

export const gateways: readonly Gateway[] = [
  {
    name: 'Nonet',
    id: 'nonet',
    note: '`nonet start gateway`, all of the hub switched on; log to /dev/null',
    scenarios: [...withOneCourt, ...withNine],
    ...top,
    start: ({ registryFile, addresses }, node) =>
      startPinned(
        'gateway',
        [
          ...['start', 'gateway', '--port', '0', '--registry', registryFile],
          ...['bank', 'vehicle', 'property'].flatMap((name) => [`--${name}-url`, addresses[name]!]),
          // Nobody asks for task forces.
          ...['--command-url', 'http://127.0.0.1:9/graphql'],
        ],
        { script: 'cli/nonet.js', node },
      ),
  },
  ...apollo('stock', 'as it comes'),
  ...apollo('undici', 'undici data source'),
  {
    name: 'written by hand, full pages',
    id: 'by-hand-full',
    note: 'the limit: no schema, no checks, 50 rows of each court',
    scenarios: [...withOneCourt, ...withNine],
    ...top,
    start: ({ settingFile }, node) =>
      startPinned('gateway', ['./speed/gateways/by-hand.ts', settingFile, 'full'], { node }),
  },
  {
    name: 'written by hand, adaptive pages',
    id: 'by-hand-adaptive',
    note: 'the limit: 14 rows of each court, and more of those that run dry',
    scenarios: withNine,
    ...top,
    start: ({ settingFile }, node) =>
      startPinned('gateway', ['./speed/gateways/by-hand.ts', settingFile, 'adaptive'], { node }),
  },
];

function apollo(kind: 'stock' | 'undici', how: string): Gateway[] {
  const start: Gateway['start'] = ({ supergraphFile }, node) =>
    startPinned('gateway', ['./speed/gateways/apollo.ts', supergraphFile, kind], { node });
  return besideEachOther({ name: `@apollo/gateway, ${how}`, id: `apollo-${kind}`, start });
}

/** The rows of a gateway that has courts side by side only. */
function besideEachOther({ name, id, start }: Pick<Gateway, 'name' | 'id' | 'start'>): Gateway[] {
  return [
    { name, id, note: 'court and agencies composed as usual', scenarios: withOneCourt, ...top, start },
    { name: `${name} × 6`, id: `${id}-6`, note: notTheTop, scenarios: ['nine'], asks: six, start },
    { name: `${name} × 50`, id: `${id}-50`, note: clientMerges, scenarios: ['nine'], asks: fifty, start },
  ];
}
