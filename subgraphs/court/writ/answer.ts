import { caseNumberFromKey } from '../../../common/case-number.ts';
import { worksOnCases, type Viewer } from '../../../common/viewer.ts';
import type { CourtSetting } from '../setting.ts';
import type { FormerWritTable, WritTable } from '../tables.ts';
import type { Writ } from './type.ts';
import type { Plain } from '../plain.ts';

/** Whose writ it is, and to whom it is shown. */
interface Showing extends Pick<CourtSetting, 'court' | 'registry'> {
  readonly viewer: Viewer | null;
}

/** A writ as the answer to a change is kept: as JSON, and those of before issuers were kept without one. */
export interface AnsweredWrit extends Omit<Plain<Writ>, 'issuedBy' | 'issuedAt' | 'revokedBy' | 'revokedAt'> {
  readonly issuedBy?: string | null;
  readonly issuedAt?: Date | string | null;
}

/** The writ of a row, issued by the court that owns its case; officers are shown to whoever works on cases. */
export function toWrit(row: WritTable, { court, registry, viewer }: Showing): Plain<Writ> {
  const issuer = registry.ownerOf(caseNumberFromKey(row.case_key)) ?? court;
  const showsOfficers = worksOnCases(viewer);
  return {
    number: row.number,
    agencies: row.agencies === '' ? [] : row.agencies.split(' '),
    signedBy: row.signed_by,
    signedOn: row.signed_on,
    validUntil: row.valid_until,
    courtName: issuer.name,
    courtCode: issuer.code,
    handlerName: row.handler_name,
    handlerPhone: row.handler_phone,
    workIdNumber: row.work_id_number,
    dutyCertificateNumber: row.duty_certificate_number,
    issuedBy: showsOfficers ? row.issued_by : null,
    issuedAt: showsOfficers ? toInstant(row.issued_at) : null,
    revokedBy: null,
    revokedAt: null,
  };
}

/** A writ that is in force no more. One that was followed by another after its last day was revoked by nobody. */
export function toFormerWrit(row: FormerWritTable, showing: Showing): Plain<Writ> {
  const writ = toWrit(row, showing);
  if (row.reason === null || !worksOnCases(showing.viewer)) return writ;
  return { ...writ, revokedBy: row.ended_by, revokedAt: toInstant(row.ended_at) };
}

/** The writ of an answer that was kept, or has just been made. */
export function fromAnswer({ issuedBy = null, issuedAt = null, ...writ }: AnsweredWrit): Plain<Writ> {
  return { ...writ, issuedBy, issuedAt: toInstant(issuedAt), revokedBy: null, revokedAt: null };
}

function toInstant(at: Date | string | null): Date | null {
  return at === null ? null : new Date(at);
}
