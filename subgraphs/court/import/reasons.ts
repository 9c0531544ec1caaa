/** Every reason for which a row is rejected, in the two languages of the reject file: the one table of them. */
export const reasons = {
  RAGGED_ROW: {
    zh: '本行列数与表头不符（单元格内可能有未加引号的分隔符或换行）',
    en: 'the row has not as many cells as the header: a delimiter or a line break stands in a cell without quotes',
  },
  REQUIRED: { zh: '必填项为空', en: 'nothing stands here, and something has to' },
  NOT_A_CASE_NUMBER: { zh: '不是案号', en: 'not a case number' },
  OTHER_COURT: { zh: '不是本院案号', en: 'the case number is of another court' },
  SPREADSHEET_NUMBER: {
    zh: '号码已被电子表格损坏（科学计数或超过15位），请从原系统按文本格式重新导出',
    en: 'a spreadsheet destroyed the number (an exponent, or more than 15 digits in a number cell): export it again as text',
  },
  SPREADSHEET_ERROR: {
    zh: '单元格是电子表格的错误标记，不是数据',
    en: 'the cell holds an error mark of a spreadsheet, not a value',
  },
  LOST_CHARACTER: {
    zh: '有字符在先前的编码转换中丢失（�）',
    en: 'a character was lost in an earlier conversion (�)',
  },
  UNREADABLE_TEXT: { zh: '文本含控制字符或过长', en: 'the text has control characters or is too long' },
  NOT_A_DATE: { zh: '不是日期', en: 'not a date' },
  DATE_SERIAL: {
    zh: '这是电子表格的日期序号，请改为日期格式',
    en: "this is a spreadsheet's day number: format the column as dates",
  },
  NOT_AN_AMOUNT: { zh: '不是金额', en: 'not an amount' },
  NEGATIVE_AMOUNT: { zh: '金额为负数', en: 'the amount is negative' },
  AMOUNT_FRACTION: { zh: '金额小于一分', en: 'the amount has fractions of a fen' },
  UNKNOWN_WORD: { zh: '不在词表中', en: 'not a word of the list' },
  NOT_AN_IDENTITY: { zh: '证件号码有误', en: 'the identity number is wrong' },
  TWO_IDENTITIES: { zh: '同一行有两个证件号码', en: 'two identity numbers stand in one row' },
  NOT_AN_ORDINAL: { zh: '序号应为正整数', en: 'an ordinal is a whole number from 1' },
  KIND_UNKNOWN: {
    zh: '未注明当事人类型，且无法由证件推断',
    en: 'the kind of party is not given, and the document does not tell it',
  },
  INCOMPLETE_WRIT: { zh: '协助查询通知书信息不全', en: 'the writ is incomplete' },
  DUPLICATE_CASE: { zh: '同一案号有多行且内容不同', en: 'two rows of one case differ' },
  DUPLICATE_PARTY: {
    zh: '同一案件同一身份的当事人重复',
    en: 'the case has this party already, in the same role',
  },
  DUPLICATE_ORDINAL: { zh: '同一案件内序号重复', en: 'two parties of one case have one ordinal' },
  CASE_REJECTED: { zh: '所属案件行被拒', en: 'the row of its case was rejected' },
  NO_CASE: { zh: '文件和本院库中均无此案', en: 'its case is neither in the file nor in the court' },
} as const;

export type ReasonCode = keyof typeof reasons;

/** Everything that is odd and yet stored: told to people, and no reason for rejection. */
export const oddities = {
  PARTY_REJECTED: 'some of its parties were rejected',
  NO_PARTIES: 'the parties file names nobody in the case',
  AMOUNTS_DISAGREE: 'due − recovered is not what is outstanding; stored as given',
  OVER_RECOVERED: 'more was recovered than was due; 0.00 taken as outstanding',
  CLOSED_BEFORE_FILED: 'closed before it was filed',
  YEAR_DIFFERS: 'the year of the case number is not that of filing',
  TEAM_INCOMPLETE: 'a team needs name, type and judge; left out',
  WRIT_DATES: 'the writ ends before it was signed',
  IDENTITY: 'the identity number is unusual',
  SERIAL_DATE: 'a number without date format, taken as a day number counted from 1900',
  UNKNOWN_PROVINCE: 'not a province-level division; stored as written',
  SAME_ROW_TWICE: 'the same row stands twice; taken once',
} as const;

export type OddityCode = keyof typeof oddities;

/** Something odd about one row. `detail` never holds an identity number. */
export interface Oddity {
  readonly code: OddityCode;
  readonly detail: string;
}

/** Why one cell, or one row as a whole (`column` null), is rejected. `detail` never holds an identity number. */
export interface Fault {
  readonly column: string | null;
  /** As written; null when the row as a whole is at fault. */
  readonly value: string | null;
  /** An identity number, a telephone number: to be masked wherever it is shown. */
  readonly isPrivate: boolean;
  readonly code: ReasonCode;
  readonly detail: string;
}

/** What a reader of cells throws; the row adds where it was. */
export class CellFault extends Error {
  readonly code: ReasonCode;
  readonly detail: string;

  constructor(code: ReasonCode, detail = '') {
    super(reasons[code].en);
    this.code = code;
    this.detail = detail;
  }
}

/** `立案日期：不是日期 2017-02-30 is no day of the calendar (not a date)`: the fault as the reject file tells it. */
export function toReasonText({ column, code, detail }: Fault): string {
  const { zh, en } = reasons[code];
  const place = column === null ? '' : `${column}：`;
  return `${place}${zh} (${en}${detail === '' ? '' : `: ${detail}`})`;
}
