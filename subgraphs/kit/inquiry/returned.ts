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

/** A returned request as a refusal that says why, and whom to call. */
export function toRefusal(returned: z.infer<typeof returnedSchema>): Settled<never> {
  const { XCHTYY, THYY, WNKZYY, ERRMSG, MSG, XCHTBZ, LXR, LXDH } = returned;
  const why = [XCHTYY ?? THYY ?? WNKZYY ?? ERRMSG ?? MSG, XCHTBZ].filter((part) => part !== null).join('；');
  const contact = [LXR, LXDH].filter((part) => part !== null).join(' ');
  const reason = `RETURNED: ${why === '' ? '未说明原因' : why}${contact === '' ? '' : `（联系人：${contact}）`}`;
  return { kind: 'FAILED', status: 'REFUSED', reason: withoutNumbers(reason), lasting: true };
}

/** An agency's clerk may quote the identity number; it does not travel on. */
function withoutNumbers(text: string): string {
  return Array.from(text.replace(/[0-9A-Z]{13,}/giu, (number) => '★'.repeat(number.length)))
    .slice(0, longestReason)
    .join('');
}
