import { createHash } from 'node:crypto';
import { caseNumberKey, formatCaseNumber, parseCaseNumber } from '../../../common/case-number.ts';
import type { Identity } from '../../../common/identity.ts';
import type { AgencyCode } from '../../../common/vocabulary.ts';
import type { OrderedMeasure } from '../control/measure.ts';
import type { ValidWrit } from './legal-basis.ts';

/** One lawful question to one agency about one party. */
export interface Inquiry {
  /** 查询请求单号: one per party, agency, writ and round; asking again under it is the same question. */
  readonly requestNumber: string;
  /** In display form. */
  readonly caseNumber: string;
  readonly name: string | null;
  readonly identity: Identity;
  readonly writ: ValidWrit;
  /** What the agency is to do (XZ = 2); absent where it is only asked (XZ = 1). */
  readonly measure?: OrderedMeasure;
}

const categories = { BANK: 'YH', VEHICLE: 'CL', REAL_ESTATE: 'IP' } as const satisfies Record<AgencyCode, string>;

/** 类别 (LB): how the query systems name an agency. */
export type AgencyCategory = (typeof categories)[AgencyCode];

/** The wire's category of an agency. */
export function categoryOf(agency: AgencyCode): AgencyCategory {
  return categories[agency];
}

/**
 * The request number of a party's first question: the agency's category and 120 bits of a hash over case, party and writ.
 * It holds no identity number, so it may stand in logs and URLs. Throws ValueError for a malformed case number.
 */
export function requestNumber(agency: AgencyCode, caseNumber: string, party: string, writ: string): string {
  const parts = ['nonet inquiry 1', agency, caseNumberKey(parseCaseNumber(caseNumber)), party, writ];
  return categories[agency] + createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 30);
}

/** The request number of a measure: one per order, whatever happens, so that carrying it out again is the same request. */
export function controlNumber(agency: AgencyCode, caseNumber: string, order: string): string {
  const parts = ['nonet control 1', agency, caseNumberKey(parseCaseNumber(caseNumber)), order];
  return categories[agency] + createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 30);
}

/** The number of the n-th asking of a series, from 1: the first has the series' own, since the same number is the same question. */
export function numberOfRound(series: string, round: number): string {
  if (round === 1) return series;
  const digest = createHash('sha256').update(JSON.stringify(['nonet inquiry round 1', series, round]));
  return series.slice(0, 2) + digest.digest('hex').slice(0, 30);
}

/** A case number as a writ cites it. Throws ValueError for a malformed one. */
export function citedCaseNumber(caseNumber: string): string {
  return formatCaseNumber(parseCaseNumber(caseNumber));
}
