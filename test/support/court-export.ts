/** A court's own export as its case system writes it: two tables with Chinese headers, one row a case, one row a party. */

import type { CaseRecord } from '../../common/case-record.ts';
import {
  agencyWords,
  closingModeWords,
  idTypeWords,
  kindWords,
  roleWords,
  stageWords,
} from '../../subgraphs/court/import/words.ts';

/** Rows of cells, the header first. */
export type Sheet = readonly (readonly string[])[];

export interface CourtExport {
  readonly cases: Sheet;
  readonly parties: Sheet;
}

const caseTitles = [
  '案号',
  '案件进展阶段',
  '立案日期',
  '结案日期',
  '结案方式',
  '应执行标的金额',
  '实际到位金额',
  '尚未执行',
  '执行团队',
  '团队类型',
  '承办法官',
];
const partyTitles = [
  '案号',
  '诉讼地位',
  '当事人类型',
  '当事人',
  '证件类型',
  '证件号码',
  '无证件原因',
  '所在省份',
  '所在区县',
  '是否农村',
];
const writTitles = [
  '协助查询通知书文号',
  '协助查询单位',
  '签发人',
  '签发日期',
  '有效期至',
  '经办人',
  '经办人电话',
  '工作证编号',
  '执行公务证编号',
];

/** The records as such an export has them, written as people write: 2017年3月1日, 12,345.60. */
export function toExport(records: readonly CaseRecord[]): CourtExport {
  return {
    cases: [caseTitles, ...records.map(toCaseCells)],
    parties: [[...partyTitles, ...writTitles], ...records.flatMap(toPartyCells)],
  };
}

/** Comma-separated text with CRLF, quoted where it has to be. */
export function toCsv(sheet: Sheet, delimiter = ','): string {
  const quoted = (cell: string): string => (/[",;\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return sheet.map((cells) => `${cells.map(quoted).join(delimiter)}\r\n`).join('');
}

function toCaseCells(record: CaseRecord): string[] {
  return [
    record.number,
    stageWords[record.stage][0]!,
    chineseDate(record.filedOn),
    record.closedOn?.replaceAll('-', '/') ?? '',
    record.closingMode === null ? '' : closingModeWords[record.closingMode][0]!,
    grouped(record.amountDue),
    grouped(record.amountRecovered),
    grouped(record.amountOutstanding),
    record.team?.name ?? '',
    record.team
      ? { FAST_EXECUTION: '快执团队', TERMINATION: '终本团队', PROPERTY_DISPOSAL: '财产处置团队' }[record.team.type]
      : '',
    record.team?.judge ?? '',
  ];
}

function toPartyCells({ number, parties }: CaseRecord): string[][] {
  return parties.map(({ role, kind, name, idType, idNumber, idMissingReason, province, county, rural, writ }) => [
    number,
    roleWords[role][0]!,
    kindWords[kind][0]!,
    name,
    idType === null ? '' : idTypeWords[idType][0]!,
    idNumber ?? '',
    idMissingReason ?? '',
    province ?? '',
    county ?? '',
    rural === null ? '' : rural ? '是' : '否',
    ...(writ === null
      ? writTitles.map(() => '')
      : [
          writ.number,
          writ.agencies.map((code) => agencyWords[code][0]!).join('、'),
          writ.signedBy,
          chineseDate(writ.signedOn),
          chineseDate(writ.validUntil),
          writ.handlerName,
          writ.handlerPhone,
          writ.workIdNumber,
          writ.dutyCertificateNumber,
        ]),
  ]);
}

function chineseDate(date: string | null): string {
  if (date === null) return '';
  const [year, month, day] = date.split('-').map(Number);
  return `${year!}年${month!}月${day!}日`;
}

function grouped(amount: string | null): string {
  return amount === null ? '' : amount.replace(/\B(?=(\d{3})+\.)/g, ',');
}
