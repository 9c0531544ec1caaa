import { Worker } from 'node:worker_threads';
import type { GraphSources, Recomposed } from './recompose.ts';

/** Composes beside this thread; rejects when the thread itself does not do its work. */
export function recomposeAside(sources: GraphSources): Promise<Recomposed> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: sources, execArgv: [] });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (status) => reject(new Error(`The composing thread ended with status ${status}.`)));
  });
}
