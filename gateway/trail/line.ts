/** A line of the trail: one JSON object that names its place in the chain and the hash of the line before it. */

import { hash } from 'node:crypto';

/** What lines are chained by. SM3 is GB/T 32905. */
export const chainHashes = ['sha256', 'sm3'] as const;
export type ChainHash = (typeof chainHashes)[number];

/** `segment` opens a file, `head` is signed, `mended` tells what was cut off at a start, `record` is a question to an agency, or a change. */
export const lineKinds = ['segment', 'head', 'mended', 'record'] as const;
export type LineKind = (typeof lineKinds)[number];

/** The place of a line. */
export interface LinePlace {
  readonly kind: LineKind;
  /** From 1 on, through all segments of a chain. */
  readonly n: number;
  /** The hash of the line before it; empty before the first. */
  readonly prev: string;
}

/** Where a chain ends: how many lines it has, and the hash of the last. */
export interface ChainEnd {
  readonly n: number;
  readonly prev: string;
}

/** The hash of a line, without the line's end, in base64url. */
export function hashOfLine(name: ChainHash, line: string | Uint8Array): string {
  return hash(name, line, 'base64url');
}

/** A line whose other fields are these, already in JSON: `"a":1,"b":2`. Without a line's end. */
export function toLine(kind: LineKind, { n, prev }: ChainEnd, fields: string): string {
  return `{"kind":"${kind}","n":${n + 1},"prev":"${prev}",${fields}}`;
}

/** The fields of an object as they stand in a line. */
export function toFields(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(fields).slice(1, -1);
}

/** The place of a line as it stands there; null where the text does not begin as a line does. */
export function placeOfLine(line: string): LinePlace | null {
  const [, kind, n, prev] = start.exec(line) ?? [];
  const known = lineKinds.find((one) => one === kind);
  return known === undefined || n === undefined || prev === undefined ? null : { kind: known, n: Number(n), prev };
}

const start = /^\{"kind":"([a-z]+)","n":([1-9]\d{0,15}),"prev":"([A-Za-z0-9_-]{43}|)",/;

/** The fields of a line; null where it is no JSON object. */
export function fieldsOfLine(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const fields: unknown = JSON.parse(line);
    return typeof fields === 'object' && fields !== null ? (fields as Readonly<Record<string, unknown>>) : null;
  } catch {
    return null;
  }
}
