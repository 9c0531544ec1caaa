import { UnusableFile } from '../../subgraphs/court/import/header.ts';
import { findCasesHeader, findPartiesHeader } from '../../subgraphs/court/import/read-import.ts';
import type { Table } from '../../subgraphs/court/import/table.ts';
import type { ImportArguments } from './arguments.ts';
import { readTable } from './file.ts';

/** A file with its table. */
export interface ReadFile {
  readonly table: Table;
  readonly path: string;
}

/** Reads the files, and finds out which holds the cases and which the parties. Throws UnusableFile. */
export async function readTables(
  { files }: ImportArguments,
  tell: (done: number, total: number) => void,
): Promise<{ readonly cases: ReadFile | null; readonly parties: ReadFile | null }> {
  const read: ReadFile[] = [];
  for (const [index, file] of files.entries()) {
    tell(index, files.length);
    read.push({ table: await readTable(file), path: file.path });
  }
  const [first, second = null] = read as [ReadFile, ReadFile?];
  const isSwapped = isPartiesFile(first.table) && (second === null || !isPartiesFile(second.table));
  return isSwapped ? { cases: second, parties: first } : { cases: first, parties: second };
}

/** Whether a table reads as one of parties and not as one of cases. */
function isPartiesFile(table: Table): boolean {
  return !isUsable(() => findCasesHeader(table)) && isUsable(() => findPartiesHeader(table));
}

function isUsable(find: () => unknown): boolean {
  try {
    find();
    return true;
  } catch (error) {
    if (!(error instanceof UnusableFile)) throw error;
    return false;
  }
}
