/** Blocks of an answer as text for a terminal. */

import { drawGrid } from './grid.ts';
import { toText } from './json.ts';
import type { Block, Heading, Table } from './tables.ts';
import { textWidth, toTerminalText, wrapText } from './text-width.ts';

const numberTypes: ReadonlySet<string | null> = new Set(['Int', 'Float', 'Money']);
const narrowest = 8;

/** The text of a block; `width` is the terminal's in columns. */
export function renderBlock(block: Block, width: number): string {
  if (block.kind === 'nothing') return `${block.title}: nothing.`;
  if (block.kind === 'entry') return [block.title, ...renderEntry(block.values, width)].join('\n');
  return indent(renderTable(block, width - block.depth * 2), block.depth * 2);
}

function renderTable({ title, columns, rows, remark }: Table, width: number): string {
  const head = `${title}: ${rows.length} row${rows.length === 1 ? '' : 's'}${remark === '' ? '' : ` (${remark})`}`;
  if (rows.length === 0) return head;
  // Columns without any value would push those that have one out of sight.
  const isEmpty = columns.map((_, at) => rows.every((row) => (row[at] ?? null) === null));
  const kept = columns.flatMap((_, at) => (isEmpty[at] ? [] : [at]));
  const empty = columns.filter((_, at) => isEmpty[at]).map((column) => column.title);
  const note = empty.length === 0 ? [] : [`Empty in every row: ${empty.join(', ')}.`];
  const grid = drawGrid(
    kept.map((at) => toGridColumn(columns[at]!)),
    rows.map((row) => kept.map((at) => toCell(row[at], columns[at]!))),
    width,
  );
  // Too narrow for columns: the rows one below the other.
  const entries = () =>
    rows.flatMap(([number, ...row]) => [
      String(number),
      ...renderEntry(
        kept.slice(1).map((at) => ({ heading: columns[at]!, value: row[at - 1] })),
        width,
      ),
    ]);
  return [head, ...(grid === null ? entries() : [grid]), ...note].join('\n');
}

function toGridColumn({ title, type }: Heading) {
  const isText = type === 'String' || type === null;
  return {
    title,
    align: numberTypes.has(type) ? ('right' as const) : ('left' as const),
    // A hash of forty characters says nothing to people; whoever needs it takes CSV or JSON.
    when:
      title === '#'
        ? ('whole' as const)
        : type === 'ID'
          ? ('cut' as const)
          : isText
            ? ('wrapped' as const)
            : ('whole' as const),
  };
}

function renderEntry(
  values: readonly { readonly heading: Heading; readonly value: unknown }[],
  width: number,
): readonly string[] {
  const names = Math.max(0, ...values.map(({ heading }) => textWidth(heading.title)));
  return values.map(({ heading, value }) => {
    const pad = ' '.repeat(names - textWidth(heading.title));
    const text = wrapText(toCell(value, heading) || '—', Math.max(narrowest, width - names - 4));
    return `  ${heading.title}${pad}  ${text.replaceAll('\n', `\n${' '.repeat(names + 4)}`)}`;
  });
}

/** A value as people read it: amounts and counts in groups of three digits, a list with commas. */
function toCell(value: unknown, heading: Heading): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => toCell(item, heading)).join(', ');
  const text = toTerminalText(toText(value));
  if (!numberTypes.has(heading.type) || !/^-?\d+(?:\.\d+)?$/.test(text)) return text;
  const [whole, fraction] = text.split('.');
  return whole!.replace(/\B(?=(?:\d{3})+$)/g, ',') + (fraction === undefined ? '' : `.${fraction}`);
}

function indent(text: string, by: number): string {
  return by === 0 ? text : text.replace(/^/gm, ' '.repeat(by));
}
