import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { reasonHeaders } from '../../subgraphs/court/import/columns.ts';
import type { FileReading, Rejection } from '../../subgraphs/court/import/reading.ts';
import { toReasonText } from '../../subgraphs/court/import/reasons.ts';
import { toCellText } from '../../subgraphs/court/import/table.ts';

/**
 * Writes a file's rejected rows as they stood there, the reason in a column before them, so that a ragged row stays one until
 * it is mended. UTF-8 with a byte order mark, readable by its owner alone; never over an older file. Resolves with its path.
 */
export function writeRejects(directory: string, file: FileReading): string {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const path = freePath(directory, stemOf(file.name));
  writeFileSync(path, `\ufeff${toRejectText(file)}`, { flag: 'wx', mode: 0o600 });
  return path;
}

/** The reject file's text: comma, quotes, CRLF (RFC 4180). */
export function toRejectText({ header, rejected }: FileReading): string {
  const lines = [
    [reasonHeaders[0]!, ...without(header.titles, header.reasonIndex)],
    ...rejected.map((rejection) => toCells(header, rejection)),
  ];
  return lines.map((cells) => `${cells.map(quoted).join(',')}\r\n`).join('');
}

function toCells({ width, reasonIndex }: FileReading['header'], { row, faults }: Rejection): string[] {
  const texts = row.cells.map((cell) => guarded(toCellText(cell)));
  // A text file has all cells of its rows; what a spreadsheet leaves out was empty.
  const whole = row.isSparse
    ? [...texts, ...Array.from({ length: Math.max(0, width - texts.length) }, () => '')]
    : texts;
  return [faults.map(toReasonText).join('; '), ...without(whole, reasonIndex)];
}

function without(cells: readonly string[], index: number | null): string[] {
  return cells.filter((_, at) => at !== index);
}

/**
 * An apostrophe in front, which reading takes off again: it keeps a spreadsheet from making a number of an identity number,
 * and a formula of a text (https://owasp.org/www-community/attacks/CSV_Injection).
 */
function guarded(text: string): string {
  return /^[=+@\t]|^-(?=.)|^\d{12,}[Xx]?$/.test(text) ? `'${text}` : text;
}

function quoted(text: string): string {
  return /[",\r\n\t;]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** `cases.csv` and `cases.rejects-2.csv` have the stem `cases`; a sheet's name is a part of it. */
function stemOf(name: string): string {
  return name
    .replace('#', '-')
    .replace(/\.(?:csv|txt|tsv|xlsx)(?=-|$)/i, '')
    .replace(/\.rejects(?:-\d+)?$/, '')
    .replace(/[/\\]/g, '-');
}

function freePath(directory: string, stem: string): string {
  for (let count = 1; ; count++) {
    const path = join(directory, `${stem}.rejects${count === 1 ? '' : `-${count}`}.csv`);
    if (!existsSync(path)) return path;
  }
}
