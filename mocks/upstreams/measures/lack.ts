import { missingOf, type Request } from '../request.ts';
import type { ControlRequest } from './request.ts';

const required: readonly (readonly [keyof ControlRequest, string])[] = [
  ['XM', '被查询人姓名'],
  ['ZJLX', '证件类型'],
  ['DSRZJHM', '证件号码'],
  ['FYMC', '执行法院'],
  ['AH', '执行案号'],
  ['CBR', '承办人'],
  ['GZZBH', '工作证编号'],
  ['GWZBH', '执行公务证编号'],
  ['CKH', '协助执行通知书'],
  ['CKWH', '裁定书文号'],
  ['KZCS', '控制措施'],
];

/** Why an agency would return a control request: what is missing from it, or null. */
export function lackOfControl(request: Request): string | null {
  return missingOf(request, required);
}
