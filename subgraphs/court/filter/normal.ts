import { caseNumberFromKey } from '../../../common/case-number.ts';
import type { CourtRegistry } from '../../../common/court-registry.ts';
import { parseIdentity } from '../../../common/identity.ts';
import { caseKeyOfLocalPerson, type PersonKey, personId } from '../../../common/person-id.ts';
import { ValueError } from '../../../common/value-error.ts';
import type { CaseStage, CaseType, ClosingMode, PartyRole } from '../../../common/vocabulary.ts';
import { badInput, knownCourt, knownOwner } from '../../kit/caller-errors.ts';
import type { Plain } from '../plain.ts';
import type { CaseFilter } from './input.ts';

/**
 * A filter in its one spelling: absent conditions left out, lists sorted and without doubles, numbers as normal keys,
 * amounts as fen in digits, an identity number only as the person id that it stands for.
 */
export interface NormalFilter {
  readonly numbers?: readonly string[];
  readonly courts?: readonly string[];
  readonly stages?: readonly CaseStage[];
  readonly types?: readonly CaseType[];
  readonly closingModes?: readonly ClosingMode[];
  readonly filedFrom?: string;
  readonly filedTo?: string;
  readonly amountOutstandingMin?: string;
  readonly amountOutstandingMax?: string;
  readonly partyName?: string;
  /** All of them must be the party's. */
  readonly personIds?: readonly string[];
  readonly role?: PartyRole;
  /** Some debtor lives in one of them. */
  readonly provinces?: readonly string[];
}

/** Normalises a filter; throws UNKNOWN_COURT or BAD_USER_INPUT, naming the field. */
export function parseFilter(
  filter: Plain<CaseFilter> | null | undefined,
  { registry, personKey }: { registry: CourtRegistry; personKey: PersonKey },
): NormalFilter {
  if (filter == null) return {};
  const personIds = [
    ...(filter.partyIdNumber == null ? [] : [parsePartyIdNumber(filter.partyIdNumber, personKey)]),
    ...(filter.personId == null ? [] : [parsePersonId('filter.personId', filter.personId)]),
  ];
  return present({
    numbers: filter.numbers == null ? undefined : parseNumbers(filter.numbers, registry),
    courts: filter.courts == null ? undefined : parseCourts(filter.courts, registry),
    stages: sorted(filter.stages),
    types: sorted(filter.types),
    closingModes: sorted(filter.closingModes),
    filedFrom: filter.filedFrom,
    filedTo: filter.filedTo,
    amountOutstandingMin: filter.amountOutstandingMin?.toString(),
    amountOutstandingMax: filter.amountOutstandingMax?.toString(),
    partyName: filter.partyName == null ? undefined : parsePartyName(filter.partyName),
    personIds: personIds.length === 0 ? undefined : sorted(personIds),
    role: filter.role,
    provinces: filter.province == null ? undefined : [parseText('filter.province', filter.province)],
  });
}

/** The id of a person, checked for its form; throws BAD_USER_INPUT naming the argument. */
export function parsePersonId(argument: string, id: string): string {
  try {
    caseKeyOfLocalPerson(id);
  } catch (error) {
    throw named(argument, error);
  }
  return id;
}

const maxNumbers = 1_000;
const maxText = 200;

function parseNumbers(keys: readonly string[], registry: CourtRegistry): readonly string[] {
  if (keys.length > maxNumbers) {
    throw badInput('filter.numbers', `${keys.length} numbers are too many`, `at most ${maxNumbers}`, keys.length);
  }
  for (const key of keys) knownOwner('filter.numbers', caseNumberFromKey(key), registry);
  return sorted(keys);
}

/** A merged court's old code stands for the court that has it now. */
function parseCourts(codes: readonly string[], registry: CourtRegistry): readonly string[] {
  return sorted(codes.map((code) => knownCourt('filter.courts', code, registry).code));
}

function parsePartyName(name: string): string {
  if (Array.from(name).length < 2)
    throw badInput('filter.partyName', 'the name is too short', 'at least two characters');
  return parseText('filter.partyName', name);
}

/** PostgreSQL stores no null character, so no row can have one. Characters of people: one beyond the BMP is two units of JavaScript. */
function parseText(argument: string, text: string): string {
  if (text.length > 2 * maxText || Array.from(text).length > maxText || text.includes('\0')) {
    throw badInput(argument, 'the text is too long or has a null character', `at most ${maxText} characters of text`);
  }
  return text;
}

function parsePartyIdNumber(text: string, personKey: PersonKey): string {
  try {
    return personId(personKey, parseIdentity(text));
  } catch (error) {
    throw named('filter.partyIdNumber', error);
  }
}

function named(argument: string, error: unknown): unknown {
  return error instanceof ValueError ? badInput(argument, problemOf(error), error.expected) : error;
}

function problemOf(error: ValueError): string {
  return error.message.replace(`; expected ${error.expected}`, '');
}

function sorted<Item extends string>(items: readonly Item[]): readonly Item[];
function sorted<Item extends string>(items: readonly Item[] | null | undefined): readonly Item[] | undefined;
function sorted<Item extends string>(items: readonly Item[] | null | undefined): readonly Item[] | undefined {
  return items == null ? undefined : [...new Set(items)].sort();
}

/** Leaves out what is null or undefined. The order of the fields is that of the literal above, always. */
function present(fields: { [Name in keyof NormalFilter]-?: NormalFilter[Name] | null | undefined }): NormalFilter {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));
}
