import { caseNumberFromKey } from '../../../common/case-number.ts';
import type { CourtSetting } from '../setting.ts';
import type { WritTable } from '../tables.ts';
import type { Writ } from './type.ts';
import type { Plain } from '../plain.ts';

/** The writ of a row, issued by the court that owns its case. */
export function toWrit(row: WritTable, { court, registry }: Pick<CourtSetting, 'court' | 'registry'>): Plain<Writ> {
  const issuer = registry.ownerOf(caseNumberFromKey(row.case_key)) ?? court;
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
  };
}
