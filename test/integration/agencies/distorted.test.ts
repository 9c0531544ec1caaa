import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../mocks/upstreams/upstreams.ts';
import { agencies, parties, start, type AgencyFixture, type Inquiry } from './fixture.ts';

const people = parties(60);
const everything = {
  bank: `accounts { bankName branch number currency balance available accountStatus openedOn
    priorFreezes { sequence authority documentNumber amount until } }`,
  vehicle: `vehicles { plateNumber vin machineSerial model statusLetters mortgages { holder since }
    seizures { authority documentNumber from until queuePosition } }`,
  property: `units { unitNumber location area share coOwnership coOwners { name share } rights certificateNumber
    mortgages { mortgagee securedAmount certificateNumber } seizures { authority kind queuePosition until } }`,
};

/** What each debtor's field says, with rows in an order of their own: agencies promise none. */
async function ask(agency: AgencyFixture, fault?: Fault): Promise<readonly Inquiry[]> {
  await using line = await start(agency, {}, fault === undefined ? {} : { behaviour: { [agency.name]: { fault } } });
  const inquiries = await line.ask(people, everything[agency.name]);
  return inquiries.map((inquiry) => ({ ...inquiry, [agency.records]: sorted(inquiry[agency.records]) }));
}

function sorted(rows: unknown): unknown {
  return Array.isArray(rows)
    ? [...rows].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))
    : rows;
}

/** What an inquiry says of the debtor, without when it was said. */
const saying = (agency: AgencyFixture, { status, reason, ...inquiry }: Inquiry) => ({
  status,
  reason,
  records: inquiry[agency.records],
});
const unreadable = { status: 'UNREACHABLE', reason: 'GARBLED', records: null };

describe.each(agencies)('an answer of the $name', async (agency) => {
  const truth = await ask(agency);
  const records = (inquiry: Inquiry) => inquiry[agency.records] as readonly object[];

  it('tells of some debtors, and of others that there is nothing', () => {
    expect(new Set(truth.map(({ status }) => status))).toEqual(new Set(['FOUND', 'NONE']));
  });

  it.each(['reordered', 'duplicated', 'renamed', 'nothing-inside'] as const)(
    'that is %s says exactly the same',
    async (fault) => {
      const told = await ask(agency, fault);
      expect(told.map((inquiry) => saying(agency, inquiry))).toEqual(truth.map((inquiry) => saying(agency, inquiry)));
    },
  );

  it('that breaks off in the middle is GARBLED for all, and whole when it is asked again', async () => {
    await using line = await start(agency, {}, { behaviour: { [agency.name]: { fault: 'truncated' } } });
    for (const inquiry of await line.ask(people)) expect(saying(agency, inquiry)).toEqual(unreadable);
    line.upstreams.behave(agency.name, {});
    const again = await line.ask(people);
    expect(again.map(({ status }) => status)).toEqual(truth.map(({ status }) => status));
  });

  it('that stumbles at one endpoint alone is there in the end, and meanwhile no debtor has nothing', async () => {
    const on = agency.name === 'vehicle' ? 'query' : 'poll';
    await using line = await start(agency, {}, { behaviour: { [agency.name]: { fault: 'flaky', on } } });
    const open = new Set(truth.keys());
    for (let round = 0; open.size > 0 && round < 10; round++) {
      for (const [n, { status, reason }] of (await line.ask(people)).entries()) {
        if (reason === 'SERVER_ERROR') continue;
        expect(status).toBe(truth[n]!.status);
        open.delete(n);
      }
    }
    expect([...open]).toEqual([]);
  });

  it('with columns that nobody knows is never read as if there were nothing', async () => {
    const told = await ask(agency, 'drifted');
    told.forEach((inquiry, n) => {
      const said = saying(agency, inquiry);
      if (inquiry.status === 'DEGRADED') {
        // Of a bank's answer the banks that know nobody can still be read.
        const true_ = records(truth[n]!).map((row) => JSON.stringify(row));
        expect(agency.name).toBe('bank');
        for (const row of records(inquiry)) expect(true_).toContain(JSON.stringify(row));
      } else if (inquiry.status === 'UNREACHABLE') expect(said).toEqual(unreadable);
      else expect(said).toEqual(saying(agency, truth[n]!));
    });
    // Whoever has something that decides under a lost name is not told in full.
    const hidden = told.filter(({ status }) => status !== 'FOUND' && status !== 'NONE').length;
    expect(hidden).toBeGreaterThan(2);
    expect(told.filter(({ status }) => status === 'NONE').length).toBe(
      truth.filter(({ status }) => status === 'NONE').length,
    );
  });

  it('whose lists lost a row says that something is missing', async () => {
    const told = await ask(agency, 'shortened');
    told.forEach((inquiry, n) => {
      if (agency.name === 'bank') {
        // The last row of the answer is some bank's, whether it said 查无 or named an account.
        expect(inquiry.status).toBe('DEGRADED');
        for (const row of records(inquiry)) expect(records(truth[n]!)).toContainEqual(row);
      } else if (truth[n]!.status === 'FOUND') expect(saying(agency, inquiry)).toEqual(unreadable);
      else expect(saying(agency, inquiry)).toEqual(saying(agency, truth[n]!));
    });
  });

  it('that comes back under two names of one error is REFUSED with the reason and whom to call', async () => {
    for (const inquiry of await ask(agency, 'two-names')) {
      expect(saying(agency, inquiry)).toEqual({
        status: 'REFUSED',
        reason: 'RETURNED: 协助查询通知书印章不清晰；请核对后重新提交（联系人：协查专员 0516-55550100）',
        records: null,
      });
    }
  });
});
