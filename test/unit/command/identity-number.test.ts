import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { hasIdentityNumber, hasIdentityNumberApart } from '../../../subgraphs/command/text/identity-number.ts';

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
