/** Takes rows out of an answer that belong to somebody else, wherever they stand: they would speak for another's case. */

import { FailedValue } from '../horizontal/failed.ts';

type Row = Readonly<Record<string, unknown>>;

/** How rows say whose they are: by the hidden keys that they echo. */
export interface Belonging {
  /** The hidden keys by which rows name their owner. */
  readonly ownerKeys: readonly string[];
  /** Of rows that are part of another (a party of its case): their key, and that of the other, which have to be the same. */
  readonly parts: readonly { readonly key: string; readonly whole: string }[];
}

/** Takes rows of other owners out; whether there were any. */
export function dropForeign(data: unknown, ownerKeys: readonly string[], isOwn: (key: unknown) => boolean): boolean {
  if (typeof data !== 'object' || data === null || data instanceof FailedValue) return false;
  let dropped = false;
  if (Array.isArray(data)) {
    const list = data as unknown[];
    const kept = list.filter((item) => !isForeign(item, ownerKeys, isOwn));
    dropped = kept.length < list.length;
    if (dropped) list.splice(0, list.length, ...kept);
    for (const item of list) dropped = dropForeign(item, ownerKeys, isOwn) || dropped;
    return dropped;
  }
  const object = data as Record<string, unknown>;
  for (const [key, value] of Object.entries(object)) {
    if (typeof value !== 'object' || value === null) continue;
    if (isForeign(value, ownerKeys, isOwn)) {
      object[key] = undefined;
      dropped = true;
    } else {
      dropped = dropForeign(value, ownerKeys, isOwn) || dropped;
    }
  }
  return dropped;
}

/** Whether a row holds parts of another one: then nobody can say whose its other values are. */
export function isMixedUp(data: unknown, parts: Belonging['parts'], around: Row = {}): boolean {
  if (typeof data !== 'object' || data === null || data instanceof FailedValue) return false;
  if (Array.isArray(data)) return data.some((item) => isMixedUp(item, parts, around));
  const row = data as Row;
  if (parts.some(({ key, whole }) => row[key] != null && around[whole] != null && row[key] !== around[whole]))
    return true;
  const inside = parts.some(({ whole }) => whole in row) ? row : around;
  return Object.values(row).some((value) => isMixedUp(value, parts, inside));
}

function isForeign(value: unknown, ownerKeys: readonly string[], isOwn: (key: unknown) => boolean): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return ownerKeys.some((name) => name in value && !isOwn((value as Row)[name]));
}
