import { toCellText, type Cell } from '../table.ts';
import { CellFault } from '../reasons.ts';

/** What people write for "nothing". Only where no name can stand: somebody may be called 无. */
const placeholders: ReadonlySet<string> = new Set(['-', '--', '/', '\\', '无', '空', '暂无', 'N/A', 'NULL', 'NONE']);

const maxLength = 500;

/** The text of a cell without the accidents of typing: apostrophe in front, white space around, invisible characters. */
export function parseText(cell: Cell | undefined): string {
  const text = toCellText(cell)
    .replace(/\p{Cf}/gu, '')
    .replace(/^\s*['‘’＇](?=.)/s, '')
    .trim();
  if (text.includes('\ufffd')) throw new CellFault('LOST_CHARACTER');
  // What Excel shows for a failed formula or a column that is too narrow is what it copies, too.
  if (/^#(?:N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NUM!|NULL!|#+)$/i.test(text)) throw new CellFault('SPREADSHEET_ERROR');
  if (text.length > maxLength) throw new CellFault('UNREADABLE_TEXT', `more than ${maxLength} characters`);
  return text;
}

/** Text for people: a name, an address. Line breaks become spaces, the space in 张　三 goes. Null when nothing is written. */
export function parseWords(cell: Cell | undefined): string | null {
  const text = parseText(cell)
    .replace(/\s+/gu, ' ')
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '');
  if (/\p{Cc}/u.test(text)) throw new CellFault('UNREADABLE_TEXT', 'a control character');
  return text === '' ? null : text;
}

/** Text for people where nothing is as good: null for 无, - and the like, too. */
export function parseRemark(cell: Cell | undefined): string | null {
  return parseSigns(cell) === null ? null : parseWords(cell);
}

/** The name of somebody, or null when no letter of one is written. */
export function parseName(cell: Cell | undefined): string | null {
  const words = parseWords(cell);
  return words !== null && /[\p{L}\p{N}]/u.test(words) ? words : null;
}

/** Text for machines, to be read further: full-width forms folded, all white space gone. Null for nothing and for 无, - and the like. */
export function parseSigns(cell: Cell | undefined): string | null {
  const text = parseText(cell)
    .normalize('NFKC')
    .replace(/\s/gu, '')
    .replace(/[‐‑‒–—―−]/g, '-');
  if (/\p{Cc}/u.test(text)) throw new CellFault('UNREADABLE_TEXT', 'a control character');
  return text === '' || placeholders.has(text.toUpperCase()) ? null : text;
}
