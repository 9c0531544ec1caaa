import { describe, expect, it } from 'vitest';
import { nextStep } from '../../../subgraphs/kit/inquiry/next-step.ts';
import { numberOfRound } from '../../../subgraphs/kit/inquiry/inquiry.ts';
import { unkeyed } from '../../../subgraphs/kit/inquiry/marks.ts';
import type { Settled } from '../../../subgraphs/kit/inquiry/outcome.ts';
import type { Ticket, TicketState } from '../../../subgraphs/kit/inquiry/ticket.ts';
import { askingOf } from '../../support/askings.ts';

const now = new Date('2018-01-31T04:00:00Z');
const asking = askingOf(1);
const { series } = asking;
const marks = unkeyed.marksOf(asking);
const answered: Settled<string> = { kind: 'ANSWERED', answeredAt: new Date(0), records: ['it'] };
const failed: Settled<string> = { kind: 'FAILED', status: 'UNREACHABLE', reason: 'DOWN', lasting: false };

const ticket = (
  state: TicketState,
  { round = 1, ageMs = 0, ...changes }: Partial<Ticket<string>> & { ageMs?: number } = {},
) => {
  const isOpen = state === 'DRAFTED' || state === 'SUBMITTED' || state === 'ACCEPTED';
  const own: Ticket<string> = {
    requestNumber: numberOfRound(series, round),
    series,
    round,
    state,
    marks,
    expectedBy: now,
    settledAt: isOpen ? null : new Date(now.getTime() - ageMs),
    isOutdated: false,
    settled: isOpen ? null : state === 'ANSWERED' || state === 'RETURNED' ? answered : failed,
    ...changes,
  };
  return own;
};
const step = (tickets: readonly Ticket<string>[], maxAgeMs = 1_000, own = asking) =>
  nextStep(tickets, { asking: own, maxAgeMs, now, marking: unkeyed });

describe('the next step', () => {
  it('is to ask in the first round where nothing was asked', () => {
    expect(step([])).toEqual({ kind: 'ASK', round: 1 });
  });

  it.each(['DRAFTED', 'SUBMITTED', 'ACCEPTED'] as const)('is to wait for what is %s', (state) => {
    const open = ticket(state);
    expect(step([open])).toEqual({ kind: 'WAIT', ticket: open });
  });

  it.each(['ANSWERED', 'RETURNED'] as const)('is to take what was %s, to its very age', (state) => {
    expect(step([ticket(state, { ageMs: 1_000 })])).toMatchObject({ kind: 'GIVE', requestNumber: series });
    expect(step([ticket(state, { ageMs: 1_001 })])).toEqual({ kind: 'ASK', round: 2 });
    expect(step([ticket(state, { ageMs: 0 })], 0)).toMatchObject({ kind: 'GIVE' });
  });

  it('is to take an answer that came in after what this clock says', () => {
    expect(step([ticket('ANSWERED', { ageMs: -60_000 })])).toMatchObject({ kind: 'GIVE' });
  });

  it('is to ask once more where a measure was taken since, however young the answer is, and whatever is open', () => {
    expect(step([ticket('ANSWERED', { isOutdated: true })])).toEqual({ kind: 'ASK', round: 2 });
    expect(step([ticket('ACCEPTED', { isOutdated: true })])).toEqual({ kind: 'ASK', round: 2 });
    expect(step([ticket('FAILED', { isOutdated: true })])).toEqual({ kind: 'ASK', round: 2 });
    const open = ticket('SUBMITTED', { round: 2 });
    expect(step([ticket('ANSWERED', { isOutdated: true }), open])).toEqual({ kind: 'WAIT', ticket: open });
  });

  it('is the first round again for a measure that failed, in whatever words', () => {
    const freeze = {
      action: 'FREEZE',
      property: '6',
      bankName: null,
      amount: '1.00',
      until: '2018-12-31',
      origin: null,
    } as const;
    const renamed = { ...asking, name: '王强', measure: freeze };
    expect(step([ticket('FAILED')], Infinity, renamed)).toEqual({ kind: 'ASK', round: 1 });
    expect(step([ticket('EXPIRED')], Infinity, renamed)).toEqual({ kind: 'ASK', round: 1 });
  });

  it('is to take a young answer while a later round is open, and to wait for that round when it is too old', () => {
    const tickets = [ticket('SUBMITTED', { round: 2 }), ticket('ANSWERED', { ageMs: 500 })];
    expect(step(tickets)).toMatchObject({ kind: 'GIVE', requestNumber: series });
    expect(step(tickets, 100)).toMatchObject({ kind: 'WAIT', ticket: { round: 2 } });
  });

  it.each(['FAILED', 'EXPIRED'] as const)('is to ask again under the same number what has %s', (state) => {
    expect(step([ticket(state)])).toEqual({ kind: 'ASK', round: 1 });
    expect(step([ticket(state, { round: 3 }), ticket('ANSWERED', { ageMs: 5_000 })])).toEqual({
      kind: 'ASK',
      round: 3,
    });
  });

  it('is to ask in another round what has failed in other words, since the agency may know those', () => {
    const handler = { ...asking, writ: { ...asking.writ, handlerName: '王法官' } };
    expect(step([ticket('FAILED')], 1_000, handler)).toEqual({ kind: 'ASK', round: 2 });
  });

  it('never gives or awaits an answer about somebody else', () => {
    const other = { ...asking, identity: { ...asking.identity, number: '320312198000000019' } };
    const refused = { kind: 'GIVE', settled: { status: 'REFUSED', reason: 'WRIT_FOR_OTHER_PARTY' } };
    expect(step([ticket('ANSWERED')], 1_000, other)).toMatchObject(refused);
    expect(step([ticket('ACCEPTED')], 1_000, other)).toMatchObject(refused);
    expect(step([ticket('ANSWERED', { ageMs: 5_000 })], 1_000, other)).toEqual({ kind: 'ASK', round: 2 });
    expect(step([ticket('FAILED')], 1_000, other)).toEqual({ kind: 'ASK', round: 2 });
  });
});
