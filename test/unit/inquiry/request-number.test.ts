import { expect, it } from 'vitest';
import { ValueError } from '../../../common/value-error.ts';
import { requestNumber } from '../../../subgraphs/kit/inquiry/inquiry.ts';

it('is fixed for case, party, writ and agency, however the case number is written', () => {
  const number = requestNumber('BANK', '（2017）苏0312执1234号', '1', '协查1');
  // A number that agencies already know must not change between versions.
  expect(number).toBe('YH4f565490b3d62380f402abbb54a0c1');
  expect(requestNumber('BANK', ' (2017)苏0312执001234号之一', '1', '协查1')).toBe(number);
  const others = [
    requestNumber('VEHICLE', '（2017）苏0312执1234号', '1', '协查1'),
    requestNumber('BANK', '（2017）苏0312执1235号', '1', '协查1'),
    requestNumber('BANK', '（2017）苏0312执1234号', '2', '协查1'),
    requestNumber('BANK', '（2017）苏0312执1234号', '1', '协查2'),
  ];
  expect(new Set([number, ...others]).size).toBe(5);
  expect(() => requestNumber('BANK', '一号', '1', '协查1')).toThrow(ValueError);
});
