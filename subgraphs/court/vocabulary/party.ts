import { idTypes, partyKinds, partyRoles } from '../../../common/vocabulary.ts';
import { registerWords } from './register.ts';

export const PartyRoleEnum = registerWords('PartyRole', 'What somebody is in a case (当事人诉讼地位).', partyRoles, {
  APPLICANT: '申请执行人: who applied for execution.',
  DEBTOR: '被执行人: who is executed against.',
  THIRD_PARTY: '案外人: a third party.',
});

export const PartyKindEnum = registerWords('PartyKind', 'Person or organisation (当事人类型).', partyKinds, {
  NATURAL_PERSON: '自然人.',
  LEGAL_PERSON: '法人.',
  UNINCORPORATED: '非法人组织.',
});

export const IdTypeEnum = registerWords('IdType', 'What kind of number identifies somebody (证件类型).', idTypes, {
  RESIDENT_ID: '公民身份号码 (GB 11643).',
  UNIFIED_SOCIAL_CREDIT_CODE: '统一社会信用代码 (GB 32100).',
  ORGANISATION_CODE: '组织机构代码 (GB 11714).',
  BUSINESS_REGISTRATION: '工商注册号.',
  CN_PASSPORT: '中国护照.',
  HK_MO_PERMIT: '港澳居民来往内地通行证.',
  TW_PERMIT: '台湾居民来往大陆通行证.',
  HMT_RESIDENCE: '港澳台居民居住证.',
  FOREIGN_PR: '外国人永久居留身份证.',
  FOREIGN_PASSPORT: '外国护照.',
  MILITARY: '军人证件.',
  OTHER: '其他证件.',
});
