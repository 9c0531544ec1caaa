import { parseIdentity, type Identity } from '../../../../common/identity.ts';
import { ValueError } from '../../../../common/value-error.ts';
import type { IdType } from '../../../../common/vocabulary.ts';
import { CellFault } from '../reasons.ts';
import type { Cell } from '../table.ts';
import { refuseDestroyed } from './destroyed.ts';
import { parseSigns } from './text.ts';

/** An identity number, or null when nothing is written. Throws CellFault, which never repeats the number. */
export function parseIdentityCell(cell: Cell | undefined, type: IdType | null): Identity | null {
  const signs = parseSigns(cell);
  if (signs === null) return null;
  refuseDestroyed(signs);
  try {
    return parseIdentity(signs, type ?? undefined);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    // 18 digits of which a spreadsheet kept 15: written out in full, the rest is zeros.
    if (/^\d{15}000$/.test(signs)) throw new CellFault('SPREADSHEET_NUMBER', 'the last three of 18 digits are zeros');
    throw new CellFault('NOT_AN_IDENTITY', error.message);
  }
}
