/** Questions to the bank about people whom nobody knows, for a desk without a graph before it. */

import { requestNumber } from '../../subgraphs/kit/inquiry/inquiry.ts';
import type { Asking } from '../../subgraphs/kit/inquiry/ticket.ts';

/** The n-th: the same words for the same n, always. */
export function askingOf(n: number, changes: Partial<Asking> = {}): Asking {
  const caseNumber = `（2017）苏0312执${n + 1}号`;
  const number = `3203121980${String(n).padStart(7, '0')}X`;
  const writ = {
    number: '（2017）苏0312协查1',
    agencies: ['BANK'],
    signedBy: '张法官',
    signedOn: '2017-12-01',
    validUntil: '2018-12-31',
    courtName: '徐州市铜山区人民法院',
    courtCode: '苏0312',
    handlerName: '李法官',
    handlerPhone: '0516-55550101',
    workIdNumber: 'W0001',
    dutyCertificateNumber: 'D0001',
  };
  return {
    series: requestNumber('BANK', caseNumber, '2', writ.number),
    caseNumber,
    name: `被执行人${n}`,
    identity: { type: 'RESIDENT_ID', number, number15: null, warnings: [] },
    writ,
    ...changes,
  };
}

/** Those from one to before another. */
export function askingsOf(from: number, to: number): Asking[] {
  return Array.from({ length: to - from }, (_, index) => askingOf(from + index));
}
