import type { Identity } from '../../../common/identity.ts';
import { toProvince } from '../../../common/provinces.ts';
import type { PartyKind } from '../../../common/vocabulary.ts';
import type { EntryParty } from '../load/entry.ts';
import type { ImportSetting } from './case-row.ts';
import type { PartyField } from './columns.ts';
import type { Header } from './header.ts';
import { parseOwnCaseNumber } from './read/case-number.ts';
import { parseIdentityCell } from './read/identity.ts';
import { parseName, parseRemark, parseSigns } from './read/text.ts';
import { parseWord } from './read/word.ts';
import { CellFault, type Fault, type Oddity } from './reasons.ts';
import { createRowReader, type RowReader } from './row-reader.ts';
import type { Cell, Row } from './table.ts';
import { idTypeWords, kindWords, roleWords, ruralWords, silentIdTypeWords } from './words.ts';
import { readWrit } from './writ.ts';

/** A row of the parties file, read. */
export interface PartyRow {
  readonly row: Row;
  /** Display form of its case; null when it cannot be read. */
  readonly number: string | null;
  /** The ordinal that the file gives; null when it gives none. */
  readonly ordinal: number | null;
  /** Null when anything in the row is at fault. */
  readonly party: Omit<EntryParty, 'ordinal' | 'stated'> | null;
  readonly faults: readonly Fault[];
  readonly oddities: readonly Oddity[];
}

/** Reads one row of the parties file; never throws. */
export function toPartyRow(header: Header<PartyField>, row: Row, { court, registry }: ImportSetting): PartyRow {
  const reader = createRowReader(header, row);
  const number = reader.read('caseNumber', (cell) => parseOwnCaseNumber(cell, court, registry), { required: true });
  const ordinal = reader.read('ordinal', parseOrdinal);
  const role = reader.read('role', (cell) => parseWord(roleWords, cell), { required: true });
  const name = reader.read('name', parseName, { required: true });
  const identity = identityOf(reader);
  const kind = kindOf(reader, identity);
  const rest = {
    idType: identity?.type ?? null,
    idNumber: identity?.number ?? null,
    idMissingReason: reader.read('idMissingReason', parseRemark),
    province: reader.read('province', parseProvince),
    county: reader.read('county', parseRemark),
    rural: reader.read('rural', parseRural),
    writ: readWrit(reader),
  };
  const { faults, oddities } = reader;
  const isWhole = role !== null && name !== null && kind !== null && faults.length === 0;
  return { row, number, ordinal, party: isWhole ? { role, name, kind, ...rest } : null, faults, oddities };
}

/** 1 … 999,999, as ids of local persons have it. */
function parseOrdinal(cell: Cell): number | null {
  const signs = parseSigns(cell);
  if (signs === null) return null;
  if (!/^[1-9]\d{0,5}$/.test(signs)) throw new CellFault('NOT_AN_ORDINAL');
  return Number(signs);
}

function identityOf(reader: RowReader<PartyField>): Identity | null {
  const before = reader.faults.length;
  const type = reader.read('idType', (cell) => {
    const signs = parseSigns(cell);
    if (signs !== null && silentIdTypeWords.UNSAID.includes(signs)) return null;
    return parseWord(idTypeWords, cell);
  });
  // Without its type the number would be blamed for what is the type's fault.
  if (reader.faults.length > before) return null;
  const identity = reader.read('idNumber', (cell) => parseIdentityCell(cell, type), { isPrivate: true });
  for (const detail of identity?.warnings ?? []) reader.oddities.push({ code: 'IDENTITY', detail });
  return identity;
}

/** Documents of which only people have one. */
const personal: ReadonlySet<string> = new Set<Identity['type']>([
  'RESIDENT_ID',
  'CN_PASSPORT',
  'HK_MO_PERMIT',
  'TW_PERMIT',
  'HMT_RESIDENCE',
  'FOREIGN_PR',
  'FOREIGN_PASSPORT',
  'MILITARY',
]);

function kindOf(reader: RowReader<PartyField>, identity: Identity | null): PartyKind | null {
  const before = reader.faults.length;
  const kind = reader.read('kind', (cell) => parseWord(kindWords, cell));
  if (kind !== null || reader.faults.length > before) return kind;
  if (identity !== null && personal.has(identity.type)) return 'NATURAL_PERSON';
  // Whether an organisation is a legal person stands in no number.
  if (reader.faults.length === 0) reader.blame('kind', new CellFault('KIND_UNKNOWN', '自然人、法人、非法人组织'));
  return null;
}

function parseProvince(cell: Cell, _: unknown, tell: (oddity: Oddity) => void): string | null {
  const written = parseRemark(cell);
  if (written === null) return null;
  const province = toProvince(written);
  if (province === null) tell({ code: 'UNKNOWN_PROVINCE', detail: written });
  return province ?? written;
}

function parseRural(cell: Cell): boolean | null {
  const word = parseWord(ruralWords, cell);
  return word === null ? null : word === 'YES';
}
