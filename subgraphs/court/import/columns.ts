/** The columns of the two files, by every header that is understood. Case, spaces, brackets and signs in a header mean nothing. */

export interface Column {
  /** The file is refused without it. */
  readonly required?: true;
  /** The first is the usual one, in Chinese; the name of the field is always understood, too. */
  readonly headers: readonly string[];
}

export const caseColumns = {
  caseNumber: { required: true, headers: ['案号', '案件编号', '执行案号', '案件号', 'case no'] },
  stage: {
    required: true,
    headers: ['案件进展阶段', '进展阶段', '案件阶段', '阶段', '案件状态', '状态', 'status', 'case stage'],
  },
  filedOn: { headers: ['立案日期', '立案时间', '收案日期', 'filed', 'filing date', 'date filed'] },
  closedOn: { headers: ['结案日期', '结案时间', 'closed', 'closing date', 'date closed'] },
  closingMode: { headers: ['结案方式', 'closing', 'mode of closing'] },
  amountDue: {
    headers: ['应执行标的金额', '应执行标的', '申请执行标的金额', '申请标的金额', '执行标的金额', '标的金额', 'due'],
  },
  amountRecovered: {
    headers: ['实际到位金额', '执行到位金额', '到位金额', '已到位金额', '已执行金额', 'recovered'],
  },
  amountOutstanding: {
    headers: ['尚未执行金额', '尚未执行', '未执行金额', '未到位金额', '剩余标的金额', 'outstanding'],
  },
  teamName: { headers: ['执行团队', '团队名称', '团队', '承办团队', 'team'] },
  teamType: { headers: ['团队类型', '执行团队类型', 'team kind'] },
  judge: { headers: ['承办法官', '员额法官', '承办人', '法官', 'team judge'] },
  predecessor: { headers: ['原执行案号', '原案号', '前案案号', 'predecessor number', 'original case number'] },
  successor: { headers: ['后续案号', '接续案号', '新案号', 'successor number'] },
  transferKind: { headers: ['案件移转方式', '移转方式', '移送方式', 'transfer'] },
} as const satisfies Readonly<Record<string, Column>>;

export type CaseField = keyof typeof caseColumns;

export const partyColumns = {
  caseNumber: { required: true, headers: ['案号', '案件编号', '执行案号', '案件号', '所属案号', 'case no'] },
  ordinal: { headers: ['当事人序号', 'party no'] },
  role: { required: true, headers: ['诉讼地位', '当事人诉讼地位', '当事人地位', '地位', '当事人身份', 'party role'] },
  kind: { headers: ['当事人类型', '主体类型', '当事人性质', 'party kind', 'party type'] },
  name: {
    required: true,
    headers: ['当事人', '当事人姓名', '当事人名称', '姓名', '名称', '姓名或名称', '姓名/名称', 'party', 'party name'],
  },
  idType: { headers: ['证件类型', '证件种类', '证件名称', 'document type', 'id kind'] },
  idNumber: {
    headers: [
      '证件号码',
      '证件号',
      '证件编号',
      '身份证号',
      '身份证号码',
      '公民身份号码',
      '统一社会信用代码',
      '组织机构代码',
      '身份证号码/统一社会信用代码',
      'identity number',
      'id no',
    ],
  },
  idMissingReason: { headers: ['无证件原因', '证件缺失原因', '无证件号码原因', 'reason for no id'] },
  province: { headers: ['所在省份', '省份', '住所地省份', '户籍省份', '省', '所属省'] },
  county: { headers: ['所在区县', '区县', '住所地区县', '县区', '县', 'district'] },
  rural: { headers: ['是否农村', '城乡', '是否农村居民', '城乡类型'] },
  writNumber: { headers: ['协助查询通知书文号', '通知书文号', '查询通知书文号', '文书编号', 'writ', 'writ no'] },
  writAgencies: { headers: ['协助查询单位', '协助单位', '查询单位', '被查询单位', 'agencies'] },
  writSignedBy: { headers: ['签发人', 'signed by'] },
  writSignedOn: { headers: ['签发日期', '签发时间', 'signed on'] },
  writValidUntil: { headers: ['有效期至', '有效期截止', '有效期截止日期', 'valid until'] },
  writHandlerName: { headers: ['经办人', '查询经办人', '通知书承办人', 'handler', 'handler name'] },
  writHandlerPhone: { headers: ['经办人电话', '联系电话', '经办人联系电话', 'handler phone'] },
  writWorkId: { headers: ['工作证编号', '工作证号', 'work id', 'work id number'] },
  writDutyCertificate: {
    headers: [
      '执行公务证编号',
      '执行公务证号',
      '公务证编号',
      '公务证号',
      'duty certificate',
      'duty certificate number',
    ],
  },
} as const satisfies Readonly<Record<string, Column>>;

export type PartyField = keyof typeof partyColumns;

/** What 身份类型 and the like mean differs from system to system: the values in the column decide. */
export const ambiguousPartyHeaders: readonly { readonly header: string; readonly fields: readonly PartyField[] }[] = [
  { header: '身份类型', fields: ['role', 'kind', 'idType'] },
  { header: '身份', fields: ['role', 'kind'] },
  { header: '类型', fields: ['kind', 'role', 'idType'] },
  { header: 'type', fields: ['kind', 'role', 'idType'] },
];

/** The column that the reject file adds: where it stands, the rows are mended ones. */
export const reasonHeaders: readonly string[] = ['原因/reason', '原因', 'reason'];
