import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { describe, expect, it } from 'vitest';
import { createBank } from '../../../subgraphs/bank/program.ts';
import { agencies, clockFrom, parties, party, start, today } from './fixture.ts';
import { viewerHeaders } from '../../support/viewers.ts';

const answered = ['FOUND', 'NONE'];

describe.each(agencies)('$name', (agency) => {
  it('that is down is UNREACHABLE, and asked again when it is back', async () => {
    await using line = await start(agency, {}, { behaviour: { [agency.name]: { fault: 'down' } } });
    for (const inquiry of await line.ask(parties(3))) {
      expect(inquiry).toMatchObject({ status: 'UNREACHABLE', reason: 'DOWN', answeredAt: null });
      expect(inquiry[agency.records]).toBeNull();
    }
    line.upstreams.behave(agency.name, {});
    for (const { status } of await line.ask(parties(3))) expect(answered).toContain(status);
  });

  it('that answers nonsense is UNREACHABLE as GARBLED and its words travel nowhere', async () => {
    await using line = await start(agency, {}, { behaviour: { [agency.name]: { fault: 'nonsense' } } });
    const answer = await line.raw(parties(2));
    expect(answer.errors).toBeUndefined();
    expect(JSON.stringify(answer)).not.toContain('系统维护中');
    for (const inquiry of await line.ask(parties(2)))
      expect(inquiry).toMatchObject({ status: 'UNREACHABLE', reason: 'GARBLED' });
  });

  it('that garbles one debtor loses that one alone', async () => {
    await using line = await start(
      agency,
      {},
      { behaviour: { [agency.name]: { fault: 'garbled', only: ['被执行人1'] } } },
    );
    const inquiries = await line.ask(parties(4));
    expect(inquiries[1]).toMatchObject({ status: 'UNREACHABLE', reason: 'GARBLED', answeredAt: null });
    expect(inquiries[1]![agency.records]).toBeNull();
    for (const n of [0, 2, 3]) expect(answered).toContain(inquiries[n]!.status);
  });

  it('that returns a request is REFUSED with reason and contact, for that debtor alone', async () => {
    await using line = await start(
      agency,
      {},
      { behaviour: { [agency.name]: { fault: 'returned', only: ['被执行人2'] } } },
    );
    const inquiries = await line.ask(parties(4), `${agency.list} returned { reason note contact phone }`);
    expect(inquiries[2]).toMatchObject({
      status: 'REFUSED',
      reason: 'RETURNED: 协助查询通知书印章不清晰；请核对后重新提交（联系人：协查专员 0516-55550100）',
      returned: {
        reason: '协助查询通知书印章不清晰',
        note: '请核对后重新提交',
        contact: '协查专员',
        phone: '0516-55550100',
      },
    });
    expect(inquiries[2]!.requestNumber).not.toBeNull();
    for (const n of [0, 1, 3]) {
      expect(answered).toContain(inquiries[n]!.status);
      expect(inquiries[n]!['returned']).toBeNull();
    }
  });

  it('that stumbles is asked again', async () => {
    await using line = await start(agency, {}, { behaviour: { [agency.name]: { fault: 'flaky' } } });
    for (const { status } of await line.ask(parties(1))) expect(answered).toContain(status);
  });

  it('that asks for patience gets it', async () => {
    await using line = await start(agency);
    line.upstreams.behave(agency.name, { fault: 'throttled' });
    const since = performance.now();
    const [inquiry] = await line.ask([party(1)]);
    expect(answered).toContain(inquiry!.status);
    // Retry-After: 1
    expect(performance.now() - since).toBeGreaterThan(990);
  });

  it('returns a request without a credential, naming it', async () => {
    await using line = await start(agency);
    const lacking = party(1, { writ: { ...party(1).writ, dutyCertificateNumber: null } });
    const [inquiry] = await line.ask([lacking]);
    expect(inquiry!.status).toBe('REFUSED');
    expect(inquiry!.reason).toContain('执行公务证编号');
  });
});

describe('an answer that strays from the contract', () => {
  const address = 'http://stray.upstream.invalid';

  const askWith = async (poll: (numbers: readonly string[]) => object, count = 2, more = '') => {
    let numbers: string[] = [];
    const server = setupServer(
      http.post(`${address}/v1/queries`, async ({ request }) => {
        numbers = ((await request.json()) as { CXQQ: { BDHM: string }[] }).CXQQ.map(({ BDHM }) => BDHM);
        return HttpResponse.json({ RESULT: '0000', PCH: 'B1', 新列: 1 }, { status: 202 });
      }),
      http.get(`${address}/v1/batches/B1`, () =>
        HttpResponse.json({ RESULT: '0000', HTXX: [], WCZT: '1', ...poll(numbers) }),
      ),
    );
    server.listen({ onUnhandledRequest: 'error' });
    const program = await createBank({ upstream: { baseUrl: address }, now: clockFrom(today), waitMs: 10_000 });
    try {
      const query = `query ($parties: [_Any!]!) { _entities(representations: $parties) { ... on Party {
        bank { status reason accounts { number balance } ${more} } } } }`;
      const { data, errors } = await program.ask(
        { query, variables: { parties: parties(count) } },
        AbortSignal.timeout(15_000),
        viewerHeaders(),
      );
      expect(errors).toBeUndefined();
      return (data!['_entities'] as { bank: { status: string; reason: string | null; accounts: unknown } }[]).map(
        ({ bank }) => bank,
      );
    } finally {
      await program.stop();
      server.close();
    }
  };
  const row = (changes: object = {}) => ({
    YHMC: '某银行',
    CCXH: 1,
    KHZH: '6299991234567890123',
    YE: '12.30',
    FKSJ: '2018-01-04T09:00:00+08:00',
    ...changes,
  });
  const element = (number: string | undefined, rows: readonly object[]) => ({ BDHM: number, WCZT: '1', ZHXX: rows });
  const masked = '★★★★★★★★★★★★★★★0123';

  it('may hold unknown columns, and strangers, whom nobody gets', async () => {
    const [first, second] = await askWith(([a, b]) => ({
      FK: [
        element('SOMEBODYELSE', [row({ YE: '999999.00' })]),
        element(b, [row({ YE: '2.00', 新列: { x: 1 } })]),
        element(a, [row({ YE: '1' })]),
      ],
    }));
    expect(first).toEqual({ status: 'FOUND', reason: null, accounts: [{ number: masked, balance: '1.00' }] });
    expect(second).toEqual({ status: 'FOUND', reason: null, accounts: [{ number: masked, balance: '2.00' }] });
  });

  it('counts a row that arrives twice once', async () => {
    const [first, second] = await askWith(([a, b]) => ({
      FK: [element(a, [row(), row()]), element(b, [row()]), element(b, [row(), row({ CCXH: 2 })])],
    }));
    expect(first!.accounts).toHaveLength(1);
    expect(second!.accounts).toHaveLength(2);
  });

  it.each([
    ['a balance that is a number', { YE: 12.3 }],
    ['a sentence in place of an account number', { KHZH: '账户信息暂不可用' }],
    ['an impossible date', { KHRQ: '2017-02-30' }],
    ['a time without offset', { FKSJ: '2018-01-04T09:00:00' }],
    ['no account number', { KHZH: undefined }],
  ])('with %s is GARBLED for that debtor alone', async (_, changes) => {
    const [first, second] = await askWith(([a, b]) => ({ FK: [element(a, [row(changes)]), element(b, [row()])] }));
    expect(first).toEqual({ status: 'UNREACHABLE', reason: 'GARBLED', accounts: null });
    expect(second!.status).toBe('FOUND');
  });

  it('with two different rows under one serial, without rows, or without a debtor is GARBLED for that debtor', async () => {
    const inquiries = await askWith(
      ([a, b, , d]) => ({
        FK: [
          element(a, [row(), row({ YE: '99.00' })]),
          element(b, []),
          element(undefined, [row()]),
          element(d, [row()]),
        ],
      }),
      4,
    );
    expect(inquiries.map(({ status, reason }) => reason ?? status)).toEqual(['GARBLED', 'GARBLED', 'GARBLED', 'FOUND']);
  });

  it('keeps an identity number that a clerk quotes to itself', async () => {
    const returned = { XCHTYY: '证件号码320312195001150001不符', XCHTBZ: '', LXR: '王320312500115001', LXDH: null };
    const [first] = await askWith(
      ([a]) => ({ FK: [], HTXX: [{ BDHM: a, ...returned }] }),
      2,
      'returned { reason note contact phone }',
    );
    expect(first).toMatchObject({
      reason: 'RETURNED: 证件号码★★★★★★★★★★★★★★★★★★不符（联系人：王★★★★★★★★★★★★★★★）',
      returned: { reason: '证件号码★★★★★★★★★★★★★★★★★★不符', note: null, contact: '王★★★★★★★★★★★★★★★', phone: null },
    });
  });

  it('reads 查无 in any wording as nothing on record', async () => {
    const [first] = await askWith(([a]) => ({ FK: [element(a, [row({ KHZH: '查无此人', YE: undefined })])] }));
    expect(first).toEqual({ status: 'NONE', reason: null, accounts: [] });
  });
});
