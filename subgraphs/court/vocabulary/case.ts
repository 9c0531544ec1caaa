import { caseStages, caseTypes, closingModes, teamTypes, transferKinds } from '../../../common/vocabulary.ts';
import { registerWords } from './register.ts';

export const CaseTypeEnum = registerWords(
  'CaseType',
  'What kind of enforcement case (案件类型) the number says.',
  caseTypes,
  {
    FIRST_EXECUTION: '首次执行 (执): the first execution of a basis.',
    RESUMED_EXECUTION: '恢复执行 (执恢): execution resumed.',
    PRESERVATION_EXECUTION: '财产保全执行 (执保): execution of a preservation order.',
    OBJECTION: '执行异议 (执异): an objection.',
    RECONSIDERATION: '执行复议 (执复): reconsideration, one level up.',
    SUPERVISION: '执行监督 (执监): supervision.',
    COORDINATION: '执行协调 (执协): coordination between courts.',
    OTHER: '其他执行 (执他 and others).',
  },
);

export const CaseStageEnum = registerWords('CaseStage', 'How far the case has come (案件进展阶段).', caseStages, {
  FILED: '立案: filed.',
  ASSIGNED: '分案: assigned.',
  NOTIFIED: '执行通知、报告财产令: notice of execution and order to report property are out.',
  INVESTIGATING: '财产查控: property is being searched and controlled.',
  TRIAGED: '繁简分流: a track has been chosen.',
  FAST: '快执: fast execution.',
  DISPOSING: '财产处置: property is being valued and sold.',
  ORDINARY: '普通执行: the ordinary track.',
  PAYING_OUT: '案款发放: money is being paid out.',
  CLOSING_REVIEW: '结案审批: closing awaits approval.',
  CLOSED: '结案: closed.',
  ARCHIVED: '归档: archived.',
  SUSPENDED: '中止: suspended.',
  STAYED: '暂缓: stayed.',
  SETTLED_PENDING: '和解履行中: a settlement is being performed.',
  TERMINATED_MONITORED: '终本管理: terminated for this time, searched again from time to time.',
  RESUMED: '恢复: resumed as a new case.',
  SHIELDED: '屏蔽: no longer published.',
});

export const ClosingModeEnum = registerWords(
  'ClosingMode',
  'How the case was closed (结案方式, 法发〔2014〕26号).',
  closingModes,
  {
    FULLY_EXECUTED: '执行完毕: everything performed.',
    TERMINATED_THIS_TIME: '终结本次执行程序 (终本): no property to execute for now.',
    TERMINATED_FINAL: '终结执行: terminated for good.',
    CANCELLED: '销案: cancelled, such as the origin of a designated case.',
    REFUSED: '不予执行: execution refused.',
    DISMISSED: '驳回申请: the application was dismissed.',
  },
);

export const TransferKindEnum = registerWords(
  'TransferKind',
  'How a case came from, or went to, another court (案件移转方式).',
  transferKinds,
  {
    DESIGNATED: '指定执行: another court was designated.',
    ELEVATED: '提级执行: taken up by a higher court.',
    ENTRUSTED: '全案委托: entrusted as a whole.',
  },
);

export const TeamTypeEnum = registerWords('TeamType', 'The track that a team executes (执行团队类型).', teamTypes, {
  FAST_EXECUTION: '快执团队: simple cases.',
  TERMINATION: '终本团队: ordinary cases.',
  PROPERTY_DISPOSAL: '财产处置团队: cases with property to sell.',
});
