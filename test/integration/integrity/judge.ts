/** Holds an answer that somebody spoiled against the true one: each value is right, or it is not there and that is told. */

import type { Answer } from '../../../common/wire.ts';

export interface Truth {
  /** What everybody answers. */
  readonly whole: unknown;
  /** What is left of it when the liar says nothing: its values stand for merged ones without the liar's part. */
  readonly without: unknown;
}

/** What is wrong with an answer, one sentence each; empty when nothing is. */
export function judge({ data, errors = [] }: Answer, { whole, without }: Truth, liar: string): string[] {
  const faults: string[] = [];
  const told: string[] = [];
  for (const { message, extensions = {} } of errors) {
    const { court, agency, subgraph, code, paths, courts } = extensions as Record<string, unknown>;
    const names = [court, agency, subgraph, ...((courts as unknown[] | undefined) ?? [])].filter((one) => one != null);
    if (names.length > 0 && !names.includes(liar)) faults.push(`an error about somebody else: ${message}`);
    if (names.length === 0 && code !== 'CONFLICT') faults.push(`an error about nobody: ${message}`);
    for (const path of (paths as string[] | undefined) ?? []) told.push(path);
  }
  const isTold = (path: string) => told.some((one) => isRelated(one, path));
  const compare = (now: unknown, right: unknown, less: unknown, path: string): void => {
    if (isSame(now, right)) return;
    if (isTold(path) && (now === null || isSame(now, less))) return;
    if (Array.isArray(now) && Array.isArray(right)) {
      compareLists(now, right, Array.isArray(less) ? (less as unknown[]) : [], `${path}[]`);
    } else if (isObject(now) && isObject(right)) {
      for (const [key, value] of Object.entries(right)) {
        if (notCompared.has(key)) continue;
        compare(now[key], value, isObject(less) ? less[key] : null, path === '' ? key : `${path}.${key}`);
      }
    } else {
      faults.push(`${path} is ${show(now)} and should be ${show(right)}, or null and told`);
    }
  };
  const compareLists = (now: unknown[], right: unknown[], less: unknown[], path: string): void => {
    let last = -1;
    for (const item of now) {
      const place = right.findIndex((own) => isSameOne(own, item));
      const other = less.find((own) => isSameOne(own, item));
      if (place < 0) {
        if (!isTold(path) || !isSame(item, other)) faults.push(`${path} holds a stranger: ${show(item)}`);
        continue;
      }
      if (place <= last) faults.push(`${path} is out of order, or holds something twice`);
      last = place;
      compare(item, right[place], other, path);
    }
    const missing = right.filter((own) => !now.some((item) => isSameOne(own, item)));
    if (missing.length > 0 && !isTold(path)) faults.push(`${path} lacks ${show(missing[0])}, and nobody tells`);
  };
  if (data == null) faults.push('there is no data');
  else compare(data, whole, without, '');
  return faults;
}

/** Said of the field itself, of what holds it, of what it holds, or of something beside it that it was made of. */
function isRelated(told: string, path: string): boolean {
  const [left, right] = [told.replaceAll('[]', ''), path.replaceAll('[]', '')];
  const parent = left.slice(0, Math.max(0, left.lastIndexOf('.')));
  return isWithin(right, left) || isWithin(left, right) || (parent !== '' && isWithin(right, parent));
}

function isWithin(path: string, holder: string): boolean {
  return path === holder || path.startsWith(`${holder}.`);
}

/** Coverage is judged by itself; clocks and cursors differ from answer to answer. */
const notCompared = new Set([
  'coverage',
  'totalIsLowerBound',
  'asOf',
  'elapsedMs',
  'receivedAt',
  'cursor',
  'endCursor',
  'startCursor',
]);

function isSame(left: unknown, right: unknown): boolean {
  return show(left) === show(right);
}

/** Whether two items of a list are about the same thing. */
function isSameOne(left: unknown, right: unknown): boolean {
  if (!isObject(left) || !isObject(right)) return isSame(left, right);
  if ('node' in left && 'node' in right) return isSameOne(left['node'], right['node']);
  const keys = keysOf(left);
  return keys.length > 0 ? keys.every((key) => left[key] === right[key]) : isSame(left, right);
}

/** What an item is known by: its key, or what its group has in common. */
function keysOf(item: Record<string, unknown>): string[] {
  const own = ['caseNumber', 'number', 'id', 'code'].filter((key) => key in item);
  return own.length > 0 ? own : ['stage', 'closingMode', 'month'].filter((key) => key in item);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function show(value: unknown): string {
  return JSON.stringify(value ?? null, (key, own: unknown) => (notCompared.has(key) ? undefined : own));
}
