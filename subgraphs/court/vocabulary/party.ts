import { idTypes, partyKinds, partyRoles } from '../../../common/vocabulary.ts';
import { registerWords } from './register.ts';

export const PartyRoleEnum = registerWords('PartyRole', 'What somebody is in a case (当事人诉讼地位).', partyRoles, {
  APPLICANT: '申请执行人: who applied for execution.',
  DEBTOR: '被执行人: who is executed against.',
  THIRD_PARTY: '案外人: a third party.',
});

export const PartyKindEnum = registerWords('PartyKind', 'Person or organisation (当事人类型).', partyKinds, {
  NATURAL_PERSON: '自然人: a natural person.',
  LEGAL_PERSON: '法人: a legal person.',
  UNINCORPORATED: '非法人组织: an organisation that is no legal person.',
});

export const IdTypeEnum = registerWords('IdType', 'What kind of number identifies somebody (证件类型).', idTypes, {
  RESIDENT_ID: '公民身份号码: resident identity number, GB 11643.',
  UNIFIED_SOCIAL_CREDIT_CODE: '统一社会信用代码: unified social credit code, GB 32100.',
  ORGANISATION_CODE: '组织机构代码: organisation code, GB 11714.',
  BUSINESS_REGISTRATION: '工商注册号: business registration number.',
  CN_PASSPORT: '中国护照: Chinese passport.',
  HK_MO_PERMIT: '港澳居民来往内地通行证: mainland permit of residents of Hong Kong and Macao.',
  TW_PERMIT: '台湾居民来往大陆通行证: mainland permit of residents of Taiwan.',
  HMT_RESIDENCE: '港澳台居民居住证: residence permit of residents of Hong Kong, Macao and Taiwan.',
  FOREIGN_PR: '外国人永久居留身份证: permanent residence card of a foreigner.',
  FOREIGN_PASSPORT: '外国护照: foreign passport.',
  MILITARY: '军人证件: military document.',
  OTHER: '其他证件: another document.',
});
