import { registerEnumType } from 'type-graphql';
import type { RightKind, SeizureKind } from '../upstream/unit-record.ts';

/** 权利类型. */
export const RealEstateRight = {
  HOUSE_OWNERSHIP: 'HOUSE_OWNERSHIP',
  LAND_OWNERSHIP: 'LAND_OWNERSHIP',
  CONSTRUCTION_LAND_USE: 'CONSTRUCTION_LAND_USE',
  SEA_USE: 'SEA_USE',
  STRUCTURE_OWNERSHIP: 'STRUCTURE_OWNERSHIP',
  FOREST: 'FOREST',
  ADVANCE_NOTICE: 'ADVANCE_NOTICE',
} as const satisfies { [Kind in RightKind]: Kind };

registerEnumType(RealEstateRight, {
  name: 'RealEstateRight',
  description: 'A right in real estate, by the list in which the registry files it (权利类型).',
  valuesConfig: {
    HOUSE_OWNERSHIP: { description: 'House with its land (房地产权, FDCQ).' },
    LAND_OWNERSHIP: { description: 'Land (土地所有权, TDSYQ).' },
    CONSTRUCTION_LAND_USE: { description: 'Use of building land or a homestead (建设用地、宅基地使用权, JSYDSYQ).' },
    SEA_USE: { description: 'Use of sea (海域使用权, HYSYQ).' },
    STRUCTURE_OWNERSHIP: { description: 'Other structures (构筑物所有权, GJZWSYQ).' },
    FOREST: { description: 'Forest (林权, LQ).' },
    ADVANCE_NOTICE: { description: 'Advance notice, such as of a flat bought off plan (预告登记, YG).' },
  },
});

/** 查封类型. */
export const RealEstateSeizureKind = {
  SEAL: 'SEAL',
  WAITLIST: 'WAITLIST',
  ADVANCE: 'ADVANCE',
  CONTINUED: 'CONTINUED',
} as const satisfies { [Kind in SeizureKind]: Kind };

registerEnumType(RealEstateSeizureKind, {
  name: 'RealEstateSeizureKind',
  description: 'What kind of seizure lies on a unit (查封类型).',
  valuesConfig: {
    SEAL: { description: 'Seized (查封).' },
    WAITLIST: { description: 'Waiting for an earlier one to end (轮候查封).' },
    ADVANCE: { description: 'Seized before registration (预查封).' },
    CONTINUED: { description: 'Continued (续封).' },
  },
});
