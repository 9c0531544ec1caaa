/** Every audit, family by family; those of drifted courts stand together, since drifting takes a while. */

import type { FamilyAudit } from '../audit.ts';
import { coverageAudits } from './coverage.ts';
import { driftAudits } from './drift.ts';
import { entityAudits } from './entities.ts';
import { faultAudits } from './faults.ts';
import { lieAudits } from './lies.ts';
import { mergeAudits } from './merges.ts';
import { mutationAudits } from './mutations.ts';
import { nestedAudits } from './nested.ts';
import { orderAudits } from './order.ts';
import { pageAudits } from './pages.ts';
import { rowAudits } from './rows.ts';
import { totalAudits } from './totals.ts';

export const allAudits: readonly FamilyAudit[] = [
  ...rowAudits,
  ...orderAudits,
  ...pageAudits,
  ...totalAudits,
  ...mergeAudits,
  ...entityAudits,
  ...nestedAudits,
  ...coverageAudits,
  ...faultAudits,
  ...lieAudits,
  ...mutationAudits,
  ...driftAudits,
];
