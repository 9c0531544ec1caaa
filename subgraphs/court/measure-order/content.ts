import type { Kysely } from 'kysely';
import { addDays } from '../../../common/civil-date.ts';
import { formatMoney } from '../../../common/money.ts';
import { notFound, ruledOut } from '../errors.ts';
import type { CaseTable, MeasureOrderTable, Tables } from '../tables.ts';
import { checkUntil, type AskedFirst, type AskedLater } from './asked.ts';
import { coveredBy, isLive, releasedFreezes, type Standing } from './live.ts';

/** The case, the day, and what was ordered in it before. */
export interface Before {
  readonly own: CaseTable;
  readonly today: string;
  readonly orders: readonly MeasureOrderTable[];
  readonly standings: readonly Standing<MeasureOrderTable>[];
}

/** What an order says: of whose property, and what is to be done with it. */
type Content = Omit<
  MeasureOrderTable,
  | 'id'
  | 'case_key'
  | 'position'
  | 'number'
  | 'signed_by'
  | 'signed_on'
  | 'ordered_by'
  | 'ordered_at'
  | 'handler_name'
  | 'handler_phone'
  | 'work_id_number'
  | 'duty_certificate_number'
>;

/** What a first order says; throws BAD_USER_INPUT for one that the case does not bear, or NOT_FOUND. */
export async function firstContent(db: Kysely<Tables>, asked: AskedFirst, before: Before): Promise<Content> {
  const { own } = before;
  const { action, ordinal, agency, property, bankName, amount, until } = asked;
  if (own.closing_mode !== null) {
    throw ruledOut(
      'input.caseNumber',
      { problem: 'CASE_CLOSED' },
      'the case is closed',
      'an open case; what was ordered before may be renewed and released',
    );
  }
  const freed_ids = amount === null ? [] : roomFor(amount, before);
  const content = { action, ordinal, agency, property, bank_name: bankName, amount, until, origin_id: null, freed_ids };
  return { ...content, ...(await debtorOf(db, own.number_key, ordinal)) };
}

/** What a renewal or a release says: what its first order does, but for the last day. Throws BAD_USER_INPUT or NOT_FOUND. */
export function laterContent(asked: AskedLater, { orders, standings, today }: Before): Content {
  const named = orders.find(({ id }) => id === asked.originId.toLowerCase());
  if (named === undefined) throw notFound('input.originId', 'the case has no such order');
  const standing = standings.find(({ first }) => first.id === (named.origin_id ?? named.id));
  if (named.action === 'RELEASE' || standing === undefined) {
    throw ruledOut(
      'input.originId',
      { problem: 'NO_MEASURE' },
      'this order releases',
      'an order that controls property',
    );
  }
  // A release may have come back undone: another may be ordered, and its agency says whether anything is left to release.
  if (standing.isReleased && asked.until !== null)
    throw ruledOut('input.originId', { problem: 'RELEASED' }, 'it has been released', 'an order that is not released');
  const { ordinal, agency, property, bank_name, amount, id, name, id_type, id_number } = standing.first;
  const same = { ordinal, agency, property, bank_name, amount, origin_id: id, freed_ids: [], name, id_type, id_number };
  if (asked.until === null) return { ...same, action: 'RELEASE', amount: null, until: null };
  if (!isLive(standing, today)) {
    throw ruledOut(
      'input.originId',
      { problem: 'LAPSED' },
      'the measure has lapsed, since it was not renewed in time',
      'a new order',
    );
  }
  // What earlier renewals came to, the court does not know: a day beyond the first order's is later than what may stand.
  const from = addDays(standing.first.until ?? today, 1);
  const until = checkUntil(asked.until, agency, from > today ? from : today, today);
  return { ...same, action: 'RENEW', until };
}

/**
 * 不得超标的额: with what live orders cover, no more than is outstanding. Gives the released orders without whose amounts it would be
 * more: until their agency has released them, it would hold both.
 */
function roomFor(amount: bigint, { own, standings, today }: Before): readonly string[] {
  const { amount_due: due, amount_recovered: recovered } = own;
  const outstanding = own.amount_outstanding ?? (due === null ? null : due - (recovered ?? 0n));
  if (outstanding === null) {
    throw ruledOut(
      'input.amount',
      { problem: 'CLAIM_UNKNOWN' },
      'what is outstanding of the claim is not on file',
      'a case with an amount',
    );
  }
  const covered = coveredBy(standings, today);
  if (covered + amount <= outstanding) {
    const released = releasedFreezes(standings, today);
    const held = released.reduce((sum, { first }) => sum + (first.amount ?? 0n), covered);
    return held + amount <= outstanding ? [] : released.map(({ first }) => first.id);
  }
  const left = outstanding > covered ? outstanding - covered : 0n;
  const facts = { outstanding: formatMoney(outstanding), covered: formatMoney(covered), atMost: formatMoney(left) };
  throw ruledOut(
    'input.amount',
    { problem: 'ABOVE_CLAIM', ...facts },
    `this goes beyond the claim (超标的额): ${facts.outstanding} yuan are outstanding, of which live orders cover ${facts.covered}`,
    left === 0n ? 'an order to be released first' : `at most ${facts.atMost}`,
  );
}

/** Who the debtor is, as the order names him from now on. */
async function debtorOf(
  db: Kysely<Tables>,
  caseKey: string,
  ordinal: number,
): Promise<Pick<Content, 'name' | 'id_type' | 'id_number'>> {
  const party = await db
    .selectFrom('party')
    .select(['role', 'name', 'id_type', 'id_number'])
    .where('case_key', '=', caseKey)
    .where('ordinal', '=', ordinal)
    .executeTakeFirst();
  if (party === undefined) throw notFound('input.partyId', 'the case has no such party');
  const { role, name, id_type, id_number } = party;
  if (role !== 'DEBTOR') {
    throw ruledOut(
      'input.partyId',
      { problem: 'NO_DEBTOR' },
      'nobody but a debtor is executed against',
      'a party whose role is DEBTOR',
    );
  }
  if (id_number === null) {
    throw ruledOut(
      'input.partyId',
      { problem: 'NO_IDENTITY_NUMBER' },
      'the case has no identity number of this debtor, without which no agency can tell whose property it is',
      'a debtor with one',
    );
  }
  return { name, id_type, id_number };
}
