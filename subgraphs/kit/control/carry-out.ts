import { setImmediate as nextTurn, setTimeout as after } from 'node:timers/promises';
import { toCivilDate } from '../../../common/civil-date.ts';
import type { Identity } from '../../../common/identity.ts';
import type { AgencyCode } from '../../../common/vocabulary.ts';
import type { Desk } from '../inquiry/desk.ts';
import type { Marking } from '../inquiry/marks.ts';
import type { Outcome } from '../inquiry/outcome.ts';
import type { Permission } from '../inquiry/permission.ts';
import type { TicketStore } from '../inquiry/store.ts';
import { controlBasis, type ControlBasis } from './basis.ts';
import type { MeasureStatus } from './graph/measure-outcome.ts';
import type { ControlAnswer, NamedProperty, OrderedMeasure } from './measure.ts';
import { parseOrder } from './order.ts';
import { nothingHeld, precede } from './precedence.ts';

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
  /** The tickets behind the desk. */
  readonly store: Pick<TicketStore<ControlAnswer>, 'read' | 'close'>;
  readonly marking: Marking;
  readonly now: () => Date;
  readonly waitMs: number;
  readonly purpose?: string | undefined;
  /** Whether it may be carried out on this viewer's behalf. */
  readonly permission: Permission;
  readonly nameProperty: (measure: OrderedMeasure, identity: Identity) => Promise<NamedProperty>;
}

/** What was asked in the same request ends so long after what it waits for, at the latest. */
const graceMs = 1_000;

type Lawful = Extract<ControlBasis, { lawful: true }>;

/** Joins permission and legal basis with the desk: without both of them the agency is not contacted. */
export function createCarryOut(options: CarryOutOptions): CarryOut {
  const { agency, desk, store, marking, now, waitMs, purpose, permission, nameProperty } = options;
  const underWay = new Map<string, Promise<MeasureResult>>();

  const carryOut = async ({ asking: ordering, releases, withheld }: Lawful): Promise<MeasureResult> => {
    const startedMs = performance.now();
    const { measure, identity } = ordering;
    const before = [measure.origin ?? [], ...releases].flat();
    if (before.length > 0) {
      // What has to come first is perhaps asked in the same request. Where a court's orders wait for one another, nobody does.
      await nextTurn();
      const first = Promise.allSettled(before.flatMap((number) => underWay.get(number) ?? []));
      await Promise.race([first, after(waitMs + graceMs, undefined, { ref: false })]);
    }
    const precedence = await precede(store, { asking: ordering, releases, withheld }, { now: now(), marking });
    if (precedence.kind === 'LATER') {
      const { reason, expectedBy } = precedence;
      return { ...nothing, status: 'PENDING', reason, expectedBy };
    }
    const named = await nameProperty(measure, identity);
    const refusal = precedence.withheld ?? ('refusal' in named ? named.refusal : null);
    const asking = {
      ...ordering,
      ...('property' in named && { measure: { ...measure, property: named.property } }),
      ...(purpose !== undefined && { purpose }),
    };
    // What was done does not grow old: it is told, and not done again.
    const { requestNumber, outcome } = await desk.ask(asking, {
      maxAgeMs: Infinity,
      waitMs: Math.max(0, waitMs - (performance.now() - startedMs)),
      withheld: refusal,
    });
    if (outcome.kind === 'FAILED' && outcome.reason === nothingHeld) {
      return { ...nothing, status: 'FAILED', reason: nothingHeld };
    }
    if (outcome.kind === 'FAILED' && (outcome.reason === refusal || outcome.reason === 'ORDER_RELEASED')) {
      return { ...nothing, status: 'REFUSED', reason: outcome.reason };
    }
    return { ...toResult(outcome), requestNumber, ticket: outcome.kind === 'PENDING' ? requestNumber : null };
  };

  return async (representation) => {
    const order = parseOrder(representation);
    const denied = permission({ caseNumber: order.caseNumber, writ: order.mandate });
    if (denied !== null) return { ...nothing, status: 'REFUSED', reason: denied };
    const basis = controlBasis(order, agency, toCivilDate(now()));
    if (!basis.lawful) return { ...nothing, status: 'REFUSED', reason: basis.reason };
    const result = carryOut(basis);
    underWay.set(basis.asking.series, result);
    return result;
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
