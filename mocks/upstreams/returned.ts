import type { Conduct } from './conduct.ts';
import { lackOf, toReturn, type Request, type Return } from './request.ts';

/** 回退信息 as it leaves: the columns of `Return`, or the same under other names. */
export type Returned =
  | Return
  | {
      readonly BDHM: string;
      readonly XCHTYY: '';
      readonly ERRMSG: string;
      readonly XCHTBZ: string;
      readonly XCHTR: string;
      readonly XCHTDH: string;
    };

/** 回退信息 of a request that comes back: something is missing, its number is taken, or the fault wants it so. */
export function returnOf(request: Request, conduct: Conduct, clash = false, lack = lackOf): Returned | null {
  const name = request.XM ?? null;
  const otherwise = conduct.strikes('two-names', name);
  const reason =
    otherwise || conduct.strikes('returned', name)
      ? '协助查询通知书印章不清晰'
      : clash
        ? '请求单号已用于另一请求'
        : lack(request);
  if (reason === null) return null;
  const returned = toReturn(request, reason);
  if (!otherwise) return returned;
  // Bank-side programs call the contact XCHTR, XCHTDH; the text of an error goes by ERRMSG with some.
  const { BDHM, XCHTBZ, LXR, LXDH } = returned;
  return { BDHM, XCHTYY: '', ERRMSG: reason, XCHTBZ, XCHTR: LXR, XCHTDH: LXDH };
}
