/** What may be asked beyond the first time: a share of the calls, so that help never becomes a second load. */

export interface BudgetSettings {
  /** So much of one question more for each call: 0.1 is one in ten. */
  readonly share: number;
  /** So many at first, before there were calls. */
  readonly floor: number;
  /** So many are kept at most: calls of long ago give nothing more. */
  readonly most: number;
}

export interface Budget {
  /** A call was made. */
  called(): void;
  /** Takes one question from the budget; false when there is none. */
  take(): boolean;
}

/** A token bucket that calls fill. */
export function createBudget({ share, floor, most }: BudgetSettings): Budget {
  // In thousandths: a tenth, added ten times, is not one.
  const whole = 1_000;
  let left = floor * whole;
  return {
    called() {
      left = Math.max(left, Math.min(most * whole, left + Math.round(share * whole)));
    },
    take() {
      if (left < whole) return false;
      left -= whole;
      return true;
    },
  };
}
