import { z } from 'zod';
import { textColumn } from './columns.ts';
import type { Settled } from './outcome.ts';

/** 回退信息 (HTXX): a request that the agency hands back. */
export const returnedSchema = z.object({
  BDHM: z.string(),
  XCHTYY: textColumn,
  // The text of an error goes by several names; whichever says something is the reason.
  THYY: textColumn,
  WNKZYY: textColumn,
  ERRMSG: textColumn,
  MSG: textColumn,
  XCHTBZ: textColumn,
  LXR: textColumn,
  LXDH: textColumn,
});

const longestReason = 300;

/** A returned request as a refusal that says why, and whom to call: in one text, and apart. */
export function toRefusal(columns: z.infer<typeof returnedSchema>): Settled<never> {
  const { XCHTYY, THYY, WNKZYY, ERRMSG, MSG, XCHTBZ, LXR, LXDH } = columns;
  const cause = XCHTYY ?? THYY ?? WNKZYY ?? ERRMSG ?? MSG;
  const why = [cause, XCHTBZ].filter((part) => part !== null).join('；');
  const whom = [LXR, LXDH].filter((part) => part !== null).join(' ');
  const reason = `RETURNED: ${why === '' ? '未说明原因' : why}${whom === '' ? '' : `（联系人：${whom}）`}`;
  const [said, note, contact, phone] = [cause, XCHTBZ, LXR, LXDH].map((part) => part && withoutNumbers(part));
  return {
    kind: 'FAILED',
    status: 'REFUSED',
    reason: withoutNumbers(reason),
    lasting: true,
    returned: { reason: said ?? null, note: note ?? null, contact: contact ?? null, phone: phone ?? null },
  };
}

/** An agency's clerk may quote the identity number; it does not travel on. */
export function withoutNumbers(text: string): string {
  return Array.from(text.replace(/[0-9A-Z]{13,}/giu, (number) => '★'.repeat(number.length)))
    .slice(0, longestReason)
    .join('');
}
