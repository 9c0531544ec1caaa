import { CellFault, type Fault, type Oddity } from './reasons.ts';
import { toCellText, type Cell, type Row } from './table.ts';
import type { Header, Place } from './header.ts';

/** Reads one row, field by field, and keeps what is wrong with it instead of stopping at the first fault. */
export interface RowReader<Field extends string> {
  readonly faults: Fault[];
  readonly oddities: Oddity[];
  /** The value of a field; null when its column or its text is not there, or when it is at fault. */
  read<Value>(
    field: Field,
    parse: (cell: Cell, place: Place, tell: (oddity: Oddity) => void) => Value | null,
    options?: { readonly required?: boolean; readonly isPrivate?: boolean },
  ): Value | null;
  /** Blames a field for what only the row as a whole shows. */
  blame(field: Field, fault: CellFault, isPrivate?: boolean): void;
}

/** A reader of one row under its header; a ragged row is at fault as a whole. */
export function createRowReader<Field extends string>(header: Header<Field>, row: Row): RowReader<Field> {
  const faults: Fault[] = [];
  const oddities: Oddity[] = [];
  const ragged = isRagged(header, row);
  const placed = (place: Place | undefined, fault: CellFault, isPrivate: boolean): void => {
    // What stands under which header is anybody's guess in a ragged row: it is at fault once.
    if (ragged && fault.code !== 'RAGGED_ROW') return;
    const value = place === undefined ? null : toCellText(row.cells[place.index]);
    faults.push({ column: place?.title ?? null, value, isPrivate, code: fault.code, detail: fault.detail });
  };
  if (ragged) {
    // The reject file's own column is none of the file's.
    const [given, wanted] = [row.cells.length, header.width].map(
      (count) => count - (header.reasonIndex === null ? 0 : 1),
    );
    placed(undefined, new CellFault('RAGGED_ROW', `${given!} instead of ${wanted!}`), false);
  }
  return {
    faults,
    oddities,
    read(field, parse, { required = false, isPrivate = false } = {}) {
      const places = header.places.get(field) ?? [];
      const written = places.filter(({ index }) => toCellText(row.cells[index]).trim() !== '');
      const place = written[0] ?? places[0];
      try {
        if (written.length > 1) throw new CellFault('TWO_IDENTITIES', written.map(({ title }) => title).join(', '));
        const value = place && parse(row.cells[place.index] ?? null, place, (oddity) => void oddities.push(oddity));
        if (value == null && required) throw new CellFault('REQUIRED');
        return value ?? null;
      } catch (error) {
        if (!(error instanceof CellFault)) throw error;
        placed(place, error, isPrivate);
        return null;
      }
    },
    blame: (field, fault, isPrivate = false) => placed(header.places.get(field)?.[0], fault, isPrivate),
  };
}

/** A spreadsheet leaves out empty cells at the end of its rows, and adds empty ones beyond the header; a text file does not lose cells. */
function isRagged({ width }: { readonly width: number }, { cells, isSparse }: Row): boolean {
  if (cells.slice(width).some((cell) => toCellText(cell).trim() !== '')) return true;
  return !isSparse && cells.length < width;
}
