import { formatCaseNumber, parseCaseNumber } from '../../../../common/case-number.ts';
import type { CourtEntry, CourtRegistry } from '../../../../common/court-registry.ts';
import { ValueError } from '../../../../common/value-error.ts';
import { CellFault } from '../reasons.ts';
import type { Cell } from '../table.ts';
import { refuseDestroyed } from './destroyed.ts';
import { parseSigns } from './text.ts';

/** A case number of any court in its display form, or null when nothing is written. Throws CellFault. */
export function parseAnyCaseNumber(cell: Cell | undefined): string | null {
  const signs = parseSigns(cell);
  if (signs === null) return null;
  refuseDestroyed(signs);
  try {
    return formatCaseNumber(parseCaseNumber(signs));
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new CellFault('NOT_A_CASE_NUMBER', error.message);
  }
}

/** A case number of this court; that of another one is a fault that names its owner. */
export function parseOwnCaseNumber(cell: Cell | undefined, court: CourtEntry, registry: CourtRegistry): string | null {
  const number = parseAnyCaseNumber(cell);
  if (number === null) return null;
  const owner = registry.ownerOf(parseCaseNumber(number));
  if (owner?.code === court.code) return number;
  throw new CellFault('OTHER_COURT', owner ? `${owner.code} ${owner.name}` : 'of no court of the registry');
}
