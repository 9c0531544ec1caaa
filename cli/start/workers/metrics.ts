/**
 * Metrics of all workers in one answer, whichever of them is asked: each has its own series by the label `worker`, so that
 * one that is started again begins its own counters anew, and nobody else's.
 */

import cluster, { type Worker } from 'node:cluster';
import { setTimeout as pause } from 'node:timers/promises';

import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';

import type { Metrics } from '../../../gateway/operating/metrics.ts';

/** What goes between a worker and the process that started it. `id` is the worker's own, or that of the collecting. */
type Message =
  | { readonly metrics: 'wanted'; readonly id: number }
  | { readonly metrics: 'tell'; readonly id: number }
  | { readonly metrics: 'told'; readonly id: number; readonly text: string }
  | { readonly metrics: 'all'; readonly id: number; readonly text: string };

/** Who has not told by then is starting, or dying. */
const tellWithinMs = 1_000;
const answerWithinMs = 5_000;

/** The metrics of a worker, whose text is that of all workers. Once a process. */
export function shareMetrics(own: Metrics): Metrics {
  const waiting = new Map<number, (text: string) => void>();
  let asked = 0;
  process.on('message', (message: Message) => {
    if (message.metrics === 'all') waiting.get(message.id)?.(message.text);
    else if (message.metrics === 'tell')
      void own.text().then((text) => send(process, { ...message, metrics: 'told', text }));
  });
  return {
    ...own,
    async text() {
      const id = (asked += 1);
      const told = new Promise<string>((resolve) => waiting.set(id, resolve));
      send(process, { metrics: 'wanted', id });
      const late = new AbortController();
      const text = await Promise.race([told, pause(answerWithinMs, null, { signal: late.signal })]);
      late.abort();
      waiting.delete(id);
      if (text === null) throw new Error('The metrics of the workers were not told in time.');
      return text;
    },
  };
}

export interface PrimaryMetrics {
  died(): void;
  stop(): void;
}

/** Collects what workers tell for whichever of them is asked; adds what is to be told of this process itself. */
export function collectMetrics(workers: number): PrimaryMetrics {
  const registry = new Registry();
  registry.setDefaultLabels({ worker: 'primary' });
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({ name: 'nonet_workers', help: 'Hubs that are to share the port.', registers }).set(workers);
  const deaths = new Counter({
    name: 'nonet_worker_deaths_total',
    help: 'Workers that ended by themselves.',
    registers,
  });
  const collections = new Map<number, (text: string) => void>();
  let collected = 0;
  const collect = async (): Promise<string> => {
    const id = (collected += 1);
    const asked = Object.values(cluster.workers ?? {}).filter((worker) => worker?.isConnected() === true);
    const texts = [await registry.metrics()];
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, tellWithinMs);
      let missing = asked.length;
      collections.set(id, (text) => {
        texts.push(text);
        missing -= 1;
        if (missing > 0) return;
        clearTimeout(timer);
        resolve();
      });
      for (const worker of asked) send(worker!, { metrics: 'tell', id });
    });
    collections.delete(id);
    return mergedMetrics(texts);
  };
  const heard = (worker: Worker, message: Message): void => {
    if (message.metrics === 'told') collections.get(message.id)?.(message.text);
    if (message.metrics !== 'wanted') return;
    void collect().then((text) => send(worker, { metrics: 'all', id: message.id, text }));
  };
  cluster.on('message', heard);
  return { died: () => deaths.inc(), stop: () => void cluster.off('message', heard) };
}

/** Texts of several processes as one: each metric stands once, with the series of all of them. */
export function mergedMetrics(texts: readonly string[]): string {
  const families = new Map<string, string[]>();
  for (const block of texts.flatMap((text) => text.trim().split('\n\n'))) {
    const [help = '', type = '', ...series] = block.split('\n');
    const head = `${help}\n${type}`;
    families.set(head, [...(families.get(head) ?? []), ...series]);
  }
  return [...families].map(([head, series]) => [head, ...series].join('\n')).join('\n\n') + '\n';
}

/** To who is gone nothing can be told. */
function send(to: Pick<Worker, 'send'> | NodeJS.Process, message: Message): void {
  to.send?.(message, undefined, undefined, () => undefined);
}
