import type { CaseRecord, PartyRecord, WritRecord } from '../../../common/case-record.ts';

/** A case record with what a test does not care about filled in. */
export function caseRecord(given: Partial<CaseRecord> & { readonly number: string }): CaseRecord {
  return {
    stage: 'FILED',
    filedOn: '2017-03-01',
    closedOn: null,
    closingMode: null,
    amountDue: null,
    amountRecovered: null,
    amountOutstanding: null,
    team: null,
    predecessor: null,
    successor: null,
    transferKind: null,
    parties: [],
    measures: [],
    coerciveMeasures: [],
    ...given,
  };
}

/** A debtor without a number, with what a test does not care about filled in. */
export function partyRecord(given: Partial<PartyRecord> = {}): PartyRecord {
  return {
    ordinal: 1,
    role: 'DEBTOR',
    kind: 'NATURAL_PERSON',
    name: '王某甲',
    idType: null,
    idNumber: null,
    idMissingReason: null,
    province: null,
    county: null,
    rural: null,
    writ: null,
    ...given,
  };
}

export const writ: WritRecord = {
  number: '（2017）苏0312执1号协查',
  agencies: ['BANK', 'REAL_ESTATE'],
  signedBy: '李法官',
  signedOn: '2017-03-05',
  validUntil: '2017-09-05',
  handlerName: '赵助理',
  handlerPhone: '0516-80000001',
  workIdNumber: 'G0001',
  dutyCertificateNumber: 'Z0001',
};

/** The published test numbers of GB 11643: one in both written forms, and another person's. */
export const residentIds = {
  eighteen: '11010519491231002X',
  fifteen: '110105491231002',
  another: '440524188001010014',
} as const;
