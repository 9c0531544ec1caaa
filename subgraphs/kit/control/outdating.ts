import type { Inquiry } from '../inquiry/inquiry.ts';
import type { Line, Report } from '../inquiry/line.ts';
import type { TicketStore } from '../inquiry/store.ts';
import type { Marking } from '../inquiry/marks.ts';
import type { ControlAnswer } from './measure.ts';

/**
 * A line of measures that outdates what was asked about a person before an answer about a measure on his property is told: whoever
 * knows of the measure is not shown the property as it was before. Killed between the two, the answer is fetched again.
 */
export function outdating(
  line: Line<ControlAnswer>,
  answers: Pick<TicketStore<unknown>, 'outdate'>,
  marking: Marking,
): Line<ControlAnswer> {
  const through = async (
    inquiries: readonly Inquiry[],
    report: Report<ControlAnswer>,
    run: (own: Report<ControlAnswer>) => Promise<void>,
  ): Promise<void> => {
    const persons = new Map(
      inquiries.map(({ requestNumber, identity }) => [requestNumber, marking.personMarks(identity)]),
    );
    const told = new Map<string, Promise<void>>();
    const settle: Report<ControlAnswer>['settle'] = (requestNumber, settled) => {
      const person = persons.get(requestNumber);
      if (settled.kind === 'FAILED' || person === undefined) {
        report.settle(requestNumber, settled);
        return;
      }
      // Every poll brings the answer again; its first word counts.
      if (told.has(requestNumber)) return;
      const telling = answers.outdate(person).then(() => report.settle(requestNumber, settled));
      telling.catch(() => undefined);
      told.set(requestNumber, telling);
    };
    try {
      await run({ ...report, settle });
    } finally {
      await Promise.all(told.values());
    }
  };
  const { pollOn } = line;
  return {
    batchSize: line.batchSize,
    ask: (inquiries, report, signal) => through(inquiries, report, (own) => line.ask(inquiries, own, signal)),
    ...(pollOn && {
      pollOn: (batch, inquiries, report, signal) =>
        through(inquiries, report, (own) => pollOn(batch, inquiries, own, signal)),
    }),
  };
}
