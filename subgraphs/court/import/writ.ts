import type { WritRecord } from '../../../common/case-record.ts';
import { partyColumns, type PartyField } from './columns.ts';
import { parseDate } from './read/date.ts';
import { parseRemark } from './read/text.ts';
import { parseWordSet } from './read/word.ts';
import { CellFault } from './reasons.ts';
import type { RowReader } from './row-reader.ts';
import { agencyWords } from './words.ts';

/** The columns of a writ by the field that each fills. */
const columnOf = {
  number: 'writNumber',
  agencies: 'writAgencies',
  signedBy: 'writSignedBy',
  signedOn: 'writSignedOn',
  validUntil: 'writValidUntil',
  handlerName: 'writHandlerName',
  handlerPhone: 'writHandlerPhone',
  workIdNumber: 'writWorkId',
  dutyCertificateNumber: 'writDutyCertificate',
} as const satisfies Record<keyof WritRecord, PartyField>;

/** The fields of the parties file that make a writ. */
export const writFields: readonly PartyField[] = Object.values(columnOf);

/**
 * The writ in a row: all of its nine columns, or none. An agency may be asked only by a writ that is whole
 * (协助查询通知书 with both of the handler's credentials), so half a writ is a fault.
 */
export function readWrit(reader: RowReader<PartyField>): WritRecord | null {
  const before = reader.faults.length;
  const words = (field: PartyField, isPrivate = false) => reader.read(field, parseRemark, { isPrivate });
  const date = (field: PartyField) => reader.read(field, (cell, _, tell) => parseDate(cell, tell));
  const writ: { readonly [Field in keyof WritRecord]: WritRecord[Field] | null } = {
    number: words('writNumber'),
    agencies: reader.read('writAgencies', (cell) => parseWordSet(agencyWords, cell)),
    signedBy: words('writSignedBy'),
    signedOn: date('writSignedOn'),
    validUntil: date('writValidUntil'),
    handlerName: words('writHandlerName'),
    handlerPhone: words('writHandlerPhone', true),
    workIdNumber: words('writWorkId'),
    dutyCertificateNumber: words('writDutyCertificate'),
  };
  const missing = (Object.keys(columnOf) as (keyof WritRecord)[]).filter((field) => writ[field] === null);
  if (missing.length === writFields.length) return null;
  if (missing.length > 0) {
    const names = missing.map((field) => partyColumns[columnOf[field]].headers[0]);
    // A cell at fault has been told already, and may be the very one that is missing.
    if (reader.faults.length === before) {
      reader.blame('writNumber', new CellFault('INCOMPLETE_WRIT', `missing: ${names.join('、')}`));
    }
    return null;
  }
  const whole = writ as WritRecord;
  if (whole.validUntil < whole.signedOn) {
    reader.oddities.push({ code: 'WRIT_DATES', detail: `${whole.signedOn}, ${whole.validUntil}` });
  }
  return whole;
}
