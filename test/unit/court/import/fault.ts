import { CellFault } from '../../../../subgraphs/court/import/reasons.ts';

/** The fault that a reader throws, as `CODE: detail`; fails when it throws none. */
export function faultOf(read: () => unknown): string {
  try {
    read();
  } catch (error) {
    if (error instanceof CellFault) return error.detail === '' ? error.code : `${error.code}: ${error.detail}`;
    throw error;
  }
  throw new Error('nothing was thrown');
}
