import type { CaseRecord } from '../../../common/case-record.ts';
import { caseStages, type ClosingMode } from '../../../common/vocabulary.ts';
import { caseRecord, partyRecord, residentIds } from './records.ts';

const names = ['王甲', '王甲乙', '李100%丙', '李100个丙', '张_丁', '徐州某公司', '徐州某公司铜山分公司', '𠮷田商事'];
const provinces = ['江苏省', '安徽省', null];
const closings: (ClosingMode | null)[] = [null, null, 'FULLY_EXECUTED', 'CANCELLED', 'TERMINATED_THIS_TIME'];
const words = ['执', '执恢', '执保'];

/** Cases that differ in everything a filter speaks of, with ties and unknown values in everything an order sorts by. */
export const docket: readonly CaseRecord[] = Array.from({ length: 90 }, (_, index) => {
  const closingMode = closings[index % 5]!;
  const outstanding = index % 6 === 0 ? null : `${(index * 37) % 11}00.${index % 2 === 0 ? '00' : '05'}`;
  return caseRecord({
    number: `（${2014 + (index % 5)}）苏0312${words[index % 3]!}${index + 1}号`,
    stage: caseStages[index % caseStages.length]!,
    filedOn: index % 7 === 3 ? null : `2017-0${1 + (index % 4)}-1${index % 3}`,
    closingMode,
    amountDue: index % 9 === 0 ? null : `${index}000.10`,
    amountRecovered: '0.01',
    amountOutstanding: outstanding,
    successor: closingMode === 'CANCELLED' && index % 2 === 1 ? `（2018）苏03执${index + 1}号` : null,
    parties: [
      partyRecord({ ordinal: 1, role: 'APPLICANT', name: names[(index * 3) % names.length]!, province: '江苏省' }),
      partyRecord({
        ordinal: 2,
        name: names[index % names.length]!,
        province: provinces[index % 3]!,
        ...(index % 4 === 0 && {
          idType: 'RESIDENT_ID',
          idNumber: index % 8 === 0 ? residentIds.fifteen : residentIds.eighteen,
        }),
        ...(index % 10 === 1 && { idType: 'RESIDENT_ID', idNumber: residentIds.another }),
      }),
    ],
  });
});
