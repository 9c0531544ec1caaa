/** A table drawn in a given width: what may be broken gives way, what would be misread when broken does not. */

import CliTable from 'cli-table3';

import { textWidth, wrapText } from './text-width.ts';

export interface GridColumn {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** `whole` keeps its width, `wrapped` breaks in lines, `cut` ends in `…`. */
  readonly when: 'whole' | 'wrapped' | 'cut';
}

/** Free text narrower than this is no text any more. */
const leastText = 12;
/** A border and two spaces. */
const columnExtra = 3;

/** The table as text, or null when the width is too small for it. */
export function drawGrid(
  columns: readonly GridColumn[],
  cells: readonly (readonly string[])[],
  width: number,
): string | null {
  const contents = columns.map((_, at) => Math.max(0, ...cells.map((row) => textWidth(row[at]!))));
  const natural = columns.map(({ title }, at) => Math.max(textWidth(title), contents[at]!));
  const least = columns.map(({ title, when }, at) =>
    Math.max(
      ...titlePieces(title).map(textWidth),
      when === 'whole' ? contents[at]! : Math.min(contents[at]!, leastText),
    ),
  );
  const widths = fit(natural, contents, least, width - columns.length * columnExtra - 1);
  if (widths === null) return null;
  const table = new CliTable({
    head: columns.map(({ title }, at) => wrapTitle(title, widths[at]!)),
    colAligns: columns.map(({ align }) => align),
    style: { head: [], border: [] },
  });
  for (const row of cells) {
    table.push(row.map((cell, at) => (columns[at]!.when === 'cut' ? cut : wrapText)(cell, widths[at]!)));
  }
  const lines = table.toString().split('\n');
  // A rule below the head is enough; between all rows they would double the height.
  const rule = lines.findIndex((line) => line.startsWith('├'));
  return lines.filter((line, at) => at <= rule || !line.startsWith('├')).join('\n');
}

/** Column widths that fit, taken from the widest columns; null when their least widths do not. */
function fit(
  natural: readonly number[],
  contents: readonly number[],
  least: readonly number[],
  room: number,
): number[] | null {
  const widths = [...natural];
  for (let over = sum(widths) - room; over > 0; over -= 1) {
    // First the titles that are wider than what stands below them, then the widest texts.
    const titles = widths.map((width, at) => (width > Math.max(contents[at]!, least[at]!) ? width : 0));
    const texts = widths.map((width, at) => (width > least[at]! ? width : 0));
    const spare = titles.some((width) => width > 0) ? titles : texts;
    const widest = spare.indexOf(Math.max(...spare));
    if (spare[widest] === 0) return null;
    widths[widest]! -= 1;
  }
  return widths;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Where a title may be broken: behind a dot, and before a capital. */
function titlePieces(title: string): string[] {
  return title.split(/(?<=\.)|(?<=[a-z])(?=[A-Z])/);
}

function wrapTitle(title: string, columns: number): string {
  return titlePieces(title).reduce((lines, piece) => {
    const last = lines.slice(lines.lastIndexOf('\n') + 1);
    return textWidth(last) + textWidth(piece) > columns ? `${lines}\n${piece}` : lines + piece;
  });
}

function cut(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  return `${wrapText(text, columns - 1).split('\n', 1)[0]!}…`;
}
