import { describe, expect, it } from 'vitest';

import { accountsOf } from '../../../mocks/upstreams/bank/accounts.ts';
import { filedAs } from '../../../mocks/upstreams/request.ts';
import { bankBaseUrl, createUpstreams, type UpstreamOptions } from '../../../mocks/upstreams/upstreams.ts';

const seed = 'measures';
const numbers = Array.from({ length: 500 }, (_, n) => `32031119800101${String(n).padStart(3, '0')}X`);
const stem = (number: string) => ({
  ...{
    XM: '王强',
    ZJLX: '居民身份证',
    DSRZJHM: number,
    FYMC: '徐州市铜山区人民法院',
    AH: '（2017）苏0312执1号',
    CBR: '李',
  },
  ...{ GZZBH: 'W', GWZBH: 'D', CKH: '协助冻结存款通知书', CKWH: '（2018）苏0312执1号之一' },
});
const owned = numbers
  .flatMap((number) =>
    accountsOf(seed, filedAs({ BDHM: 'x', ...stem(number) })).map((account) => ({ number, account })),
  )
  .filter(({ account }) => account.XHRQ === null && account.BZ === 'CNY' && account.DJXX.length === 0);
const { number, account } = owned.find(({ account: { YE } }) => Number(YE) > 1)!;
const freeze = {
  ...{ ...stem(number), BDHM: 'YHFREEZE1', KZCS: '01', YHMC: account.YHMC, KHZH: account.KHZH, BZ: 'CNY' },
  ...{ JE: '1.00', KSRQ: '2018-01-31', JSRQ: '2018-12-31' },
};

async function control(
  requests: readonly object[],
  options: Partial<UpstreamOptions> = {},
  upstreams = create(options),
) {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' } };
  const body = JSON.stringify({ LB: 'YH', XZ: '2', KZQQ: requests });
  const receipt = await upstreams.fetch(`${bankBaseUrl}/v1/controls`, { ...post, body });
  if (!receipt.ok) return { status: receipt.status };
  const { PCH } = (await receipt.json()) as { PCH: string };
  const answer = await upstreams.fetch(`${bankBaseUrl}/v1/control-batches/${PCH}`);
  return (await answer.json()) as { FK: Record<string, unknown>[]; HTXX: Record<string, unknown>[]; WCZT: string };
}
/** A day of nothing: whatever was handed in is answered. */
const create = (options: Partial<UpstreamOptions> = {}) => createUpstreams({ seed, dayMs: 0, ...options });

describe('the mocked banks', () => {
  it('freeze once under one number, and give the same answer again', async () => {
    const upstreams = create();
    const first = await control([freeze], {}, upstreams);
    expect(first).toMatchObject({ WCZT: '1', HTXX: [], FK: [{ BDHM: 'YHFREEZE1', KZZT: '1', SKJE: '1.00', LHXH: 0 }] });
    expect(await control([freeze], {}, upstreams)).toMatchObject({ FK: (first as { FK: unknown[] }).FK });
  });

  it('return a number that was used for something else, and what lacks a ruling', async () => {
    const upstreams = create();
    await control([freeze], {}, upstreams);
    const other = await control(
      [
        { ...freeze, JE: '2.00' },
        { ...freeze, BDHM: 'YHFREEZE2', CKWH: '' },
      ],
      {},
      upstreams,
    );
    expect(other).toMatchObject({
      FK: [],
      HTXX: [
        { BDHM: 'YHFREEZE1', XCHTYY: '请求单号已用于另一请求' },
        { BDHM: 'YHFREEZE2', XCHTYY: '缺少或不清晰：裁定书文号' },
      ],
    });
  });

  it.each([
    ['账号与户名不符', { KHZH: '6200000000' }],
    ['账户币种不符', { BZ: 'USD' }],
    ['无此冻结', { KZCS: '02', YDJDH: 'YHNOBODY1' }],
    ['无此冻结', { KZCS: '04', YDJDH: 'YHNOBODY1' }],
    ['不支持的控制措施', { KZCS: '06' }],
  ])('say %s to %j', async (reason, changes) => {
    expect(await control([{ ...freeze, ...changes }])).toMatchObject({
      FK: [{ KZZT: '2', WNKZYY: reason, SKJE: null }],
    });
  });

  it('let a second freeze hold what the first has left, and a third wait', async () => {
    const all = { ...freeze, JE: '99999999.00' };
    const told = await control([freeze, { ...all, BDHM: 'YHFREEZE2' }, { ...all, BDHM: 'YHFREEZE3' }]);
    expect(told).toMatchObject({
      FK: [
        { LHXH: 0, SKJE: '1.00' },
        { LHXH: 0, SKJE: (Number(account.YE) - 1).toFixed(2) },
        { LHXH: 1, SKJE: '0.00', CSJSRQ: null },
      ],
    });
  });

  it('take neither a question nor a crowd for measures', async () => {
    expect(await control([])).toEqual({ status: 400 });
    expect(await control(Array.from({ length: 101 }, (_, n) => ({ ...freeze, BDHM: `YHFREEZE${n}` })))).toEqual({
      status: 400,
    });
  });
});
