import { maskIdNumber } from '../../common/identity.ts';
import { maskNumbers } from '../../subgraphs/court/import/mask.ts';
import type { FileReading, Reading } from '../../subgraphs/court/import/reading.ts';
import { oddities, reasons, type Fault, type OddityCode } from '../../subgraphs/court/import/reasons.ts';
import type { Stored } from './destination.ts';

/** So many rejected rows of a file are shown; the reject file has all of them. */
const shownRejections = 100;
const shownNotes = 3;
const longestValue = 60;

/** One line for each fault of each rejected row: file, line, column, value, reason. Identity numbers are masked. */
export function toRejectionLines({ name, rejected }: FileReading): string[] {
  const lines = rejected
    .slice(0, shownRejections)
    .flatMap(({ row, faults }) => faults.map((fault) => `${name}:${row.line}: ${toFaultText(fault)}`));
  const more = rejected.length - shownRejections;
  return more > 0 ? [...lines, `${name}: and ${more} more rows, which the reject file names.`] : lines;
}

function toFaultText({ column, value, isPrivate, code, detail }: Fault): string {
  const { zh, en } = reasons[code];
  const shown =
    value === null || value === '' ? '' : ` "${shorten(isPrivate ? maskPrivate(value) : maskNumbers(value))}"`;
  const place = column === null ? '' : `${maskNumbers(column)}${shown}: `;
  return `${place}${zh} (${en}${detail === '' ? '' : `: ${maskNumbers(detail)}`})`;
}

/** Whatever was typed, spaces and all: the first and last characters of the number alone. */
function maskPrivate(value: string): string {
  return maskIdNumber(value.normalize('NFKC').replace(/[\s'‘’]/g, ''));
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > longestValue ? `${line.slice(0, longestValue)}…` : line;
}

/** What is odd in a file and was stored all the same: each kind once, with its first rows. */
export function toNoteLines({ name, notes, header }: FileReading): string[] {
  const byCode = new Map<OddityCode, (typeof notes)[number][]>();
  for (const note of notes) byCode.set(note.oddity.code, [...(byCode.get(note.oddity.code) ?? []), note]);
  const ignored =
    header.ignored.length === 0
      ? []
      : [`${name}: columns not understood and ignored: ${header.ignored.map(maskNumbers).join(', ')}.`];
  return [
    ...ignored,
    ...[...byCode].map(([code, found]) => {
      const first = found
        .slice(0, shownNotes)
        .map(({ line, oddity }) => `line ${line}${oddity.detail === '' ? '' : ` (${maskNumbers(oddity.detail)})`}`);
      const more = found.length > shownNotes ? ', …' : '';
      return `${name}: warning: ${oddities[code]}: ${found.length} rows: ${first.join(', ')}${more}`;
    }),
  ];
}

/** What came of the import, in a few lines. */
export function toSummary(
  reading: Reading,
  stored: Stored | null,
  { court, asOf, seconds }: { readonly court: string; readonly asOf: Date; readonly seconds: number },
): string[] {
  const files = [reading.cases, reading.parties].filter((file) => file !== null);
  const counts = files.map(
    ({ name, rowCount, rejected, readAs }) =>
      `  ${name} (${readAs}): ${rowCount} rows, ${rowCount - rejected.length} good, ${rejected.length} rejected`,
  );
  if (stored === null) return [`${court}: nothing could be imported.`, ...counts];
  const { inserted, changed, unchanged, kept, formerAsOf, way } = stored;
  const isOlder = formerAsOf !== null && Date.parse(formerAsOf) > asOf.getTime();
  return [
    `${court}: ${inserted} cases new, ${changed} changed, ${unchanged} unchanged; stored ${way} in ${seconds.toFixed(1)} s.`,
    ...counts,
    `  as of ${toLocal(asOf)}`,
    ...(isOlder
      ? [`  warning: the court's rows were as of ${toLocal(new Date(formerAsOf))} already: this export is older.`]
      : []),
    ...(kept.length === 0
      ? []
      : [
          `  warning: parties stay whom the file names no more, since a coercive measure stands against them: ${kept.slice(0, 10).join(', ')}${kept.length > 10 ? ', …' : ''}`,
        ]),
  ];
}

/** An instant as the courts' clocks show it. */
export function toLocal(instant: Date): string {
  return `${new Date(instant.getTime() + 8 * 3_600_000).toISOString().slice(0, 19)}+08:00`;
}
