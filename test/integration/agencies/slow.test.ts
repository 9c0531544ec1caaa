import { describe, expect, it, vi } from 'vitest';
import { agencies, parties, party, start } from './fixture.ts';

describe.each(agencies)('$name that is slow', (agency) => {
  const slow = { behaviour: { [agency.name]: { fault: 'slow' } } } as const;
  const asked = ({
    bank,
    vehicle,
    property,
  }: {
    bank: { submit: number };
    vehicle: { query: number };
    property: { submit: number };
  }) => bank.submit + vehicle.query + property.submit;

  it('is PENDING with a ticket, and the next read finds the answer without asking again', async () => {
    // Three days late are 600 ms here.
    await using line = await start(agency, { waitMs: 30 }, slow);
    const people = parties(5);
    const pending = await line.ask(people);
    for (const inquiry of pending) {
      expect(inquiry).toMatchObject({ status: 'PENDING', reason: null, answeredAt: null });
      expect(inquiry.requestNumber).toMatch(/^(YH|CL|IP)[0-9a-f]{30}$/);
      expect(inquiry.expectedBy).toMatch(/^2018-01-\d\dT.*\+08:00$/);
      expect(inquiry[agency.records]).toBeNull();
    }
    await vi.waitFor(
      async () => {
        const answered = await line.ask(people);
        expect(answered.every(({ status }) => status === 'FOUND' || status === 'NONE')).toBe(true);
        expect(answered.map(({ requestNumber }) => requestNumber)).toEqual(
          pending.map(({ requestNumber }) => requestNumber),
        );
      },
      { timeout: 15_000, interval: 20 },
    );
    expect(asked(line.upstreams.calls())).toBe(agency.name === 'vehicle' ? 5 : 1);
  });

  it('is TIMEOUT after its deadline, and asked again under the same number', async () => {
    await using line = await start(agency, { deadlineMs: 300 }, { dayMs: 1_000, ...slow });
    const [late] = await line.ask([party(1)]);
    expect(late).toMatchObject({ status: 'TIMEOUT', reason: 'EXPIRED', answeredAt: null });
    expect(late![agency.records]).toBeNull();
    const [again] = await line.ask([party(1)]);
    expect(again).toMatchObject({ status: 'TIMEOUT', requestNumber: late!.requestNumber });
    expect(asked(line.upstreams.calls())).toBe(2);
  });

  it('lets go of its readers when it stops', async () => {
    await using line = await start(agency, {}, { dayMs: 100_000, ...slow });
    const reading = line.ask([party(1)]);
    await vi.waitFor(() => expect(line.requests.length).toBeGreaterThan(0));
    await line.program.stop();
    expect((await reading)[0]).toMatchObject({ status: 'UNREACHABLE', reason: 'STOPPED' });
  });

  it('asks anew when the stored answer is no longer fresh', async () => {
    await using line = await start(agency, { freshMs: -1 });
    const [first] = await line.ask([party(1)]);
    const [second] = await line.ask([party(1)]);
    expect(second!.status).toBe(first!.status);
    expect(asked(line.upstreams.calls())).toBe(2);
  });
});

it.each([agencies[0], agencies[1]])(
  'a $name that is slow about one debtor answers about the others',
  async (agency) => {
    await using line = await start(
      agency,
      { waitMs: 1_500 },
      { dayMs: 1_000, behaviour: { [agency.name]: { fault: 'slow', only: ['被执行人1'] } } },
    );
    const [first, second, third] = (await line.ask(parties(3))).map(({ status }) => status);
    expect(second).toBe('PENDING');
    expect(['FOUND', 'NONE']).toContain(first);
    expect(['FOUND', 'NONE']).toContain(third);
  },
);
