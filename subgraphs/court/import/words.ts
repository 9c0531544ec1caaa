import type {
  AgencyCode,
  CaseStage,
  ClosingMode,
  IdType,
  PartyKind,
  PartyRole,
  TeamType,
  TransferKind,
} from '../../../common/vocabulary.ts';
import type { WordList } from './read/word.ts';

/** The words of a court's own export. The code of the contract is always understood beside these; the first way is the usual one. */

export const stageWords: WordList<CaseStage> = {
  FILED: ['立案', '已立案', '新收'],
  ASSIGNED: ['分案', '已分案'],
  NOTIFIED: ['执行通知', '执行通知、报告财产令', '发出执行通知', '报告财产'],
  INVESTIGATING: ['财产查控', '查控', '网络查控', '财产调查'],
  TRIAGED: ['繁简分流', '分流'],
  FAST: ['快执', '快速执行', '简易执行'],
  DISPOSING: ['财产处置', '处置', '评估', '拍卖', '变卖', '评估拍卖'],
  ORDINARY: ['普通执行', '普通'],
  PAYING_OUT: ['案款发放', '发放案款'],
  CLOSING_REVIEW: ['结案审批', '报结', '结案审查'],
  CLOSED: ['结案', '已结', '已结案'],
  ARCHIVED: ['归档', '已归档'],
  SUSPENDED: ['中止', '中止执行'],
  STAYED: ['暂缓', '暂缓执行'],
  SETTLED_PENDING: ['和解履行中', '执行和解', '和解'],
  TERMINATED_MONITORED: ['终本管理', '终本库'],
  RESUMED: ['恢复', '恢复执行', '已恢复'],
  SHIELDED: ['屏蔽', '已屏蔽'],
};

export const closingModeWords: WordList<ClosingMode> = {
  FULLY_EXECUTED: ['执行完毕', '全部执行完毕'],
  TERMINATED_THIS_TIME: ['终结本次执行程序', '终本', '终结本次执行', '终结本次执行程序（终本）'],
  TERMINATED_FINAL: ['终结执行'],
  CANCELLED: ['销案'],
  REFUSED: ['不予执行'],
  DISMISSED: ['驳回申请', '驳回'],
};

export const transferKindWords: WordList<TransferKind> = {
  DESIGNATED: ['指定执行', '指定'],
  ELEVATED: ['提级执行', '提级'],
  ENTRUSTED: ['全案委托', '委托执行', '委托'],
};

export const teamTypeWords: WordList<TeamType> = {
  FAST_EXECUTION: ['快执团队', '快执', '简易执行'],
  TERMINATION: ['终本团队', '终本', '普通执行'],
  PROPERTY_DISPOSAL: ['财产处置团队', '财产处置', '财产处置执行'],
};

export const roleWords: WordList<PartyRole> = {
  APPLICANT: ['申请执行人', '申请人', '权利人', '09_05036-1'],
  DEBTOR: ['被执行人', '被申请人', '义务人', '09_05036-2'],
  THIRD_PARTY: ['案外人', '第三人', '利害关系人'],
};

export const kindWords: WordList<PartyKind> = {
  NATURAL_PERSON: ['自然人', '个人', '公民', '09_01001-1'],
  LEGAL_PERSON: ['法人', '企业法人', '09_01001-2'],
  UNINCORPORATED: ['非法人组织', '其他组织', '09_01001-3'],
};

export const idTypeWords: WordList<IdType> = {
  RESIDENT_ID: ['居民身份证', '身份证', '公民身份号码', '二代身份证', '中华人民共和国居民身份证'],
  UNIFIED_SOCIAL_CREDIT_CODE: ['统一社会信用代码', '统一社会信用代码证', '信用代码'],
  ORGANISATION_CODE: ['组织机构代码', '组织机构代码证'],
  BUSINESS_REGISTRATION: ['工商注册号', '营业执照注册号'],
  CN_PASSPORT: ['护照', '中国护照'],
  HK_MO_PERMIT: ['港澳居民来往内地通行证', '港澳通行证', '回乡证'],
  TW_PERMIT: ['台湾居民来往大陆通行证', '台胞证'],
  HMT_RESIDENCE: ['港澳台居民居住证'],
  FOREIGN_PR: ['外国人永久居留身份证', '外国人永久居留证'],
  FOREIGN_PASSPORT: ['外国护照'],
  MILITARY: ['军官证', '士兵证', '军人证件', '军人证'],
  OTHER: ['其他证件', '其他'],
};

/** 营业执照 may bear a credit code or the older registration number: it says nothing, and the number itself tells. */
export const silentIdTypeWords: WordList<'UNSAID'> = { UNSAID: ['营业执照', '证件'] };

export const agencyWords: WordList<AgencyCode> = {
  BANK: ['银行', '银行存款', '存款', '人民银行'],
  VEHICLE: ['车辆', '车管', '车管所', '公安车管'],
  REAL_ESTATE: ['不动产', '不动产登记', '房产', '不动产登记中心'],
};

export const ruralWords: WordList<'YES' | 'NO'> = {
  YES: ['是', '农村', '乡村', '农业', '1', 'true', 'y'],
  NO: ['否', '城镇', '城市', '非农业', '0', 'false', 'n'],
};
