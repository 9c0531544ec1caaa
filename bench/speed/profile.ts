/** Where a gateway's CPU goes, from V8's own profile of its process. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As V8 writes it: which node was on top at each sample, and the microseconds since the sample before. */
interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: Frame }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}
interface Frame {
  readonly functionName: string;
  readonly url: string;
}

/** A table for each profile of a directory: shares of self time by package or folder, and by function. */
export function toProfileTables(directory: string): string {
  const files = readdirSync(directory).filter((name) => name.endsWith('.cpuprofile'));
  const tables = files.sort().map((name) => {
    const frames = selfTimes(JSON.parse(readFileSync(join(directory, name), 'utf8')) as Profile);
    return [name, '', toTable(frames, placeOf, 12), '', toTable(frames, nameOf, 20)].join('\n');
  });
  return tables.join('\n\n');
}

type SelfTimes = readonly (readonly [Frame, number])[];

/** Leaves out the first third, in which a gateway starts and warms up, and idle time. */
function selfTimes({ nodes, samples, timeDeltas }: Profile): SelfTimes {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const total = timeDeltas.reduce((sum, delta) => sum + delta, 0);
  const times = new Map<Frame, number>();
  let elapsed = 0;
  samples.forEach((id, index) => {
    const delta = timeDeltas[index]!;
    elapsed += delta;
    const frame = frames.get(id)!;
    if (elapsed < total / 3 || frame.functionName === '(idle)') return;
    times.set(frame, (times.get(frame) ?? 0) + delta);
  });
  return [...times];
}

function toTable(times: SelfTimes, wordOf: (frame: Frame) => string, most: number): string {
  const total = times.reduce((sum, [, time]) => sum + time, 0);
  const sums = new Map<string, number>();
  for (const [frame, time] of times) sums.set(wordOf(frame), (sums.get(wordOf(frame)) ?? 0) + time);
  const rows = [...sums].sort(([, one], [, other]) => other - one).slice(0, most);
  const lines = rows.map(([word, time]) => `| ${word} | ${((100 * time) / total).toFixed(1)} % |`);
  return ['| self time | |', '| --- | --: |', ...lines].join('\n');
}

function nameOf(frame: Frame): string {
  const file = shortened(frame.url);
  return file === '' ? frame.functionName : `${frame.functionName || '(anonymous)'} ${file}`;
}

/** The package, or the folder of ours. */
function placeOf({ url, functionName }: Frame): string {
  const file = shortened(url);
  if (file === '') return functionName;
  if (file.startsWith('node:')) return 'node';
  return file.split('/').slice(0, 2).join('/');
}

const repository = new URL('../../', import.meta.url).href;

function shortened(url: string): string {
  const [, ofPackage] = /^.*\/node_modules\/(.+)$/.exec(url) ?? [];
  return ofPackage ?? (url.startsWith(repository) ? url.slice(repository.length) : url);
}
