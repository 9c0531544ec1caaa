import { distinct, sayTheSame } from '../../kit/inquiry/distinct.ts';
import { hidesColumn } from '../../kit/inquiry/names.ts';
import { answerColumns, answerSchema, listNames, mortgageColumns, nothingSchema, type PropertyAnswer } from './wire.ts';

/**
 * Reads the answer that one or several like elements tell, each row once and without rows that only say 查无. Null when
 * elements differ, a column is unreadable or hidden, a list says both 查无 and something, or rows are fewer or more than
 * counted.
 */
export function readTold(elements: readonly unknown[]): PropertyAnswer | null {
  const answers = elements.map(readElement);
  const [answer] = answers;
  if (answer == null || answers.some((other) => !sayTheSame(other, answer))) return null;
  return answer;
}

function readElement(element: unknown): PropertyAnswer | null {
  if (typeof element !== 'object' || element === null || hidesColumn(element, answerColumns)) return null;
  const lists: Record<string, unknown> = {};
  let told = 0;
  let rows = 0;
  for (const [name, list] of Object.entries(element).filter(([column]) => listNames.includes(column))) {
    if (!Array.isArray(list)) continue;
    const all = distinct<unknown>(list);
    const real = all.filter((row) => !nothingSchema.safeParse(row).success);
    if (real.length > 0 && real.length < all.length) return null;
    told += all.length;
    rows += real.length;
    lists[name] = real;
  }
  const { data } = answerSchema.safeParse({ ...element, ...lists });
  if (data === undefined || (data.TS != null && data.TS !== told && data.TS !== rows)) return null;
  const mortgages = Array.isArray(lists['DYAQ']) ? (lists['DYAQ'] as unknown[]) : [];
  if (mortgages.some((row) => hidesColumn(Object(row) as object, mortgageColumns))) return null;
  // A registration that says 查无 by its rows alone says it as well as one that says it by its code.
  return rows === 0 && told > 0 ? { ...data, RESULT: '0001' } : data;
}
