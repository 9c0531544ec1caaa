/** What a court may order of an agency (控制措施). */
export const orderedActions = ['FREEZE', 'RENEW', 'RELEASE', 'SEAL', 'SEIZE_PHYSICAL'] as const;
export type OrderedAction = (typeof orderedActions)[number];

/** One measure as an agency is to carry it out. */
export interface OrderedMeasure {
  readonly action: OrderedAction;
  /** How the agency knows the property: an account's number, a plate or VIN, a unit's number. */
  readonly property: string;
  /** The bank that keeps the account; null elsewhere. */
  readonly bankName: string | null;
  /** The limit of a freeze, as `Money` is written; null where there is none. */
  readonly amount: string | null;
  /** Last day; null for a release. */
  readonly until: string | null;
  /** The request that it renews or releases. */
  readonly origin: string | null;
}

/** How the agency itself names the property of an order, or why that cannot be told. */
export type NamedProperty = { readonly property: string } | { readonly refusal: string };

/** What an agency says that it has done. */
export interface ControlAnswer {
  readonly status: 'SUCCESS' | 'PARTIAL' | 'FAILED';
  readonly reason: string | null;
  /** As `Money` is written. */
  readonly controlledAmount: string | null;
  readonly from: string | null;
  /** Null while it waits, and for a release. */
  readonly until: string | null;
  /** 0 is effective, n is the n-th in waiting; null where nothing was taken. */
  readonly queuePosition: number | null;
}
