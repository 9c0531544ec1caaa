import { createHash } from 'node:crypto';
import { z } from 'zod';

const column = z.string().nullish();

/** 查询请求: the stem that the three agencies share. Only the request number decides whether it is a request at all. */
export const requestSchema = z.object({
  BDHM: z.string().regex(/^[0-9A-Za-z]{8,40}$/),
  XM: column,
  ZJLX: column,
  DSRZJHM: column,
  FIFTEENZJH: column,
  FYMC: column,
  FYDM: column,
  CBR: column,
  YHDH: column,
  AH: column,
  GZZBH: column,
  GWZBH: column,
  CKH: column,
  WSBH: column,
  QFR: column,
  QFRQ: column,
  YXQZ: column,
});
export type Request = z.infer<typeof requestSchema>;

/** 回退信息: why a request came back and whom to call. */
export interface Return {
  readonly BDHM: string;
  readonly XCHTYY: string;
  readonly XCHTBZ: string;
  readonly LXR: string;
  readonly LXDH: string;
}

const required: readonly (readonly [keyof Request, string])[] = [
  ['XM', '被查询人姓名'],
  ['ZJLX', '证件类型'],
  ['DSRZJHM', '证件号码'],
  ['FYMC', '执行法院'],
  ['AH', '执行案号'],
  ['CBR', '承办人'],
  ['GZZBH', '工作证编号'],
  ['GWZBH', '执行公务证编号'],
  ['CKH', '法律文书名称'],
  ['WSBH', '协助查询通知书编号'],
  ['YXQZ', '通知书有效期'],
];

/** Why an agency would return the request: what is missing from it, or null. */
export function lackOf(request: Request): string | null {
  return missingOf(request, required);
}

/** Which of the columns are missing, as an agency says it; null when none is. */
export function missingOf(
  request: Readonly<Record<string, string | null | undefined>>,
  columns: readonly (readonly [column: string, term: string])[],
): string | null {
  const missing = columns.filter(([name]) => !request[name]).map(([, term]) => term);
  return missing.length === 0 ? null : `缺少或不清晰：${missing.join('、')}`;
}

/** Hands a request back with a reason, a note and a contact. */
export function toReturn(request: Request, reason: string): Return {
  return {
    BDHM: request.BDHM,
    XCHTYY: reason,
    XCHTBZ: '请核对后重新提交',
    LXR: '协查专员',
    LXDH: '0516-55550100',
  };
}

/** What tells a repeated request from another one under the same number. */
export function contentOf(request: Request): string {
  return createHash('sha256').update(JSON.stringify(request)).digest('base64');
}

/** Who is asked about, as the registers file them. */
export interface Filed {
  /** The number in its 18-digit (or only) form: what a person's possessions derive from. */
  readonly number: string;
  /** The division code of a natural person's number, null for others. */
  readonly division: string | null;
  /** Whether the request names the old 15-digit form too, or alone. */
  readonly byOldNumber: boolean;
  readonly natural: boolean;
  readonly name: string;
}

/** Reads who is asked about; a 15-digit number becomes the 18-digit one (GB 11643: the century and the check are added). */
export function filedAs(request: Request): Filed {
  const asked = (request.DSRZJHM ?? '').toUpperCase();
  const natural = request.ZJLX === '居民身份证';
  const old = /^\d{15}$/;
  const number = natural && old.test(asked) ? lengthen(asked) : asked;
  return {
    number,
    division: natural ? number.slice(0, 6) : null,
    byOldNumber: old.test(asked) || old.test(request.FIFTEENZJH ?? ''),
    natural,
    name: request.XM ?? '',
  };
}

function lengthen(old: string): string {
  const body = `${old.slice(0, 6)}19${old.slice(6)}`;
  const sum = Array.from(body).reduce((total, digit, index) => total + Number(digit) * (2 ** (17 - index) % 11), 0);
  return `${body}${'10X98765432'[sum % 11]!}`;
}
