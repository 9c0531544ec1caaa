import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';

import { emittedDirectory } from '../../../cli/compose/compose.ts';
import { emittedGraph } from '../../../cli/start/hub.ts';
import { followGraph, readGraph } from '../../../cli/start/graph/follow.ts';
import { readCourtRegistry } from '../../../common/court-registry.ts';
import { createLog } from '../../../common/log.ts';
import type { Ask } from '../../../common/wire.ts';
import type { Graph } from '../../../gateway/graph.ts';
import { createHub, type Hub } from '../../../gateway/hub.ts';
import { createWatch } from '../../../gateway/membership/watch.ts';
import { createMetrics } from '../../../gateway/operating/metrics.ts';

const down: Ask = () => Promise.reject(new Error('nobody there'));
const registry = readCourtRegistry();

/** A hub over nobody: only its graphs are looked at. */
async function openBareHub(): Promise<Hub> {
  const agencies = new Map(['bank', 'vehicle', 'property'].map((name) => [name, down]));
  const hub = await createHub({ registry, ...emittedGraph(), courts: new Map(), agencies, command: down });
  onTestFinished(() => hub.stop());
  return hub;
}

/** Whether a graph answers no more. */
function isStopped({ apollo }: Graph): boolean {
  try {
    apollo.assertStarted('asked');
    return false;
  } catch {
    return true;
  }
}

test('a hub that was stopped while another graph was loaded stops that one too', { timeout: 60_000 }, async () => {
  const hub = await openBareHub();
  const next = await hub.load(emittedGraph());
  expect(isStopped(next)).toBe(false);
  await hub.stop();
  await expect(hub.take(next)).rejects.toThrow('The hub was stopped');
  expect(isStopped(next)).toBe(true);
});

test(
  'a graph by which the courts cannot be judged is stopped, and the one before stays',
  { timeout: 60_000 },
  async () => {
    const hub = await openBareHub();
    const directory = mkdtempSync(join(tmpdir(), 'nonet-graph-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    cpSync(fileURLToPath(emittedDirectory), directory, { recursive: true });
    const graph = await readGraph(directory);
    const lines: string[] = [];
    const asks = new Map<string, Ask>();
    const { contract, roll } = hub;
    const watch = createWatch({ roll, contract, registry, asks, personKeyMark: null });
    const loaded: Graph[] = [];
    const follower = followGraph(graph, {
      // The hub itself, with what it loads seen; and a watch that ends as it would by a fault of its own.
      hub: { ...hub, load: async (sdl) => (loaded.push(await hub.load(sdl)), loaded.at(-1)!) },
      watch: { ...watch, prepare: () => Promise.reject(new Error('no judgement')) },
      log: createLog({ name: 'hub', level: 'info', write: (line) => void lines.push(line) }),
      metrics: createMetrics(),
      everyMs: 20,
    });
    const file = join(directory, 'court.graphql');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\n# another\n`);
    await vi.waitFor(() => expect(lines.join()).toContain('the one before stays'), { timeout: 40_000, interval: 50 });
    expect(loaded.map(isStopped)).toEqual([true]);
    await follower.stop();
    watch.stop();
  },
);
