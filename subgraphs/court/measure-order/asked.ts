import { isUuid } from '../../../common/private-text.ts';
import type { AgencyCode, ControlAction } from '../../../common/vocabulary.ts';
import { badInput } from '../../kit/caller-errors.ts';
import { parseWords } from '../../kit/words.ts';
import { ruledOut } from '../errors.ts';
import { isOrdinal } from '../party/ordinal.ts';
import type { OrderMeasureInput } from './inputs.ts';
import { longestUntil, longestYears } from './term.ts';

/** A first order as it was asked for. */
export interface AskedFirst {
  readonly action: 'FREEZE' | 'SEAL' | 'SEIZE_PHYSICAL';
  readonly ordinal: number;
  readonly agency: AgencyCode;
  readonly property: string;
  readonly bankName: string | null;
  /** Fen; null for what has no amount. */
  readonly amount: bigint | null;
  readonly until: string;
}

/** A renewal or a release as it was asked for. */
export interface AskedLater {
  readonly action: 'RENEW' | 'RELEASE';
  readonly originId: string;
  readonly until: string | null;
}

/** What stands on every order. */
export interface Signed {
  readonly number: string;
  readonly signed_by: string;
  readonly handler_name: string;
  readonly handler_phone: string;
  readonly work_id_number: string;
  readonly duty_certificate_number: string;
}

/** What an agency carries out beside renewals and releases. */
const actionsOf = {
  BANK: ['FREEZE'],
  VEHICLE: ['SEAL', 'SEIZE_PHYSICAL'],
  REAL_ESTATE: ['SEAL'],
} as const satisfies Record<AgencyCode, readonly ControlAction[]>;

/** How an agency knows a thing. */
const properties = {
  BANK: { form: /^★{0,36}[0-9A-Za-z-]{4,40}$/, expected: 'the number of an account, in full or as BankAccount.number' },
  VEHICLE: {
    form: /^[\p{Script=Han}0-9A-Za-z·-]{4,40}$/u,
    expected: 'a plate, a VIN or the serial of a machine in full',
  },
  REAL_ESTATE: { form: /^(?=.*\d)[0-9A-Za-z]{4,40}$/, expected: 'the number of a unit (不动产单元号)' },
} as const satisfies Record<AgencyCode, { form: RegExp; expected: string }>;

/** Reads what is to be ordered on a day; throws BAD_USER_INPUT for what cannot be, saying what could. */
export function readAsked(input: OrderMeasureInput, today: string): AskedFirst | AskedLater {
  const { action } = input;
  switch (action) {
    case 'FREEZE':
    case 'SEAL':
    case 'SEIZE_PHYSICAL':
      return readFirst(input, action, today);
    case 'RENEW':
    case 'RELEASE':
      return readLater(input, action);
    case 'DEDUCT':
    case 'WAITLIST':
      throw ruledOut(
        'input.action',
        { problem: 'NOT_ORDERED_HERE' },
        action === 'DEDUCT' ? 'a deduction is not ordered here' : "a place on a waiting list is the registry's to give",
        'FREEZE, SEAL, SEIZE_PHYSICAL, RENEW or RELEASE',
      );
  }
}

/** Reads what stands on every order; throws BAD_USER_INPUT. */
export function readSigned(input: OrderMeasureInput): Signed {
  const words = (field: keyof OrderMeasureInput, text: string, max: number) =>
    parseWords(`input.${field}`, text, { min: 1, max });
  return {
    number: words('number', input.number, 100),
    signed_by: words('signedBy', input.signedBy, 100),
    handler_name: words('handlerName', input.handlerName, 100),
    handler_phone: words('handlerPhone', input.handlerPhone, 40),
    work_id_number: words('workIdNumber', input.workIdNumber, 60),
    duty_certificate_number: words('dutyCertificateNumber', input.dutyCertificateNumber, 60),
  };
}

/** A last day that this agency's measures may have; throws BAD_USER_INPUT for another. */
export function checkUntil(until: string, agency: AgencyCode, from: string, today: string): string {
  const last = longestUntil(agency, today);
  if (until < from || until > last) {
    const years = longestYears[agency];
    throw ruledOut(
      'input.until',
      { problem: until < from ? 'ENDS_TOO_EARLY' : 'BEYOND_TERM', earliest: from, latest: last },
      until < from
        ? 'the measure would end before it begins, or no later than it does already'
        : `the measure would last longer than the law allows, ${years === 1 ? 'a year' : `${years} years`} (民诉法解释 487)`,
      `a day from ${from} to ${last}`,
    );
  }
  return until;
}

function readFirst(input: OrderMeasureInput, action: AskedFirst['action'], today: string): AskedFirst {
  absent(input, ['originId'], `${action} begins anew`);
  const agency = given(input, 'agency', 'BANK, VEHICLE or REAL_ESTATE');
  const actions: readonly ControlAction[] = actionsOf[agency];
  if (!actions.includes(action)) {
    throw ruledOut(
      'input.action',
      { problem: 'NOT_OF_THIS_AGENCY' },
      `${agency} does not carry out ${action}`,
      actions.join(' or '),
    );
  }
  const partyId = given(input, 'partyId', 'an id as Party.id gives it: "1", "2", …');
  if (!isOrdinal(partyId)) {
    throw badInput('input.partyId', 'this is no party', 'an id as Party.id gives it: "1", "2", …');
  }
  const { form, expected } = properties[agency];
  const property = given(input, 'property', expected).trim();
  if (!form.test(property))
    throw ruledOut('input.property', { problem: 'NO_SUCH_FORM' }, 'this names no property of this agency', expected);
  const until = checkUntil(given(input, 'until', 'the last day of the measure'), agency, today, today);
  const first = { action, ordinal: Number(partyId), agency, property, until };
  if (action !== 'FREEZE') {
    absent(input, ['amount', 'bankName'], 'only a freeze has one');
    return { ...first, bankName: null, amount: null };
  }
  const bankName = given(input, 'bankName', 'the bank that keeps the account, as BankAccount.bankName gives it');
  const amount = given(input, 'amount', 'the limit of the freeze');
  if (amount <= 0n) throw badInput('input.amount', 'there is nothing to freeze', 'an amount above zero');
  return { ...first, amount, bankName: parseWords('input.bankName', bankName, { min: 1, max: 100 }) };
}

function readLater(input: OrderMeasureInput, action: AskedLater['action']): AskedLater {
  const why = `${action} takes it from the order that it names`;
  absent(input, ['partyId', 'agency', 'property', 'bankName', 'amount'], why);
  const originId = given(input, 'originId', 'an id as MeasureOrder.id gives it');
  if (!isUuid(originId)) {
    throw badInput('input.originId', 'this is no order', 'an id as MeasureOrder.id gives it');
  }
  if (action === 'RENEW') return { action, originId, until: given(input, 'until', 'the new last day of the measure') };
  absent(input, ['until'], 'a release has no last day');
  return { action, originId, until: null };
}

type Optional = 'originId' | 'partyId' | 'agency' | 'property' | 'bankName' | 'amount' | 'until';

function given<Field extends Optional>(
  input: OrderMeasureInput,
  field: Field,
  expected: string,
): NonNullable<OrderMeasureInput[Field]> {
  const value = input[field];
  if (value == null) throw ruledOut(`input.${field}`, { problem: 'MISSING' }, `${input.action} needs it`, expected);
  return value;
}

function absent(input: OrderMeasureInput, fields: readonly Optional[], why: string): void {
  for (const field of fields)
    if (input[field] != null) throw ruledOut(`input.${field}`, { problem: 'OUT_OF_PLACE' }, why, 'none');
}
