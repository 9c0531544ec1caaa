/** An account as a bank reports it, its number in full. Amounts are yuan with two decimals, in the account's currency. */
export interface AccountRecord {
  readonly bankName: string | null;
  readonly branch: string | null;
  readonly number: string;
  readonly currency: string | null;
  readonly balance: string | null;
  readonly available: string | null;
  readonly accountStatus: string | null;
  readonly openedOn: string | null;
  readonly priorFreezes: readonly PriorFreezeRecord[];
}

/** A measure that lies on the account already. */
export interface PriorFreezeRecord {
  readonly sequence: number;
  readonly authority: string | null;
  readonly documentNumber: string | null;
  readonly amount: string | null;
  readonly until: string | null;
}
