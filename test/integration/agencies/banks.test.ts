import { expect, it, vi } from 'vitest';
import { agencies, parties, party, start, type Inquiry } from './fixture.ts';

const [bank] = agencies;
const selection = `accounts { bankName balance }
  coverage { complete asked answered banks { bankName status reason answeredAt } }`;

interface Coverage {
  readonly complete: boolean;
  readonly asked: number;
  readonly answered: number;
  readonly banks: readonly { bankName: string; status: string; reason: string | null; answeredAt: string | null }[];
}
const coverageOf = (inquiry: Inquiry) => inquiry['coverage'] as Coverage | null;
const accountsOf = (inquiry: Inquiry) => inquiry['accounts'] as readonly { bankName: string }[] | null;

it('names every bank that answered, with what it said', async () => {
  await using line = await start(bank);
  for (const inquiry of await line.ask(parties(40), selection)) {
    const coverage = coverageOf(inquiry)!;
    expect(coverage).toMatchObject({ complete: true, asked: 8, answered: 8 });
    for (const { bankName, status, reason, answeredAt } of coverage.banks) {
      const own = accountsOf(inquiry)!.filter((account) => account.bankName === bankName);
      expect(status).toBe(own.length > 0 ? 'FOUND' : 'NONE');
      expect(reason).toBeNull();
      expect(answeredAt).toMatch(/^2018-01-04T/);
    }
  }
});

it('is DEGRADED when banks are not on line: the others’ accounts stand, and the gap has names', async () => {
  await using whole = await start(bank);
  const truth = await whole.ask(parties(60), selection);
  await whole[Symbol.asyncDispose]();
  await using line = await start(bank, {}, { behaviour: { bank: { fault: 'partial' } } });
  const told = await line.ask(parties(60), selection);
  told.forEach((inquiry, n) => {
    expect(inquiry).toMatchObject({ status: 'DEGRADED', reason: 'BANKS_MISSING' });
    const coverage = coverageOf(inquiry)!;
    expect(coverage).toMatchObject({ complete: false, asked: 8, answered: 6 });
    const absent = coverage.banks.filter(({ reason }) => reason === 'NOT_ON_LINE').map(({ bankName }) => bankName);
    expect(absent).toEqual(['江苏银行', '徐州农村商业银行']);
    expect(accountsOf(inquiry)).toEqual(accountsOf(truth[n]!)!.filter(({ bankName }) => !absent.includes(bankName)));
  });
});

it('shows what has come while it is PENDING, and everything in the end', async () => {
  // Eight banks answer within a quarter of a day of eight seconds.
  await using line = await start(bank, { waitMs: 700 }, { dayMs: 8_000 });
  const people = parties(30);
  const [open] = await line.ask(people.slice(0, 1), selection);
  expect(open!.status).toBe('PENDING');
  const seen = new Set<number>();
  await vi.waitFor(
    async () => {
      const [inquiry] = await line.ask(people.slice(0, 1), selection);
      const coverage = coverageOf(inquiry!);
      if (coverage !== null) seen.add(coverage.answered);
      if (inquiry!.status === 'PENDING' && coverage !== null) {
        expect(coverage.complete).toBe(false);
        expect(coverage.banks.filter(({ status }) => status === 'PENDING')).toHaveLength(8 - coverage.answered);
        expect(accountsOf(inquiry!)).not.toBeNull();
      }
      expect(['FOUND', 'NONE']).toContain(inquiry!.status);
    },
    { timeout: 10_000, interval: 20 },
  );
  expect([...seen].some((answered) => answered > 0 && answered < 8)).toBe(true);
  expect(seen.has(8)).toBe(true);
});

it('keeps what has come when the others let the deadline pass', async () => {
  await using line = await start(bank, { deadlineMs: 1_000 }, { dayMs: 8_000 });
  const [inquiry] = await line.ask([party(1)], selection);
  expect(inquiry).toMatchObject({ status: 'DEGRADED', reason: 'EXPIRED' });
  const { answered, asked, complete } = coverageOf(inquiry!)!;
  expect({ asked, complete }).toEqual({ asked: 8, complete: false });
  expect(answered).toBeGreaterThan(0);
});
