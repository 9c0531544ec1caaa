/** Takes rows out of an answer that belong to somebody else, wherever they stand: they would speak for another's case. */

import { FailedValue } from '../horizontal/failed.ts';

/** Whether anything was taken out. Rows are known by the hidden keys that they echo. */
export function dropForeign(data: unknown, hiddenKeys: readonly string[], isOwn: (key: unknown) => boolean): boolean {
  if (typeof data !== 'object' || data === null || data instanceof FailedValue) return false;
  let dropped = false;
  if (Array.isArray(data)) {
    const list = data as unknown[];
    const kept = list.filter((item) => !isForeign(item, hiddenKeys, isOwn));
    dropped = kept.length < list.length;
    if (dropped) list.splice(0, list.length, ...kept);
    for (const item of list) dropped = dropForeign(item, hiddenKeys, isOwn) || dropped;
    return dropped;
  }
  const object = data as Record<string, unknown>;
  for (const [key, value] of Object.entries(object)) {
    if (typeof value !== 'object' || value === null) continue;
    if (isForeign(value, hiddenKeys, isOwn)) {
      object[key] = undefined;
      dropped = true;
    } else {
      dropped = dropForeign(value, hiddenKeys, isOwn) || dropped;
    }
  }
  return dropped;
}

function isForeign(value: unknown, hiddenKeys: readonly string[], isOwn: (key: unknown) => boolean): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return hiddenKeys.some((name) => name in value && !isOwn((value as Record<string, unknown>)[name]));
}
