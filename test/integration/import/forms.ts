import writeExcelFile from 'write-excel-file/node';
import { toCsv, type Sheet } from '../../support/court-export.ts';

/** A file's bytes in each encoding in which Chinese systems write text. */
export const encodings: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with a byte order mark': (text) => Buffer.from(`\ufeff${text}`),
  'UTF-16, little end first': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16, big end first': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  GB18030: toGb18030,
};

/** Node decodes GB18030 but does not encode it: the two-byte characters are turned around, one by one. */
function toGb18030(text: string): Uint8Array {
  return Buffer.concat(
    Array.from(text).map((character) => {
      if (character < '\u0080') return Buffer.from(character);
      const bytes = gbBytes().get(character);
      if (bytes === undefined) throw new Error(`${character} is not among the two-byte characters of GB18030`);
      return bytes;
    }),
  );
}

let gb: ReadonlyMap<string, Buffer> | undefined;

function gbBytes(): ReadonlyMap<string, Buffer> {
  if (gb) return gb;
  const decoder = new TextDecoder('gb18030');
  const found = new Map<string, Buffer>();
  for (let high = 0x81; high <= 0xfe; high++) {
    for (let low = 0x40; low <= 0xfe; low++) {
      if (low === 0x7f) continue;
      const bytes = Buffer.from([high, low]);
      const character = decoder.decode(bytes);
      if (Array.from(character).length === 1 && !found.has(character)) found.set(character, bytes);
    }
  }
  gb = found;
  return found;
}

/** Cells of a workbook: text, numbers, and days as date cells. */
export type BookCell = string | number | Date;

/** A workbook with these sheets. */
export async function toXlsx(sheets: Readonly<Record<string, readonly (readonly BookCell[])[]>>): Promise<Uint8Array> {
  const pages = Object.entries(sheets).map(([sheet, rows]) => ({
    sheet,
    data: rows.map((row) => row.map(toBookCell)),
  }));
  return writeExcelFile(pages).toBuffer();
}

function toBookCell(value: BookCell) {
  if (value instanceof Date) return { value, type: Date, format: 'yyyy"年"m"月"d"日"' };
  if (typeof value === 'number') return { value, type: Number };
  return value === '' ? null : { value, type: String };
}

/** The text of a table with another delimiter and line end. */
export function toText(sheet: Sheet, delimiter: string, lineEnd = '\r\n'): string {
  return toCsv(sheet, delimiter).replaceAll('\r\n', lineEnd);
}
