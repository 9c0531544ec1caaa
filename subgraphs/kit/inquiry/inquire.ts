import { toCivilDate } from '../../../common/civil-date.ts';
import type { AgencyCode } from '../../../common/vocabulary.ts';
import type { Desk, Read, Wish } from './desk.ts';
import { citedCaseNumber, requestNumber } from './inquiry.ts';
import { legalBasis } from './legal-basis.ts';
import type { Outcome, ReturnedRequest } from './outcome.ts';
import { parseParty } from './party.ts';
import type { Permission } from './permission.ts';
import type { Asking } from './ticket.ts';
import type { CoverageStatus } from './graph/coverage-status.ts';

/** What an agency's field on a party says; `records` is null unless the agency has answered. */
export interface InquiryResult<Row> {
  readonly status: CoverageStatus;
  readonly reason: string | null;
  /** What the agency says of a request that it handed back; null for others. */
  readonly returned: ReturnedRequest | null;
  readonly requestNumber: string | null;
  /** The number again, while an answer is to come. */
  readonly ticket: string | null;
  readonly answeredAt: Date | null;
  readonly expectedBy: Date | null;
  readonly records: readonly Row[] | null;
}

/** Asks about the party of a representation. Rejects when the representation is incomplete or its case number malformed. */
export type Inquire<Row> = (representation: unknown) => Promise<InquiryResult<Row>>;

/** What one question to an agency's program stands on. */
export interface InquireOptions<Row> {
  readonly agency: AgencyCode;
  readonly desk: Desk<Row>;
  readonly now: () => Date;
  readonly wish: Wish;
  readonly purpose?: string | undefined;
  /** Whether it may be asked on this viewer's behalf. */
  readonly permission: Permission;
}

/** Joins permission and legal basis with the desk: without both of them the agency is not contacted. */
export function createInquire<Row>({
  agency,
  desk,
  now,
  wish,
  purpose,
  permission,
}: InquireOptions<Row>): Inquire<Row> {
  return async (representation) => {
    const party = parseParty(representation);
    const withheld = permission(party);
    if (withheld !== null) return { ...nothing, status: 'REFUSED', reason: withheld };
    const basis = legalBasis(party, agency, toCivilDate(now()));
    if (!basis.lawful) return { ...nothing, status: 'REFUSED', reason: basis.reason };
    const asking: Asking = {
      series: requestNumber(agency, party.caseNumber, party.id, basis.writ.number),
      caseNumber: citedCaseNumber(party.caseNumber),
      name: basis.name,
      identity: basis.identity,
      writ: basis.writ,
      ...(purpose !== undefined && { purpose }),
    };
    const read = await desk.ask(asking, wish);
    return { ...toResult(read.outcome), requestNumber: read.requestNumber, ...ticketOf(read) };
  };
}

const nothing = {
  reason: null,
  returned: null,
  requestNumber: null,
  ticket: null,
  answeredAt: null,
  expectedBy: null,
  records: null,
};

function ticketOf({ requestNumber, outcome }: Read<unknown>): Pick<InquiryResult<unknown>, 'ticket'> {
  return { ticket: outcome.kind === 'PENDING' ? requestNumber : null };
}

function toResult<Row>(outcome: Outcome<Row>): InquiryResult<Row> {
  switch (outcome.kind) {
    case 'PENDING':
      return { ...nothing, status: 'PENDING', expectedBy: outcome.expectedBy };
    case 'FAILED':
      return { ...nothing, status: outcome.status, reason: outcome.reason, returned: outcome.returned ?? null };
    case 'ANSWERED': {
      const { answeredAt, records } = outcome;
      return { ...nothing, status: records.length === 0 ? 'NONE' : 'FOUND', answeredAt, records };
    }
  }
}
