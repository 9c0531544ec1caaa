import { toCivilDate } from '../../../common/civil-date.ts';
import type { AgencyCode } from '../../../common/vocabulary.ts';
import type { Desk } from './desk.ts';
import { citedCaseNumber, requestNumber } from './inquiry.ts';
import { legalBasis } from './legal-basis.ts';
import type { Outcome } from './outcome.ts';
import { parseParty } from './party.ts';
import type { CoverageStatus } from './graph/coverage-status.ts';

/** What an agency's field on a party says; `records` is null unless the agency has answered. */
export interface InquiryResult<Row> {
  readonly status: CoverageStatus;
  readonly reason: string | null;
  readonly requestNumber: string | null;
  readonly answeredAt: Date | null;
  readonly expectedBy: Date | null;
  readonly records: readonly Row[] | null;
}

/** Asks about the party of a representation. Rejects when the representation is incomplete or its case number malformed. */
export type Inquire<Row> = (representation: unknown) => Promise<InquiryResult<Row>>;

/** Joins the legal basis with the desk: without a basis the agency is not contacted. */
export function createInquire<Row>(agency: AgencyCode, desk: Desk<Row>, now: () => Date): Inquire<Row> {
  return async (representation) => {
    const party = parseParty(representation);
    const basis = legalBasis(party, agency, toCivilDate(now()));
    if (!basis.lawful) return { ...nothing, status: 'REFUSED', reason: basis.reason };
    const number = requestNumber(agency, party.caseNumber, party.id, basis.writ.number);
    const outcome = await desk.ask({
      requestNumber: number,
      caseNumber: citedCaseNumber(party.caseNumber),
      name: basis.name,
      identity: basis.identity,
      writ: basis.writ,
    });
    return { ...toResult(outcome), requestNumber: number };
  };
}

const nothing = { reason: null, requestNumber: null, answeredAt: null, expectedBy: null, records: null };

function toResult<Row>(outcome: Outcome<Row>): InquiryResult<Row> {
  switch (outcome.kind) {
    case 'PENDING':
      return { ...nothing, status: 'PENDING', expectedBy: outcome.expectedBy };
    case 'FAILED':
      return { ...nothing, status: outcome.status, reason: outcome.reason };
    case 'ANSWERED': {
      const { answeredAt, records } = outcome;
      return { ...nothing, status: records.length === 0 ? 'NONE' : 'FOUND', answeredAt, records };
    }
  }
}
