import { caseNumberKey, caseTypeOf, parseCaseNumber } from '../../../common/case-number.ts';
import type { CaseRecord, PartyRecord } from '../../../common/case-record.ts';
import { parseCivilDate } from '../../../common/civil-date.ts';
import type { CourtEntry, CourtRegistry } from '../../../common/court-registry.ts';
import { parseMoney } from '../../../common/money.ts';
import type { PersonKey } from '../../../common/person-id.ts';
import { ValueError } from '../../../common/value-error.ts';
import type { CaseTable, CoerciveMeasureTable, MeasureTable, PartyTable, WritTable } from '../tables.ts';
import { toStoredIdentity } from './identity.ts';

/** One case as rows of the five tables. */
export interface CaseRows {
  readonly enforcementCase: CaseTable;
  readonly parties: PartyTable[];
  readonly writs: WritTable[];
  readonly measures: MeasureTable[];
  readonly coerciveMeasures: CoerciveMeasureTable[];
}

/** Whose rows they become. */
export interface Loading {
  readonly court: CourtEntry;
  readonly registry: CourtRegistry;
  readonly personKey: PersonKey;
}

/** Reads a record; throws ValueError for a number, date, amount or ordinal that cannot be. */
export function parseCaseRecord(record: CaseRecord, loading: Loading): CaseRows {
  const number = parseCaseNumber(record.number);
  const key = caseNumberKey(number);
  requireOrdinals(record);
  return {
    enforcementCase: {
      number_key: key,
      court_code: (loading.registry.ownerOf(number) ?? loading.court).code,
      type: caseTypeOf(number),
      stage: record.stage,
      filed_on: dateOf(record.filedOn),
      closed_on: dateOf(record.closedOn),
      closing_mode: record.closingMode,
      amount_due: fenOf(record.amountDue),
      amount_recovered: fenOf(record.amountRecovered),
      amount_outstanding: fenOf(record.amountOutstanding),
      predecessor_key: keyOf(record.predecessor),
      successor_key: keyOf(record.successor),
      transfer_kind: record.transferKind,
      team_name: record.team?.name ?? null,
      team_type: record.team?.type ?? null,
      team_judge: record.team?.judge ?? null,
    },
    parties: record.parties.map((party) => parseParty(party, key, loading.personKey)),
    writs: record.parties.flatMap((party) => parseWrit(party, key)),
    measures: record.measures.map((measure, index) => ({
      case_key: key,
      position: index + 1,
      action: measure.action,
      property: measure.property,
      amount: fenOf(measure.amount),
      starts_on: parseCivilDate(measure.from),
      expires_on: dateOf(measure.expiresOn),
      queue_position: measure.queuePosition,
    })),
    coerciveMeasures: record.coerciveMeasures.map((measure, index) => ({
      case_key: key,
      position: index + 1,
      kind: measure.kind,
      decided_on: parseCivilDate(measure.decidedOn),
      party_ordinal: measure.party,
    })),
  };
}

/** Ordinals are the parties' identity within the case, and measures speak of parties by them. */
function requireOrdinals({ parties, coerciveMeasures }: CaseRecord): void {
  const ordinals = new Set(parties.map(({ ordinal }) => ordinal));
  if (ordinals.size < parties.length) throw new ValueError('two parties have one ordinal', 'ordinals 1, 2, …');
  if (coerciveMeasures.some(({ party }) => !ordinals.has(party))) {
    throw new ValueError('a coercive measure is against nobody in the case', 'the ordinal of one of its parties');
  }
}

function parseParty(party: PartyRecord, caseKey: string, personKey: PersonKey): PartyTable {
  const identity = toStoredIdentity(party, caseKey, personKey);
  return {
    case_key: caseKey,
    ordinal: party.ordinal,
    role: party.role,
    kind: party.kind,
    name: party.name,
    id_type: identity.type,
    id_number: identity.number,
    id_unreadable: identity.unreadable,
    id_missing_reason: identity.missingReason,
    province: party.province,
    county: party.county,
    rural: party.rural,
    person_id: identity.personId,
    identified: identity.identified,
  };
}

function parseWrit({ ordinal, writ }: PartyRecord, caseKey: string): WritTable[] {
  if (writ === null) return [];
  return [
    {
      case_key: caseKey,
      ordinal,
      number: writ.number,
      agencies: writ.agencies.join(' '),
      signed_by: writ.signedBy,
      signed_on: parseCivilDate(writ.signedOn),
      valid_until: parseCivilDate(writ.validUntil),
      handler_name: writ.handlerName,
      handler_phone: writ.handlerPhone,
      work_id_number: writ.workIdNumber,
      duty_certificate_number: writ.dutyCertificateNumber,
      issued_by: null,
      issued_at: null,
    },
  ];
}

function dateOf(date: string | null): string | null {
  return date === null ? null : parseCivilDate(date);
}

function fenOf(amount: string | null): bigint | null {
  return amount === null ? null : parseMoney(amount);
}

function keyOf(number: string | null): string | null {
  return number === null ? null : caseNumberKey(parseCaseNumber(number));
}
