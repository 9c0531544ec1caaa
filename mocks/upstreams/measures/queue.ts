import { placed, type Book } from './book.ts';
import { done, failed, type ControlRequest, type Done } from './request.ts';

/**
 * Does what a register does with a thing: one measure is effective, the others wait in line behind it. `before` are those from
 * before this process; `codes` that begin a measure.
 */
export function register(
  book: Book,
  property: string,
  request: ControlRequest,
  { before, codes }: { readonly before: number; readonly codes: readonly string[] },
): Done {
  const placeOf = (number: string) => before + book.of(property).findIndex(({ BDHM }) => BDHM === number);
  const code = request.KZCS ?? '';
  if (codes.includes(code)) return done(placed(book.impose(property, request), placeOf(request.BDHM)));
  if (code === '12') {
    const renewed = book.renew(property, request);
    return renewed === null ? failed('无此查封') : done(placed(renewed, placeOf(renewed.BDHM)));
  }
  if (code === '14') {
    return book.release(property, request) ? done({ CSKSRQ: null, CSJSRQ: null, LHXH: null }) : failed('无此查封');
  }
  return failed('不支持的控制措施');
}
