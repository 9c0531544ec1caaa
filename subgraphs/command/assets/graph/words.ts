import { registerEnumType } from 'type-graphql';
import type { AssetKind, ExpiryAlert } from '../expiry.ts';
import type { Certainty } from '../summary.ts';

/** 财产类型. */
export const AssetKindEnum = {
  ACCOUNT: 'ACCOUNT',
  VEHICLE: 'VEHICLE',
  REAL_ESTATE: 'REAL_ESTATE',
} as const satisfies { [Kind in AssetKind]: Kind };

registerEnumType(AssetKindEnum, {
  name: 'AssetKind',
  description: 'What somebody has (财产类型).',
  valuesConfig: {
    ACCOUNT: { description: 'A deposit account (存款账户).' },
    VEHICLE: { description: 'A vehicle or machine (机动车).' },
    REAL_ESTATE: { description: 'A unit of real estate (不动产单元).' },
  },
});

/** 确定程度. */
export const CertaintyEnum = {
  EXACT: 'EXACT',
  LOWER_BOUND: 'LOWER_BOUND',
  UNKNOWN: 'UNKNOWN',
} as const satisfies { [Word in Certainty]: Word };

registerEnumType(CertaintyEnum, {
  name: 'AssetCertainty',
  description: 'How sure an amount is (确定程度).',
  valuesConfig: {
    EXACT: { description: 'That, to the fen (确切).' },
    LOWER_BOUND: { description: 'At least that: an agency or a value is missing (不低于).' },
    UNKNOWN: { description: 'Nothing is known (不明).' },
  },
});

/** 到期预警. */
export const ExpiryAlertEnum = {
  LAPSED: 'LAPSED',
  WITHIN_7_DAYS: 'WITHIN_7_DAYS',
  WITHIN_15_DAYS: 'WITHIN_15_DAYS',
  WITHIN_30_DAYS: 'WITHIN_30_DAYS',
} as const satisfies { [Alert in ExpiryAlert]: Alert };

registerEnumType(ExpiryAlertEnum, {
  name: 'ExpiryAlert',
  description: 'How near the end of a measure is (到期预警).',
  valuesConfig: {
    LAPSED: { description: 'Over and not renewed (已届满).' },
    WITHIN_7_DAYS: { description: 'Ends within 7 days (七日内到期).' },
    WITHIN_15_DAYS: { description: 'Ends within 15 days (十五日内到期).' },
    WITHIN_30_DAYS: { description: 'Ends within 30 days (三十日内到期).' },
  },
});
