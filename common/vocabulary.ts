/** The closed word lists that a court's rows and the contract share. Chinese terms stand in the schema's descriptions. */

export const caseTypes = [
  'FIRST_EXECUTION',
  'RESUMED_EXECUTION',
  'PRESERVATION_EXECUTION',
  'OBJECTION',
  'RECONSIDERATION',
  'SUPERVISION',
  'COORDINATION',
  'OTHER',
] as const;
export type CaseType = (typeof caseTypes)[number];

export const caseStages = [
  'FILED',
  'ASSIGNED',
  'NOTIFIED',
  'INVESTIGATING',
  'TRIAGED',
  'FAST',
  'DISPOSING',
  'ORDINARY',
  'PAYING_OUT',
  'CLOSING_REVIEW',
  'CLOSED',
  'ARCHIVED',
  'SUSPENDED',
  'STAYED',
  'SETTLED_PENDING',
  'TERMINATED_MONITORED',
  'RESUMED',
  'SHIELDED',
] as const;
export type CaseStage = (typeof caseStages)[number];

export const closingModes = [
  'FULLY_EXECUTED',
  'TERMINATED_THIS_TIME',
  'TERMINATED_FINAL',
  'CANCELLED',
  'REFUSED',
  'DISMISSED',
] as const;
export type ClosingMode = (typeof closingModes)[number];

export const partyRoles = ['APPLICANT', 'DEBTOR', 'THIRD_PARTY'] as const;
export type PartyRole = (typeof partyRoles)[number];

export const partyKinds = ['NATURAL_PERSON', 'LEGAL_PERSON', 'UNINCORPORATED'] as const;
export type PartyKind = (typeof partyKinds)[number];

export const idTypes = [
  'RESIDENT_ID',
  'UNIFIED_SOCIAL_CREDIT_CODE',
  'ORGANISATION_CODE',
  'BUSINESS_REGISTRATION',
  'CN_PASSPORT',
  'HK_MO_PERMIT',
  'TW_PERMIT',
  'HMT_RESIDENCE',
  'FOREIGN_PR',
  'FOREIGN_PASSPORT',
  'MILITARY',
  'OTHER',
] as const;
export type IdType = (typeof idTypes)[number];

export const teamTypes = ['FAST_EXECUTION', 'TERMINATION', 'PROPERTY_DISPOSAL'] as const;
export type TeamType = (typeof teamTypes)[number];

export const controlActions = ['FREEZE', 'RENEW', 'RELEASE', 'DEDUCT', 'SEAL', 'SEIZE_PHYSICAL', 'WAITLIST'] as const;
export type ControlAction = (typeof controlActions)[number];

export const coerciveMeasures = [
  'FORCED_SUMMONS',
  'JUDICIAL_DETENTION',
  'FINE',
  'SEARCH',
  'EXIT_BAN',
  'EVICTION',
  'CONSUMPTION_RESTRICTION',
  'DISHONEST_LIST',
  'CRIMINAL_REFERRAL',
] as const;
export type CoerciveMeasureKind = (typeof coerciveMeasures)[number];

/** How a case came from, or went to, another court (domain: 指定执行, 提级执行, 全案委托). */
export const transferKinds = ['DESIGNATED', 'ELEVATED', 'ENTRUSTED'] as const;
export type TransferKind = (typeof transferKinds)[number];

/** The agencies a writ may name. */
export const agencyCodes = ['BANK', 'VEHICLE', 'REAL_ESTATE'] as const;
export type AgencyCode = (typeof agencyCodes)[number];
