import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { UnusableFile } from '../../subgraphs/court/import/header.ts';
import type { Table } from '../../subgraphs/court/import/table.ts';
import { parseCsv } from './csv.ts';
import { decodeText } from './encoding.ts';
import { readXlsx } from './xlsx.ts';

/** A file as it was named: its path, and the sheet behind `#` of a workbook. */
export interface FileName {
  readonly path: string;
  readonly sheet: string | null;
}

const maxBytes = 256 * 1024 * 1024;

/** `book.xlsx#当事人` is the sheet 当事人 of book.xlsx, unless there is a file of the whole name. */
export function parseFileName(text: string): FileName {
  const at = text.lastIndexOf('#');
  if (at <= 0 || existsSync(text)) return { path: text, sheet: null };
  return { path: text.slice(0, at), sheet: text.slice(at + 1) };
}

/** Reads a file, whatever its format and encoding. Throws UnusableFile saying what it is instead of a table. */
export async function readTable({ path, sheet }: FileName): Promise<Table> {
  const name = sheet === null ? basename(path) : `${basename(path)}#${sheet}`;
  const bytes = readBytes(path, name);
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) return readXlsx(name, bytes, sheet);
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    throw new UnusableFile(name, 'it is an old .xls workbook. Save it as .xlsx or as CSV UTF-8.');
  }
  if (sheet !== null) throw new UnusableFile(name, 'it is no XLSX workbook, and only those have sheets.');
  return parseCsv(name, decodeText(name, bytes));
}

function readBytes(path: string, name: string): Uint8Array {
  try {
    const { size } = statSync(path);
    if (size > maxBytes) throw new UnusableFile(name, `it is larger than ${maxBytes / 1024 / 1024} MiB.`);
    const bytes = readFileSync(path);
    if (bytes.length === 0) throw new UnusableFile(name, 'the file is empty.');
    return bytes;
  } catch (error) {
    if (error instanceof UnusableFile) throw error;
    throw new UnusableFile(name, `it cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'}).`);
  }
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}
