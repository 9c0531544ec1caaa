import { describe, expect, it } from 'vitest';
import { createUpstreams } from '../../../mocks/upstreams/upstreams.ts';
import { accountsOf } from '../../../mocks/upstreams/bank/accounts.ts';
import { vehiclesOf } from '../../../mocks/upstreams/vehicle/vehicles.ts';
import { type Holder, rightsOf } from '../../../mocks/upstreams/property/rights.ts';
import { filedAs, type Request as Asked } from '../../../mocks/upstreams/request.ts';

const check = (body: string) =>
  body +
  '10X98765432'.charAt(Array.from(body, (d, i) => Number(d) * (2 ** (17 - i) % 11)).reduce((a, b) => a + b) % 11);
const resident = (n: number) => check(`320312${1950 + (n % 50)}0115${String(n % 1000).padStart(3, '0')}`);
const older = (number: string) => number.slice(0, 6) + number.slice(8, 17);

const request = (number: string, old: string | null = null): Asked => ({
  BDHM: 'REQUEST1',
  XM: '王强',
  ZJLX: '居民身份证',
  DSRZJHM: number,
  FIFTEENZJH: old,
  FYMC: '徐州市铜山区人民法院',
  FYDM: '苏0312',
  CBR: '李法官',
  YHDH: '0516-55550101',
  AH: '（2017）苏0312执1号',
  GZZBH: 'W1',
  GWZBH: 'D1',
  CKH: '协助查询通知书',
  WSBH: '协查1',
  QFR: '张法官',
  QFRQ: '2017-06-01',
  YXQZ: '2018-06-01',
});
const people = Array.from({ length: 2000 }, (_, n) => request(resident(n), older(resident(n))));
const share = (own: (asked: Asked) => readonly unknown[]) =>
  people.filter((asked) => own(asked).length > 0).length / people.length;

describe('what the mocked agencies hold', () => {
  it('derives from the seed and the number alone', () => {
    const [first] = people;
    const again = { ...first!, BDHM: 'REQUEST2', AH: '（2017）苏0303执9号' };
    for (const seed of ['a', 'b']) {
      expect(accountsOf(seed, filedAs(again))).toEqual(accountsOf(seed, filedAs(first!)));
      expect(vehiclesOf(seed, filedAs(again))).toEqual(vehiclesOf(seed, filedAs(first!)));
      expect(rightsOf(seed, filedAs(again), again)).toEqual(rightsOf(seed, filedAs(first!), first!));
    }
    const holdings = (seed: string) => people.map((asked) => accountsOf(seed, filedAs(asked)));
    expect(holdings('a')).not.toEqual(holdings('b'));
  });

  it('is nothing for most people', () => {
    const accounts = share((asked) => accountsOf('seed', filedAs(asked)));
    const vehicles = share((asked) => vehiclesOf('seed', filedAs(asked)));
    const units = share((asked) => Object.values(rightsOf('seed', filedAs(asked), asked)).flat());
    expect(accounts).toBeGreaterThan(0.26);
    expect(accounts).toBeLessThan(0.34);
    expect(vehicles).toBeGreaterThan(0.16);
    expect(vehicles).toBeLessThan(0.24);
    expect(units).toBeGreaterThan(0.12);
    expect(units).toBeLessThan(0.18);
  });

  it('is the same under the 15-digit number', () => {
    for (const asked of people) {
      const byOld = request(older(asked.DSRZJHM ?? ''));
      expect(accountsOf('seed', filedAs(byOld))).toEqual(accountsOf('seed', filedAs(asked)));
      expect(vehiclesOf('seed', filedAs(byOld))).toEqual(vehiclesOf('seed', filedAs(asked)));
    }
  });

  it('is hidden in some vehicle files from whoever asks without the 15-digit number', () => {
    const hidden = people.filter(
      (asked) =>
        vehiclesOf('seed', filedAs(asked)).length > 0 &&
        vehiclesOf('seed', filedAs({ ...asked, FIFTEENZJH: null })).length === 0,
    );
    expect(hidden.length).toBeGreaterThan(10);
  });

  it('writes amounts as exact text, and local plates', () => {
    const accounts = people.flatMap((asked) => accountsOf('seed', filedAs(asked)));
    for (const { YE, KYYE } of accounts) {
      expect(YE).toMatch(/^\d+\.\d{2}$/);
      expect(Number(KYYE)).toBeLessThanOrEqual(Number(YE));
    }
    const vehicles = people.flatMap((asked) => vehiclesOf('seed', filedAs(asked)));
    expect(vehicles.some(({ HPHM, XLH }) => HPHM === null && XLH !== null)).toBe(true);
    expect(vehicles.filter(({ HPHM }) => HPHM !== null).every(({ HPHM }) => HPHM!.startsWith('苏C'))).toBe(true);
    expect(vehicles.some(({ ZT }) => ZT.length > 1)).toBe(true);
    expect(vehicles.every(({ ZT, CFXX }) => ZT.includes('K') === CFXX.length > 0)).toBe(true);
  });

  it('has shares, mortgages and queues on units', () => {
    const rights = people.map((asked) => rightsOf('seed', filedAs(asked), asked));
    expect(rights.flatMap(({ DYAQ }) => DYAQ).length).toBeGreaterThan(50);
    expect(rights.flatMap(({ CFDJ }) => CFDJ).some(({ LHXH, CFJSSJ }) => LHXH === 3 && CFJSSJ === null)).toBe(true);
    const holders = rights.flatMap(({ FDCQ }) => FDCQ).flatMap(({ QLRXX }) => QLRXX as readonly Holder[]);
    expect(new Set(holders.map(({ GYFS }) => GYFS))).toEqual(new Set(['单独所有', '共同共有', '按份共有']));
  });
});

describe('the mocked upstreams', () => {
  const post = (upstreams: ReturnType<typeof createUpstreams>, url: string, body: unknown) =>
    upstreams.fetch(url, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });

  it('reject every other address', async () => {
    const { fetch } = createUpstreams({ seed: 'seed' });
    await expect(fetch('http://bank.upstream.invalid/v2/queries')).rejects.toThrow(TypeError);
    await expect(fetch('http://elsewhere.invalid/')).rejects.toThrow('http://elsewhere.invalid');
  });

  it('let go of an aborted call', async () => {
    const { fetch } = createUpstreams({ seed: 'seed', behaviour: { bank: { delayMs: 60_000 } } });
    const stop = new AbortController();
    const call = fetch('http://bank.upstream.invalid/v1/batches/1', { signal: stop.signal });
    stop.abort(new Error('enough'));
    await expect(call).rejects.toThrow('enough');
  });

  it('refuse a batch of more than a hundred and return what lacks a credential', async () => {
    let now = Date.parse('2018-01-04T09:00:00+08:00');
    const upstreams = createUpstreams({ seed: 'seed', now: () => new Date(now) });
    const url = 'http://bank.upstream.invalid/v1/queries';
    const many = Array.from({ length: 101 }, (_, n) => ({ ...people[0]!, BDHM: `REQUEST${n + 1000}` }));
    expect((await post(upstreams, url, { LB: 'YH', XZ: '1', CXQQ: many })).status).toBe(400);

    const taken = await post(upstreams, url, { LB: 'YH', XZ: '1', CXQQ: [{ ...people[0]!, GWZBH: null }] });
    expect(taken.status).toBe(202);
    now += 1000;
    const { PCH } = (await taken.json()) as { PCH: string };
    const answer = await (await upstreams.fetch(`http://bank.upstream.invalid/v1/batches/${PCH}`)).json();
    expect(answer).toMatchObject({
      WCZT: '1',
      FK: [],
      HTXX: [{ BDHM: 'REQUEST1', XCHTYY: '缺少或不清晰：执行公务证编号' }],
    });
    expect(upstreams.calls()).toEqual({
      bank: { submit: 2, poll: 1, control: 0, controlPoll: 0 },
      vehicle: { query: 0, control: 0 },
      property: { submit: 0, poll: 0, control: 0, controlPoll: 0 },
    });
  });

  it('answer bank by bank, and return a number that is used for somebody else', async () => {
    let now = Date.parse('2018-01-04T09:00:00+08:00');
    const upstreams = createUpstreams({ seed: 'seed', now: () => new Date(now) });
    const submit = async (CXQQ: readonly Asked[]) => {
      const taken = await post(upstreams, 'http://bank.upstream.invalid/v1/queries', { LB: 'YH', XZ: '1', CXQQ });
      return ((await taken.json()) as { PCH: string }).PCH;
    };
    const poll = async (batch: string) =>
      (await (await upstreams.fetch(`http://bank.upstream.invalid/v1/batches/${batch}`)).json()) as {
        WCZT: string;
        FK: { YHS: number; YFKYHS: number; ZHXX: unknown[] }[];
        HTXX: { XCHTYY: string }[];
      };

    const batch = await submit([people[0]!]);
    const seen = new Set<number>();
    for (let step = 0; step < 30; step++, now += 10) {
      const { FK, WCZT } = await poll(batch);
      seen.add(FK[0]!.YFKYHS);
      expect(WCZT).toBe(FK[0]!.YFKYHS === FK[0]!.YHS ? '1' : '0');
    }
    expect(seen.size).toBeGreaterThan(4);
    expect((await poll(await submit([people[0]!]))).WCZT).toBe('1');
    expect((await poll(await submit([{ ...people[1]! }]))).HTXX[0]!.XCHTYY).toBe('请求单号已用于另一请求');
  });
});
