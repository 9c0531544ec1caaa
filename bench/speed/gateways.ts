/** Who is measured, and with which question. */

import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { startPinned } from './pin.ts';
import type { Scenario } from './scenarios.ts';
import type { Setting } from './setting.ts';
import { agencies } from './world/table.ts';

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
  /** Packages that may be missing; without them the row is left out. */
  readonly isInstalled?: boolean;
  readonly start: (setting: Setting, node: readonly string[]) => ChildProcess;
}

/** Whether `npm ci --prefix bench/mercurius --ignore-scripts` was run. */
export const hasMercurius = existsSync(new URL('../mercurius/node_modules/@mercuriusjs/gateway', import.meta.url));

const withOneCourt = ['one'] as const;
const withNine = ['nine', 'skewed', 'late'] as const;

const top = { asks: 'page' } as const;
const six = { rowsOfEach: 6 } as const;
const fifty = { rowsOfEach: 50 } as const;
const notTheTop = 'nine root fields × 6 rows: as large an answer, and not the true 50';
const clientMerges = 'nine root fields × 50 rows: the client has to merge';

/** As `deploy/` starts the hub; everybody who is tuned gets it too, and so does what is written by hand. */
const young = '--max-semi-space-size=32';

/** A hub keeps its heap at rest by itself (decision 0062). All rest between their rounds, so those who are tuned get that as well. */
const tunedNode = [young, '--no-memory-reducer'];

export const gateways: readonly Gateway[] = [
  nonetOf('Nonet', 'nonet', '.'),
  ...besideEachOther('@apollo/gateway, as it comes', 'apollo-stock', overSupergraph('apollo.js', ['stock'])),
  ...besideEachOther('@apollo/gateway, undici data source', 'apollo-undici', overSupergraph('apollo.js', ['undici'])),
  ...besideEachOther(
    'Hive Gateway, JS planner, as it comes',
    'hive-js-stock',
    overSupergraph('hive.js', ['js', 'stock']),
  ),
  ...besideEachOther(
    'Hive Gateway, Rust planner, as it comes',
    'hive-rust-stock',
    overSupergraph('hive.js', ['rust', 'stock']),
  ),
  ...besideEachOther('Hive Gateway, JS planner, tuned', 'hive-js-tuned', overSupergraph('hive.js', ['js', 'tuned'])),
  ...besideEachOther(
    'Hive Gateway, Rust planner, tuned',
    'hive-rust-tuned',
    overSupergraph('hive.js', ['rust', 'tuned']),
  ),
  ...besideEachOther('Mercurius', 'mercurius', ({ servicesFile }, node) =>
    startPinned('gateway', 'bench/mercurius/serve.js', [servicesFile], { node }),
  ).map((gateway) => ({ ...gateway, note: `${gateway.note}; graphql 16.14`, isInstalled: hasMercurius })),
  withScatter('Hive Gateway, JS planner, tuned, our scatter', 'hive-js-scatter', 'js'),
  withScatter('Hive Gateway, Rust planner, tuned, our scatter', 'hive-rust-scatter', 'rust'),
  byHand('full', [...withOneCourt, ...withNine], 'the limit: no schema, no checks, 50 rows of each court'),
  byHand('adaptive', withNine, 'the limit: 14 rows of each court, and more of those that run dry'),
];

/** The Nonet of another checkout. */
export function besideOurs(directory: string): Gateway {
  return nonetOf(`Nonet of ${directory}`, besideId, directory);
}

export const besideId = 'beside';

function nonetOf(name: string, id: string, directory: string): Gateway {
  return {
    name,
    id,
    note: '`nonet start gateway`, all of the hub switched on; log to /dev/null',
    scenarios: [...withOneCourt, ...withNine],
    ...top,
    start: ({ registryFile, issuerArgs, addresses }, node) => {
      const agencyUrls = agencies.flatMap((name) => [`--${name}-url`, addresses[name]!]);
      const args = [
        'start',
        'gateway',
        '--port',
        '0',
        '--registry',
        registryFile,
        '--data',
        dirname(registryFile),
        '--trail',
        join(dirname(registryFile), `trail-of-${id}`),
        ...issuerArgs,
        ...agencyUrls,
      ];
      // Nobody asks for task forces.
      return startPinned(
        'gateway',
        join(directory, 'cli/nonet.js'),
        [...args, '--command-url', 'http://127.0.0.1:9/graphql'],
        {
          node: [young, ...node],
        },
      );
    },
  };
}

const tuned: ReadonlySet<string> = new Set(['undici', 'tuned']);

function overSupergraph(file: string, args: readonly string[]): Gateway['start'] {
  return ({ supergraphFile }, node) =>
    startPinned('gateway', `bench/speed/gateways/${file}`, [supergraphFile, ...args], {
      node: args.some((arg) => tuned.has(arg)) ? [...tunedNode, ...node] : node,
    });
}

/** The rows of a gateway that has courts side by side only. */
function besideEachOther(name: string, id: string, start: Gateway['start']): Gateway[] {
  return [
    { name, id, note: 'court and agencies composed as usual', scenarios: withOneCourt, ...top, start },
    { name: `${name} × 6`, id: `${id}-6`, note: notTheTop, scenarios: ['nine'], asks: six, start },
    { name: `${name} × 50`, id: `${id}-50`, note: clientMerges, scenarios: ['nine'], asks: fifty, start },
  ];
}

function withScatter(name: string, id: string, planner: string): Gateway {
  return {
    name,
    id,
    note: 'undici everywhere, and `nonet serve city` as a plugin in its process',
    scenarios: withNine,
    ...top,
    start: ({ settingFile, registryFile }, node) =>
      startPinned('gateway', 'bench/speed/gateways/hive.js', [settingFile, planner, 'tuned', registryFile], {
        node: [...tunedNode, ...node],
      }),
  };
}

function byHand(pages: 'full' | 'adaptive', scenarios: Gateway['scenarios'], note: string): Gateway {
  return {
    name: `written by hand, ${pages} pages`,
    id: `by-hand-${pages}`,
    note,
    scenarios,
    ...top,
    start: ({ settingFile }, node) =>
      startPinned('gateway', 'bench/speed/gateways/by-hand.ts', [settingFile, pages], {
        node: [...tunedNode, ...node],
      }),
  };
}
