import { readControlAnswer } from '../../kit/control/answer.ts';
import type { ControlAnswer } from '../../kit/control/measure.ts';
import { toControlSubmission, type ControlDialect } from '../../kit/control/request.ts';
import type { Call } from '../../kit/inquiry/call.ts';
import { categoryOf } from '../../kit/inquiry/inquiry.ts';
import type { Line } from '../../kit/inquiry/line.ts';
import { createSubmitAndPoll } from '../../kit/inquiry/submit-and-poll.ts';

/** KZCS of the registry (F21). */
const dialect: ControlDialect = {
  agency: 'REAL_ESTATE',
  codes: { SEAL: '11', RENEW: '12', RELEASE: '14' },
  documents: {
    SEAL: '协助执行通知书（查封）',
    RENEW: '协助执行通知书（续行查封）',
    RELEASE: '协助执行通知书（解除查封）',
  },
  property: ({ property }) => ({ BDCDYH: property }),
};

/** The registry accepts measures now and answers with the next file. */
export function createPropertyControls(call: Call): Line<ControlAnswer> {
  return createSubmitAndPoll({
    category: categoryOf('REAL_ESTATE'),
    call,
    submitPath: '/v1/control-applications',
    pollPath: '/v1/control-applications',
    firstPollMs: 50,
    mostPollMs: 30_000,
    submission: (inquiries) => toControlSubmission(dialect, inquiries),
    read: readControlAnswer,
  });
}
