import type { Imposed } from '../measures/book.ts';
import { toYuan } from '../places.ts';
import type { Account } from './accounts.ts';

/** One freeze on an account as the others leave it. */
export interface Freeze {
  /** The request that began it; null from before this process. */
  readonly BDHM: string | null;
  /** What it holds of the balance. */
  readonly heldFen: number;
  /** 0 is effective, n is the n-th in waiting. */
  readonly position: number;
}

/**
 * The freezes on an account in their order: each holds what those before it leave, up to its limit. One that finds nothing because
 * of them waits; one on an empty account holds the account.
 */
export function freezesOn(account: Account, imposed: readonly Imposed[]): { freezes: Freeze[]; availableFen: number } {
  const limits = [
    ...account.DJXX.map(({ DJJE }) => ({ BDHM: null, fen: toFen(DJJE) })),
    ...imposed.map(({ BDHM, fen }) => ({ BDHM, fen })),
  ];
  let left = toFen(account.YE);
  let waiting = 0;
  const freezes = limits.map(({ BDHM, fen }, index): Freeze => {
    const waits = index > 0 && left === 0;
    const heldFen = Math.min(fen, left);
    left -= heldFen;
    return { BDHM, heldFen, position: waits ? ++waiting : 0 };
  });
  return { freezes, availableFen: left };
}

/** An account as an inquiry shows it, with the freezes that were taken while the upstream ran. */
export function withFreezes(account: Account, imposed: readonly Imposed[]): Account {
  if (imposed.length === 0) return account;
  const { freezes, availableFen } = freezesOn(account, imposed);
  const own = imposed.map(({ BDHM, authority, documentNumber, until, fen }, index) => ({
    XH: account.DJXX.length + index + 1,
    DJJZRQ: freezes.some((freeze) => freeze.BDHM === BDHM && freeze.position > 0) ? null : until,
    DJJG: authority,
    DJWH: documentNumber,
    DJJE: toYuan(fen),
  }));
  return { ...account, KYYE: toYuan(availableFen), DJXX: [...account.DJXX, ...own] };
}

function toFen(yuan: string): number {
  return Math.round(Number(yuan) * 100);
}
