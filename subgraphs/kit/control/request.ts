import type { AgencyCode } from '../../../common/vocabulary.ts';
import { categoryOf, type Inquiry } from '../inquiry/inquiry.ts';
import { toStem } from '../inquiry/stem.ts';
import type { OrderedAction, OrderedMeasure } from './measure.ts';

/** How an agency names actions (KZCS), and its columns of the property. */
export interface ControlDialect {
  readonly agency: AgencyCode;
  readonly codes: Readonly<Partial<Record<OrderedAction, string>>>;
  /** 法律文书名称 (CKH): what the agency is shown beside the ruling. */
  readonly documents: Readonly<Partial<Record<OrderedAction, string>>>;
  readonly property: (measure: OrderedMeasure) => Readonly<Record<string, string | null>>;
}

/** 控制请求 (XZ = 2): the stem of every request, what is to be done with which property, and the request it goes back to. */
export function toControlRequest(
  { codes, documents, property }: ControlDialect,
  inquiry: Inquiry,
): Readonly<Record<string, string | null>> {
  const { measure, writ } = inquiry;
  if (measure === undefined) throw new Error('what is carried out was ordered');
  const { action, amount, until, origin } = measure;
  return {
    ...toStem(inquiry),
    CKH: documents[action] ?? null,
    CKWH: writ.number,
    YXQZ: until,
    KZCS: codes[action] ?? null,
    JE: amount,
    KSRQ: until === null ? null : writ.signedOn,
    JSRQ: until,
    YDJDH: origin,
    ...property(measure),
  };
}

/** Many of them, as they are handed in. */
export function toControlSubmission(dialect: ControlDialect, inquiries: readonly Inquiry[]): object {
  return {
    LB: categoryOf(dialect.agency),
    XZ: '2',
    KZQQ: inquiries.map((inquiry) => toControlRequest(dialect, inquiry)),
  };
}
