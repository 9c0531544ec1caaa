import { expect, it } from 'vitest';

import { isDocumentNumber } from '../../../common/document-number.ts';

it.each([
  '（2018）苏0312执1号',
  '（2018）苏0312执1号之一',
  '(2018) 苏0312 执恢 00012号-2',
  '（2018）苏0312协查1号',
  '（2018）苏0312协查15',
  '（2014）铜执字第1234号',
  '（2017）最高法民终1号',
])('knows %s for a number of a document', (text) => expect(isDocumentNumber(text)).toBe(true));

it.each([
  '',
  'W',
  '王小明',
  '1234567',
  '三二〇三一一一九八〇〇一〇一一二三四 王小明',
  '（2018）苏0312执1号 王小明',
  '王小明（2018）苏0312执1号',
  '（2018）苏0312执1号之王小明',
  // As case numbers go, these are lawful.
  '（2018）苏0312王小明1号',
  '（2018）苏0312李丽88000',
  '（2014）王小明执字第1号',
  '（2014）李丽执字第1号',
  '（2018）苏0312执622202123456号',
  '（2018）苏0312执88000.5',
])('takes %j for none', (text) => expect(isDocumentNumber(text)).toBe(false));
