/** What is wrong with a contract, said so that the person who wrote it can mend it. */

/** One thing that cannot be composed: whose, where, why, and what to change. */
export interface Fault {
  /** The member (court) or `contract`. */
  readonly member: string;
  /** A schema coordinate such as `Case.stage`, or a line. */
  readonly coordinate: string;
  readonly reason: string;
  readonly remedy: string;
}

/** Thrown with every fault found, one a line. */
export class ContractError extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(toLine).join('\n'));
    this.name = 'ContractError';
    this.faults = faults;
  }
}

/** One fault as one line. */
export function toLine(fault: Fault): string {
  return `${fault.member}: ${fault.coordinate}: ${fault.reason} ${fault.remedy}`;
}
