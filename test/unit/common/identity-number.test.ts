import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { hasIdentityNumber, hasIdentityNumberApart } from '../../../common/identity-number.ts';

const resident = '11010519491231002X';
const older = '110105491231002';
const credit = '91350100M000100Y43';

test.each([
  resident,
  older,
  credit,
  '320323198501011234',
  `身份证号${resident}。`,
  `身份证${older}号`,
  `统一社会信用代码：${credit}`,
  resident.toLowerCase(),
  credit.toLowerCase(),
  '１１０１０５１９４９１２３１００２Ｘ',
  '110105 19491231 002X',
  '110105-19491231-002X',
  '110105–19491231–002X',
  '110105.1949.1231.002x',
  '110105\n491231\n002',
  '91 350100 M000100Y43',
  `1101\u200b0519491231002X`,
  `ID${resident}`,
  `id${older}x`,
  `order-${resident}-1`,
  `第3组 2017 ${resident} 2018`,
  `${older}${resident}`,
  '6222021106000123456',
  '6222 0212 3456 7890 123',
  '卡号：6222-0212-3456-7890，开户行',
  '2017 年 6222·0212·3456·789',
  '320312,19800101,1232',
  '320312、19800101、1232',
  '320312年19800101月1232',
  '320312 1980年01月01日 123x',
  '320312 / 800101 → 123',
  '3203 12 1980 0101 1232',
  '9133 1126 1989 0101 1234',
  '91,350100,M000100Y43',
])('%j holds an identity or account number', (text) => {
  expect(hasIdentityNumber(text)).toBe(true);
});

test.each([
  '',
  '涉徐工集团案件专项攻坚',
  '（2017）苏0312执1234号、（2018）苏03执恢12345678号',
  '2017-11-28 2017-11-30 2017-12-01',
  '20171128 至 20180124，电话 13812345678',
  '1000000000.00 2000000000.00 3000000000.00',
  '标的 10000000000000 元以下',
  'XCMG joint action 2017, phase 2, groups 1-30',
  'a3bb189e-8bf9-3888-9912-ace4e6543002',
  '12345678-1234-4123-8123-123456789012',
  '2017年12月5日 1,234.56万元',
  '2017年12月5日 101,231.00元',
  '2018-01-31 起 3 个月',
  '2015、2016、2017、2018年12月5日以前立案',
  '2014/2015/2016/2017/2018',
  '4月12日 10月23日 2013-07-09',
  '4月12日、10月3日、2013-07-09、2014年',
  '15,737,151.10、18,834,627.10',
  '2017年11月28日、2017年11月30日、2017年12月1日',
  '1,200,000.00 RMB, 1,000.00 RMB',
  '5000、6000、7000元以下',
])('%j holds none', (text) => {
  expect(hasIdentityNumber(text)).toBe(false);
});

test.each([resident, older, credit, `order-${older}`, `id${resident}`, `a:${credit}:b`, '110105-19491231-002X'])(
  'the key %j holds one',
  (key) => {
    expect(hasIdentityNumberApart(key)).toBe(true);
  },
);

test('keys that programs make up hold none', () => {
  for (let index = 0; index < 5_000; index += 1) {
    const hex = createHash('sha256').update(`key ${index}`).digest('hex').slice(0, 32);
    const uuid = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    expect([hex, uuid].filter(hasIdentityNumberApart)).toEqual([]);
  }
});
