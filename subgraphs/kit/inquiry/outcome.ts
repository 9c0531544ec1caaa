/** What an agency's answer comes to: records (none of them: 查无), or why there is no answer. */
export type Settled<Row> =
  | { readonly kind: 'ANSWERED'; readonly answeredAt: Date; readonly records: readonly Row[] }
  | {
      readonly kind: 'FAILED';
      readonly status: FailureStatus;
      readonly reason: string;
      readonly lasting: boolean;
      readonly returned?: ReturnedRequest;
    };

/** 回退信息: what the agency says of a request that it handed back, each in its own words without long numbers. */
export interface ReturnedRequest {
  readonly reason: string | null;
  readonly note: string | null;
  readonly contact: string | null;
  readonly phone: string | null;
}

/** REFUSED: the agency returned the request or would not take it. The others say nothing about the debtor. */
export type FailureStatus = 'REFUSED' | 'TIMEOUT' | 'UNREACHABLE';

/** What a reader gets: the settled answer, or when to look again. */
export type Outcome<Row> = Settled<Row> | { readonly kind: 'PENDING'; readonly expectedBy: Date };

/** An answer whose columns are not what the agency's contract says. */
export const garbled: Settled<never> = { kind: 'FAILED', status: 'UNREACHABLE', reason: 'GARBLED', lasting: false };

/** Why an upstream could not be asked; its text is a code and never the upstream's own words. */
export class UpstreamFailure extends Error {
  readonly status: FailureStatus;

  constructor(status: FailureStatus, reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'UpstreamFailure';
    this.status = status;
  }
}
