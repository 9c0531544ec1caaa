import { registerEnumType } from 'type-graphql';

export const CaseOrderEnum = {
  FILED_ON_DESC: 'FILED_ON_DESC',
  FILED_ON_ASC: 'FILED_ON_ASC',
  AMOUNT_OUTSTANDING_DESC: 'AMOUNT_OUTSTANDING_DESC',
  AMOUNT_OUTSTANDING_ASC: 'AMOUNT_OUTSTANDING_ASC',
  NUMBER_ASC: 'NUMBER_ASC',
} as const;
export type CaseOrder = keyof typeof CaseOrderEnum;

registerEnumType(CaseOrderEnum, {
  name: 'CaseOrder',
  description:
    'An order of cases (排序): by the value, then by the case number; unknown values come last in both directions.',
  valuesConfig: {
    FILED_ON_DESC: { description: 'Filed last first (立案日期降序).' },
    FILED_ON_ASC: { description: 'Filed first first (立案日期升序).' },
    AMOUNT_OUTSTANDING_DESC: { description: 'The most outstanding first (尚未执行金额降序).' },
    AMOUNT_OUTSTANDING_ASC: { description: 'The least outstanding first (尚未执行金额升序).' },
    NUMBER_ASC: { description: 'By year, court, type and serial (案号升序).' },
  },
});

/** What an order sorts by before the case number, and how it stands in a cursor. */
export interface OrderRule {
  /** Its byte in a cursor; never reused. */
  readonly byte: number;
  readonly value: 'date' | 'amount' | null;
  readonly descending: boolean;
}

export const orderRules: Readonly<Record<CaseOrder, OrderRule>> = {
  FILED_ON_DESC: { byte: 1, value: 'date', descending: true },
  FILED_ON_ASC: { byte: 2, value: 'date', descending: false },
  AMOUNT_OUTSTANDING_DESC: { byte: 3, value: 'amount', descending: true },
  AMOUNT_OUTSTANDING_ASC: { byte: 4, value: 'amount', descending: false },
  NUMBER_ASC: { byte: 5, value: null, descending: false },
};
