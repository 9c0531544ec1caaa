import { z } from 'zod';
import { parseMoney } from '../../../common/money.ts';
import { countColumn, dateColumn, instantColumn, moneyColumn, textColumn } from '../inquiry/columns.ts';
import { sayTheSame } from '../inquiry/distinct.ts';
import type { Inquiry } from '../inquiry/inquiry.ts';
import { garbled, type Settled } from '../inquiry/outcome.ts';
import { withoutNumbers } from '../inquiry/returned.ts';
import type { ControlAnswer, OrderedMeasure } from './measure.ts';

/** 控制反馈 (KZXX): the columns that the three agencies share. */
const controlSchema = z.object({
  KZZT: z.enum(['1', '2']),
  WNKZYY: textColumn,
  SKJE: moneyColumn,
  CSKSRQ: dateColumn,
  CSJSRQ: dateColumn,
  LHXH: countColumn.nullish(),
  FKSJ: instantColumn,
});
type ControlRow = z.infer<typeof controlSchema>;

/** Reads what an agency says it has done; null when nothing has arrived, garbled when it cannot be read or says two things. */
export function readControlAnswer(
  elements: readonly unknown[],
  { measure }: Pick<Inquiry, 'measure'>,
): Settled<ControlAnswer> | null {
  const rows = elements.map((element) => controlSchema.safeParse(element).data);
  const [row] = rows;
  if (elements.length === 0) return null;
  if (row === undefined || measure === undefined || rows.some((other) => !sayTheSame(other, row))) return garbled;
  const answer = row.KZZT === '2' ? failedBy(row) : doneBy(row, measure);
  return answer === null ? garbled : { kind: 'ANSWERED', answeredAt: row.FKSJ, records: [answer] };
}

const nothingDone = { controlledAmount: null, from: null, until: null, queuePosition: null };

function failedBy({ WNKZYY }: ControlRow): ControlAnswer {
  return { ...nothingDone, status: 'FAILED', reason: WNKZYY === null ? 'NOT_TOLD' : withoutNumbers(WNKZYY) };
}

/**
 * What was done. A freeze up to a limit holds on an empty account as well: all that was ordered has been done. With less on the
 * account than the limit, a part of the amount is held. Null where a column is missing that the meaning hangs on.
 */
function doneBy(row: ControlRow, measure: OrderedMeasure): ControlAnswer | null {
  if (measure.action === 'RELEASE') return { ...nothingDone, status: 'SUCCESS', reason: null };
  const { SKJE: controlledAmount, CSKSRQ: from, CSJSRQ, LHXH } = row;
  const queuePosition = LHXH ?? 0;
  // What waits has no effect and no term of its own (法释〔2004〕15号 Art. 28).
  if (queuePosition > 0) {
    return { status: 'SUCCESS', reason: null, controlledAmount: null, from, until: null, queuePosition };
  }
  const until = CSJSRQ;
  if (until === null || until < (from ?? until)) return null;
  const done = { from, until, queuePosition };
  const beyondTerm = measure.until !== null && until > measure.until;
  if (measure.amount === null) {
    return beyondTerm
      ? { ...done, status: 'PARTIAL', reason: 'LONGER_THAN_ORDERED', controlledAmount: null }
      : { ...done, status: 'SUCCESS', reason: null, controlledAmount: null };
  }
  if (controlledAmount === null) return null;
  const [held, limit] = [parseMoney(controlledAmount), parseMoney(measure.amount)];
  if (held < 0n) return null;
  // More than was ordered is no measure of this court: what is held in truth has to be asked (不得超标的额).
  if (held > limit) return { ...done, status: 'PARTIAL', reason: 'MORE_THAN_ORDERED', controlledAmount: null };
  if (beyondTerm) return { ...done, status: 'PARTIAL', reason: 'LONGER_THAN_ORDERED', controlledAmount };
  return held > 0n && held < limit
    ? { ...done, status: 'PARTIAL', reason: 'BALANCE_BELOW_ORDER', controlledAmount }
    : { ...done, status: 'SUCCESS', reason: null, controlledAmount };
}
