/** `nonet import`: a court's own export into that court's database. */

import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { readImport } from '../../subgraphs/court/import/read-import.ts';
import { withoutMissing, type FileReading, type Reading } from '../../subgraphs/court/import/reading.ts';
import { UnusableFile } from '../../subgraphs/court/import/header.ts';
import type { Command } from '../command.ts';
import { databaseHelp } from '../start/database-settings.ts';
import { DatabaseError } from '../../subgraphs/kit/database/error.ts';
import { readArguments, type ImportArguments } from './arguments.ts';
import { store, type Stored } from './destination.ts';
import { DestinationFault } from './door.ts';
import { createProgress, processTerminal, type Terminal } from '../progress.ts';
import { writeRejects } from './reject-file.ts';
import { readTables } from './tables.ts';
import { toLocal, toNoteLines, toRejectionLines, toSummary } from './report.ts';

export const importCommand: Command = {
  help: [
    'Usage: nonet import --court CODE CASES [PARTIES] [--as-of INSTANT] [--rejects DIR] [--data DIR]',
    '                    [--registry FILE] [--person-key FILE]',
    '',
    "Reads a court's own export: CSV (UTF-8, GB18030, UTF-16) or XLSX, Chinese or English headers; docs/import.md tells all.",
    'Good rows go in together; bad ones are told one by one and written to reject files that can be mended and imported.',
    '  CASES, PARTIES     the files; a sheet of a workbook is book.xlsx#当事人. A file of parties alone is possible, too',
    '  --court CODE       whose export it is, e.g. 苏0312',
    '  --as-of INSTANT    when the export was made, e.g. 2018-01-30T18:00:00+08:00 (default: when the files were written)',
    '  --rejects DIR      where reject files go (default: beside each file)',
    '  --data DIR         where rows and keys live (NONET_DATA, default data); with DATABASE_URL the rows live there,',
    '                     {part} in it standing for the code of the court',
    '  --registry FILE    the courts (NONET_REGISTRY, default registry/courts.json)',
    "  --person-key FILE  the city's key (NONET_PERSON_KEY_FILE, default person.key in the data directory). A running court has it;",
    '                     where the court does not run it has to be there, but for a data directory without persons, which is',
    '                     given one',
    ...databaseHelp,
    'Exit: 0 all rows are in, 1 some were rejected, 2 wrong use, 65 a file cannot be used,',
    '      69 the court cannot take it now, 73 the reject files cannot be written, 78 a setting is wrong.',
  ].join('\n'),
  run: (args) => runImport(args, process.env, processTerminal()),
};

/** The whole command, with its surroundings given. Resolves with the exit code. */
export async function runImport(args: readonly string[], env: NodeJS.ProcessEnv, terminal: Terminal): Promise<number> {
  const wanted = readArguments(args, env, new Date());
  try {
    return await importFiles(wanted, terminal);
  } catch (error) {
    if (error instanceof UnusableFile) {
      terminal.err(`nonet import: ${error.message}`);
      return 65; // EX_DATAERR of sysexits.h
    }
    if (error instanceof DestinationFault || error instanceof DatabaseError) {
      terminal.err(`nonet import: ${error.message}`);
      return 69; // EX_UNAVAILABLE
    }
    throw error;
  }
}

async function importFiles(wanted: ImportArguments, terminal: Terminal): Promise<number> {
  const { court, registry } = wanted;
  const startedAt = performance.now();
  const progress = createProgress(terminal);
  const { cases, parties } = await readTables(wanted, (done, total) => progress.tell('Reading files', done, total));
  const rowCount = (cases?.table.rows.length ?? 0) + (parties?.table.rows.length ?? 0);
  progress.tell('Checking rows', 0, rowCount);
  let reading = readImport({ cases: cases?.table ?? null, parties: parties?.table ?? null }, { court, registry });
  const asOf = wanted.asOf ?? writtenAt(wanted);
  let stored: Stored | null = null;
  const { entries, spoken } = reading;
  if (entries.length > 0) {
    const batch = { asOf: asOf.toISOString(), spoken, entries };
    progress.tell('Storing cases', 0, entries.length);
    try {
      stored = await store(wanted, batch, (done) => progress.tell('Storing cases', done, entries.length));
    } finally {
      progress.end();
    }
    reading = withoutMissing(reading, stored.missing);
  }
  progress.end();
  const files = [
    { file: reading.cases, path: cases?.path },
    { file: reading.parties, path: parties?.path },
  ].flatMap(({ file, path }) =>
    file && path !== undefined ? [{ file, directory: wanted.rejects ?? dirname(path) }] : [],
  );
  return report(reading, stored, { wanted, terminal, asOf, files, startedAt });
}

/** An export is no newer than its oldest file; a clock that runs ahead does not make it so. */
function writtenAt({ files }: ImportArguments): Date {
  return new Date(Math.min(Date.now(), ...files.map(({ path }) => statSync(path).mtimeMs)));
}

interface Surroundings {
  readonly wanted: ImportArguments;
  readonly terminal: Terminal;
  readonly asOf: Date;
  /** What was read, and where its rejected rows go. */
  readonly files: readonly { readonly file: FileReading; readonly directory: string }[];
  readonly startedAt: number;
}

function report(
  reading: Reading,
  stored: Stored | null,
  { wanted: { court }, terminal, asOf, files, startedAt }: Surroundings,
): number {
  for (const { file } of files) toRejectionLines(file).forEach(terminal.err);
  for (const { file } of files) toNoteLines(file).forEach(terminal.err);
  const seconds = (performance.now() - startedAt) / 1000;
  toSummary(reading, stored, { court: `${court.code} ${court.name}`, asOf, seconds }).forEach(terminal.out);
  const bad = files.filter(({ file }) => file.rejected.length > 0);
  if (bad.length === 0) return 0;
  const written: string[] = [];
  for (const { file, directory } of bad) {
    try {
      written.push(writeRejects(directory, file));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
      terminal.err(
        `nonet import: rejected rows cannot be written to ${directory} (${code}): say where with --rejects DIR.`,
      );
      return 73; // EX_CANTCREAT
    }
  }
  const quoted = written.map((path) => (/[^\w./-]/.test(path) ? `'${path}'` : path)).join(' ');
  terminal.out('Mend the rejected rows and import them:');
  terminal.out(`  nonet import --court ${court.code} --as-of ${toLocal(asOf)} ${quoted}`);
  return 1;
}
