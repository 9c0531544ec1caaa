import type { IdType } from '../../../common/vocabulary.ts';
import type { Inquiry } from './inquiry.ts';

/** 查询请求: the columns that every agency's request begins with, named as on the wire. */
export type Stem = Readonly<Record<StemColumn, string | null>>;

type StemColumn =
  | 'BDHM'
  | 'XM'
  | 'ZJLX'
  | 'DSRZJHM'
  | 'FIFTEENZJH'
  | 'FYMC'
  | 'FYDM'
  | 'CBR'
  | 'YHDH'
  | 'AH'
  | 'GZZBH'
  | 'GWZBH'
  | 'CKH'
  | 'WSBH'
  | 'QFR'
  | 'QFRQ'
  | 'YXQZ';

const idTypeTerms: Readonly<Record<IdType, string>> = {
  RESIDENT_ID: '居民身份证',
  UNIFIED_SOCIAL_CREDIT_CODE: '统一社会信用代码',
  ORGANISATION_CODE: '组织机构代码',
  BUSINESS_REGISTRATION: '工商注册号',
  CN_PASSPORT: '护照',
  HK_MO_PERMIT: '港澳居民来往内地通行证',
  TW_PERMIT: '台湾居民来往大陆通行证',
  HMT_RESIDENCE: '港澳台居民居住证',
  FOREIGN_PR: '外国人永久居留身份证',
  FOREIGN_PASSPORT: '外国护照',
  MILITARY: '军官证',
  OTHER: '其他',
};

/** Puts an inquiry into wire columns; a resident goes out under both numbers, since old registers hold the 15-digit one. */
export function toStem({ requestNumber, caseNumber, name, identity, writ }: Inquiry): Stem {
  return {
    BDHM: requestNumber,
    XM: name,
    ZJLX: idTypeTerms[identity.type],
    DSRZJHM: identity.number,
    FIFTEENZJH: identity.number15,
    FYMC: writ.courtName,
    FYDM: writ.courtCode,
    CBR: writ.handlerName,
    YHDH: writ.handlerPhone,
    AH: caseNumber,
    GZZBH: writ.workIdNumber,
    GWZBH: writ.dutyCertificateNumber,
    CKH: '协助查询通知书',
    WSBH: writ.number,
    QFR: writ.signedBy,
    QFRQ: writ.signedOn,
    YXQZ: writ.validUntil,
  };
}
