import { z } from 'zod';
import { parseCivilDate } from '../../../common/civil-date.ts';
import { formatMoney, parseMoney } from '../../../common/money.ts';

/** Text; an empty or missing column is null. */
export const textColumn = z
  .string()
  .nullish()
  .transform((value) => (value == null || value.trim() === '' ? null : value.trim()));

/** An amount of yuan as text, exact to the fen, in the form of `Money`. A JSON number is refused: it cannot be exact. */
export const moneyColumn = textColumn.transform(readWith((value) => formatMoney(parseMoney(value))));

/** A civil date. */
export const dateColumn = textColumn.transform(readWith(parseCivilDate));

/** An instant with its offset. */
export const instantColumn = z.iso.datetime({ offset: true }).transform((value) => new Date(value));

/** A position or serial, from 0. */
export const countColumn = z.number().int().nonnegative();

/** Rows of a list column; an absent list is empty. */
export function listColumn<Row extends z.ZodType>(row: Row) {
  return z
    .array(row)
    .nullish()
    .transform((rows) => rows ?? []);
}

function readWith(parse: (value: string) => string) {
  return (value: string | null, context: z.RefinementCtx): string | null => {
    if (value === null) return null;
    try {
      return parse(value);
    } catch (error) {
      // The value stays out of the message: it may be a balance.
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.name : 'not readable' });
      return z.NEVER;
    }
  };
}
