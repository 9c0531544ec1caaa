import { parseMoney } from '../../../common/money.ts';
import { ifReadable } from '../../../common/value-error.ts';
import type { AgencyCode } from '../../../common/vocabulary.ts';
import { controlNumber, citedCaseNumber } from '../inquiry/inquiry.ts';
import { identityOf, isDay, type RefusalReason } from '../inquiry/legal-basis.ts';
import type { Asking } from '../inquiry/ticket.ts';
import { orderedActions, type OrderedAction, type OrderedMeasure } from './measure.ts';
import type { OrderReference } from './order.ts';

/** Why an agency is not contacted about an order. */
export type OrderRefusal =
  | 'NO_ORDER'
  | 'ORDER_INCOMPLETE'
  | 'ORDER_FOR_OTHER_AGENCY'
  | 'ORDER_RELEASED'
  | 'ORDER_NOT_YET_SIGNED'
  | 'ORDER_EXPIRED'
  | Extract<RefusalReason, 'NO_IDENTITY_NUMBER' | 'INVALID_IDENTITY_NUMBER'>;

/** A request that something be done. */
export type Ordering = Asking & { readonly measure: OrderedMeasure };

/**
 * What an order comes to: a request to this agency, or the reason why it is none. `withheld`: it may not be handed in now, or not any
 * more; what came of it when it was, is told all the same.
 */
export type ControlBasis =
  | {
      readonly lawful: true;
      readonly asking: Ordering;
      readonly withheld: OrderRefusal | null;
      /** The requests that make room for it: one of each has to be carried out before. */
      readonly releases: readonly (readonly string[])[];
    }
  | { readonly lawful: false; readonly reason: OrderRefusal };

/**
 * Decides whether the agency may carry an order out on a civil date (民诉法解释 487; 法释〔2013〕20号 Art. 3: a ruling and the
 * 协助执行通知书). An order is good from the day on which it was signed to the end of its last day, and until it is released.
 */
export function controlBasis(order: OrderReference, agency: AgencyCode, today: string): ControlBasis {
  const { mandate, subject, caseNumber } = order;
  if (mandate === null) return refuse('NO_ORDER');
  if (mandate.agency !== agency) return refuse(mandate.agency === null ? 'ORDER_INCOMPLETE' : 'ORDER_FOR_OTHER_AGENCY');
  const measure = measureOf(order, agency);
  const { number, signedBy, signedOn, isReleased, releaseIds } = mandate;
  if (measure === null || !number || !signedBy || !signedOn || !isDay(signedOn)) return refuse('ORDER_INCOMPLETE');
  if (isReleased === null || releaseIds === null) {
    return refuse('ORDER_INCOMPLETE');
  }
  if (!subject?.idNumber) return refuse('NO_IDENTITY_NUMBER');
  const identity = identityOf(subject.idNumber, subject.idType);
  if (identity === null) return refuse('INVALID_IDENTITY_NUMBER');
  const { courtName, courtCode, handlerName, handlerPhone, workIdNumber, dutyCertificateNumber } = mandate;
  const handler = { courtName, courtCode, handlerName, handlerPhone, workIdNumber, dutyCertificateNumber };
  const asking: Ordering = {
    series: controlNumber(agency, caseNumber, order.id),
    caseNumber: citedCaseNumber(caseNumber),
    name: subject.name,
    identity,
    writ: { number, agencies: [agency], signedBy, signedOn, validUntil: measure.until, ...handler },
    measure,
  };
  const isOver = measure.until !== null && measure.until < today;
  const untimely = signedOn > today ? 'ORDER_NOT_YET_SIGNED' : isOver ? 'ORDER_EXPIRED' : null;
  const releases = releaseIds.map((ids) => ids.map((id) => controlNumber(agency, caseNumber, id)));
  return { lawful: true, asking, withheld: isReleased ? 'ORDER_RELEASED' : untimely, releases };
}

function refuse(reason: OrderRefusal): ControlBasis {
  return { lawful: false, reason };
}

/** Null where something is missing without which the agency would not know what to do. */
function measureOf({ caseNumber, mandate }: OrderReference, agency: AgencyCode): OrderedMeasure | null {
  if (mandate === null) return null;
  const { property, bankName, amount, until, originId } = mandate;
  const action = orderedActions.find((known) => known === mandate.action);
  if (action === undefined || !property) return null;
  if (action === 'RELEASE' ? until !== null : until === null || !isDay(until)) return null;
  if (follows(action) !== (originId !== null)) return null;
  if (action === 'FREEZE' && !isAmount(amount)) return null;
  if (amount !== null && !isAmount(amount)) return null;
  const origin = originId === null ? null : controlNumber(agency, caseNumber, originId);
  return { action, property, bankName, amount, until, origin };
}

function follows(action: OrderedAction): boolean {
  return action === 'RENEW' || action === 'RELEASE';
}

function isAmount(amount: string | null): boolean {
  return amount !== null && (ifReadable(() => parseMoney(amount)) ?? 0n) > 0n;
}
