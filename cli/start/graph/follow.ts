/** The graph that a hub answers by: read at its start, and followed while it runs. A bad one never goes live. */

import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';

import type { Log } from '../../../common/log.ts';
import type { GraphSdl } from '../../../gateway/graph.ts';
import type { Hub } from '../../../gateway/hub.ts';
import type { Watch } from '../../../gateway/membership/watch.ts';
import type { Metrics } from '../../../gateway/operating/metrics.ts';
import { SettingsFault } from '../../command.ts';
import { emittedDirectory } from '../../compose/compose.ts';
import { readTexts, watchFiles, type Texts } from '../file-watch.ts';
import type { Stoppable } from '../stack.ts';
import { filesOfGraph, toSources } from './sources.ts';
import { recomposeAside } from './thread.ts';

/** A graph as it was read. */
export interface ReadGraph {
  readonly directory: string;
  readonly texts: Texts;
  readonly sdl: GraphSdl;
}

/**
 * Reads what is emitted of our own programs, or composes what is in the directory; throws SettingsFault with every fault of
 * what is there.
 */
export async function readGraph(directory: string | null): Promise<ReadGraph> {
  const place = directory ?? fileURLToPath(emittedDirectory);
  const texts = await readTexts(filesOfGraph(place));
  const contractSdl = texts.get(filesOfGraph(place)[0]!) ?? '';
  if (directory !== null) return { directory, texts, sdl: await compose(directory, texts) };
  const supergraphSdl = await readFile(join(place, 'supergraph.graphql'), 'utf8');
  return { directory: place, texts, sdl: { contractSdl, supergraphSdl } };
}

export interface FollowGraphOptions {
  readonly hub: Hub;
  readonly watch: Watch;
  readonly log: Log;
  readonly metrics: Pick<Metrics, 'followed'>;
  readonly everyMs: number;
}

/** Puts another graph in force whenever the files hold one that is sound; what is not is logged with its faults. */
export function followGraph({ directory, texts: known }: ReadGraph, options: FollowGraphOptions): Stoppable {
  const { hub, watch, log, metrics, everyMs } = options;
  metrics.followed('graph', true);
  const change = async (texts: Texts): Promise<void> => {
    const graph = await hub.load(await compose(directory, texts));
    try {
      const judge = await watch.prepare(graph.contract);
      // In one turn with the graph: no request is answered by one contract with courts judged by another.
      judge();
    } catch (fault) {
      await graph.stop();
      throw fault;
    }
    const left = hub.take(graph);
    metrics.followed('graph', true);
    log.info('the contract has changed; requests that come are answered by the new one');
    left.catch((fault: unknown) => log.error('the graph before did not stop', fault));
  };
  const changed = (texts: Texts) =>
    change(texts).catch((fault: unknown) => {
      metrics.followed('graph', false);
      if (fault instanceof SettingsFault) {
        // Whoever reads the log knows which directory is followed; where that is does not belong there.
        const faults = fault.message.replaceAll(join(directory, '/'), '').split('\n');
        log.warn('the contract cannot be used; the one before stays', { faults });
      } else {
        log.error('another contract could not be loaded; the one before stays', fault);
      }
    });
  return watchFiles({ files: filesOfGraph(directory), everyMs, known, changed });
}

async function compose(directory: string, texts: Texts): Promise<GraphSdl> {
  const sources = toSources(directory, texts);
  if (!('contractSdl' in sources)) throw new SettingsFault(sources);
  const recomposed = await recomposeAside(sources);
  if (recomposed.kind === 'refused') throw new SettingsFault(recomposed.faults);
  return { contractSdl: sources.contractSdl, supergraphSdl: recomposed.supergraphSdl };
}
