import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Courts, createCourts, type RunningCourt } from './court.ts';
import { caseRecord, partyRecord, residentIds, writ } from './records.ts';

let courts: Courts;
let court: RunningCourt;

beforeAll(async () => {
  courts = await createCourts();
  court = await courts.start([
    caseRecord({
      number: '(2017)苏0312执00001号',
      amountOutstanding: '1234.50',
      team: { name: '快执一组', type: 'FAST_EXECUTION', judge: '李法官' },
      parties: [
        partyRecord({ ordinal: 1, role: 'APPLICANT', name: '徐州某公司' }),
        partyRecord({ ordinal: 2, name: '王甲', idType: 'RESIDENT_ID', idNumber: residentIds.fifteen, writ }),
      ],
      measures: [
        {
          action: 'FREEZE',
          property: '存款',
          amount: '10.00',
          from: '2017-04-01',
          expiresOn: '2018-04-01',
          queuePosition: 0,
        },
      ],
      coerciveMeasures: [{ kind: 'SEARCH', decidedOn: '2017-05-01', party: 2 }],
    }),
    caseRecord({ number: '（2014）铜执字第12号', filedOn: '2014-02-01' }),
  ]);
});

afterAll(() => courts.stop());

test('a case has its parties, writ, measures and team', async () => {
  const data = await court.data(`{ case(number: "（2017）苏0312执1号") {
    number type stage filedOn amountOutstanding team { name type judge }
    parties { id role name idNumber } debtors { caseNumber id name idType idNumber person { id names identified lastFiledOn cases { number } }
      writ { number agencies courtCode signedOn } }
    measures { action amount from expiresOn queuePosition } coerciveMeasures { kind decidedOn partyId } } }`);
  expect(data).toMatchSnapshot();
});
