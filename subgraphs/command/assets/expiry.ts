import { isCalendarDay } from '../../../common/civil-date.ts';

/** What a measure lies on. */
export const assetKinds = ['ACCOUNT', 'VEHICLE', 'REAL_ESTATE'] as const;
export type AssetKind = (typeof assetKinds)[number];

/** How near the end of a measure is; LAPSED when it is over. */
export const expiryAlerts = ['LAPSED', 'WITHIN_7_DAYS', 'WITHIN_15_DAYS', 'WITHIN_30_DAYS'] as const;
export type ExpiryAlert = (typeof expiryAlerts)[number];

/** The longest terms of 民诉法解释 (2015) 487, in years: deposits one, movables two, real estate three. */
const mostYears: Readonly<Record<AssetKind, number>> = { ACCOUNT: 1, VEHICLE: 2, REAL_ESTATE: 3 };

/** When a measure ends, how many days are left on a day (negative when it is over), and whether somebody should know. */
export interface Expiry {
  readonly expiresOn: string | null;
  readonly daysLeft: number | null;
  readonly alert: ExpiryAlert | null;
}

/**
 * The last day of a measure: the registered one, at most that of the longest term from its first day. Null while it waits,
 * since then no term runs (法释〔2004〕15号 Art. 28), and where neither day is known.
 */
export function expiryOf(
  kind: AssetKind,
  { from, until, waiting }: { readonly from: string | null; readonly until: string | null; readonly waiting: boolean },
  today: string,
): Expiry {
  const limit = from === null ? null : yearsLater(from, mostYears[kind]);
  const expiresOn = waiting ? null : earlier(until, limit);
  if (expiresOn === null) return { expiresOn: null, daysLeft: null, alert: null };
  const daysLeft = (Date.parse(expiresOn) - Date.parse(today)) / 86_400_000;
  return { expiresOn, daysLeft, alert: alertOf(daysLeft) };
}

function alertOf(daysLeft: number): ExpiryAlert | null {
  if (daysLeft < 0) return 'LAPSED';
  if (daysLeft <= 7) return 'WITHIN_7_DAYS';
  if (daysLeft <= 15) return 'WITHIN_15_DAYS';
  return daysLeft <= 30 ? 'WITHIN_30_DAYS' : null;
}

function earlier(one: string | null, other: string | null): string | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

/** The same day some years later; 29 February becomes the 28th. */
function yearsLater(day: string, years: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const later = year + years;
  const last = isCalendarDay(later, month, date) ? date : date - 1;
  return [String(later).padStart(4, '0'), String(month).padStart(2, '0'), String(last).padStart(2, '0')].join('-');
}
