import { toCivilDate } from '../../../common/civil-date.ts';
import type { Identity } from '../../../common/identity.ts';
import type { AgencyCode } from '../../../common/vocabulary.ts';
import type { Desk } from '../inquiry/desk.ts';
import type { Outcome } from '../inquiry/outcome.ts';
import type { Permission } from '../inquiry/permission.ts';
import { controlBasis } from './basis.ts';
import type { MeasureStatus } from './graph/measure-outcome.ts';
import type { ControlAnswer, NamedProperty, OrderedMeasure } from './measure.ts';
import { parseOrder } from './order.ts';

/** What an agency's field on an order says. */
export interface MeasureResult extends Omit<ControlAnswer, 'status'> {
  readonly status: MeasureStatus;
  readonly requestNumber: string | null;
  /** The number again, while an answer is to come. */
  readonly ticket: string | null;
  readonly answeredAt: Date | null;
  readonly expectedBy: Date | null;
}

/** Carries out the order of a representation, once however often it is asked; rejects when the representation is incomplete. */
export type CarryOut = (representation: unknown) => Promise<MeasureResult>;

/** What one question to an agency's program stands on. */
export interface CarryOutOptions {
  readonly agency: AgencyCode;
  readonly desk: Desk<ControlAnswer>;
  readonly now: () => Date;
  readonly waitMs: number;
  readonly purpose?: string | undefined;
  /** Whether it may be carried out on this viewer's behalf. */
  readonly permission: Permission;
  readonly nameProperty: (measure: OrderedMeasure, identity: Identity) => Promise<NamedProperty>;
}

/** Joins permission and legal basis with the desk: without both of them the agency is not contacted. */
export function createCarryOut(options: CarryOutOptions): CarryOut {
  const { agency, desk, now, waitMs, purpose, permission, nameProperty } = options;
  return async (representation) => {
    const order = parseOrder(representation);
    const denied = permission({ caseNumber: order.caseNumber, writ: order.mandate });
    if (denied !== null) return { ...nothing, status: 'REFUSED', reason: denied };
    const basis = controlBasis(order, agency, toCivilDate(now()));
    if (!basis.lawful) return { ...nothing, status: 'REFUSED', reason: basis.reason };
    const { measure, identity } = basis.asking;
    const named = await nameProperty(measure, identity);
    const withheld = basis.withheld ?? ('refusal' in named ? named.refusal : null);
    const asking = {
      ...basis.asking,
      ...('property' in named && { measure: { ...measure, property: named.property } }),
      ...(purpose !== undefined && { purpose }),
    };
    // What was done does not grow old: it is told, and not done again.
    const { requestNumber, outcome } = await desk.ask(asking, { maxAgeMs: Infinity, waitMs, withheld });
    if (outcome.kind === 'FAILED' && outcome.reason === withheld) {
      return { ...nothing, status: 'REFUSED', reason: withheld };
    }
    return { ...toResult(outcome), requestNumber, ticket: outcome.kind === 'PENDING' ? requestNumber : null };
  };
}

const nothing = {
  reason: null,
  requestNumber: null,
  ticket: null,
  answeredAt: null,
  expectedBy: null,
  controlledAmount: null,
  from: null,
  until: null,
  queuePosition: null,
};

function toResult(outcome: Outcome<ControlAnswer>): MeasureResult {
  switch (outcome.kind) {
    case 'PENDING':
      return { ...nothing, status: 'PENDING', expectedBy: outcome.expectedBy };
    case 'FAILED':
      return { ...nothing, status: outcome.status, reason: outcome.reason };
    case 'ANSWERED':
      return { ...nothing, ...outcome.records[0]!, answeredAt: outcome.answeredAt };
  }
}
