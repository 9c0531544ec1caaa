import { readControlAnswer } from '../../kit/control/answer.ts';
import type { ControlAnswer } from '../../kit/control/measure.ts';
import { toControlSubmission, type ControlDialect } from '../../kit/control/request.ts';
import type { Call } from '../../kit/inquiry/call.ts';
import { categoryOf } from '../../kit/inquiry/inquiry.ts';
import type { Line } from '../../kit/inquiry/line.ts';
import { createSubmitAndPoll } from '../../kit/inquiry/submit-and-poll.ts';

/** KZCS of the banks (F20), on deposits (KZLX 1) by account (KZNR 2). */
const dialect: ControlDialect = {
  agency: 'BANK',
  codes: { FREEZE: '01', RENEW: '02', RELEASE: '04' },
  documents: {
    FREEZE: '协助冻结存款通知书',
    RENEW: '协助继续冻结存款通知书',
    RELEASE: '协助解除冻结存款通知书',
  },
  property: ({ property, bankName }) => ({ KZLX: '1', KZNR: '2', YHMC: bankName, KHZH: property, BZ: 'CNY' }),
};

/** The banks take measures as they take questions: at most a hundred at once, and answer later. */
export function createBankControls(call: Call): Line<ControlAnswer> {
  return createSubmitAndPoll({
    category: categoryOf('BANK'),
    call,
    submitPath: '/v1/controls',
    pollPath: '/v1/control-batches',
    firstPollMs: 50,
    mostPollMs: 5_000,
    submission: (inquiries) => toControlSubmission(dialect, inquiries),
    read: readControlAnswer,
  });
}
