/** What is asked, over which courts. */

import { readCourtRegistry } from '../../common/court-registry.ts';
import type { TableShape } from './world/table.ts';

export interface Scenario {
  readonly name: 'one' | 'nine' | 'skewed' | 'late';
  readonly story: string;
  readonly shape: TableShape;
  /** How late a court answers, milliseconds; 0 for those that are not here. */
  readonly delaysMs: Readonly<Record<string, number>>;
}

const courts = readCourtRegistry().courts.map(({ code }) => code);
const busiest = '苏0312';

/** The rows that nine courts have evenly. */
export const nineCourts: TableShape = { courts, casesPerCourt: 100, newestIn: null };

export const scenarios: readonly Scenario[] = [
  {
    name: 'one',
    story: 'One court and three agencies: its 50 newest cases, their debtors, and what each agency knows of them.',
    shape: { courts: [busiest], casesPerCourt: 100, newestIn: null },
    delaysMs: {},
  },
  {
    name: 'nine',
    story: 'Nine courts and three agencies: the 50 newest cases of all, which are spread evenly.',
    shape: nineCourts,
    delaysMs: {},
  },
  {
    name: 'skewed',
    story: 'The same, and all 50 are in one court.',
    shape: { courts, casesPerCourt: 100, newestIn: busiest },
    delaysMs: {},
  },
  {
    name: 'late',
    story: 'As nine courts, eight of which answer after 20 ms and one after 200 ms.',
    shape: nineCourts,
    delaysMs: Object.fromEntries(courts.map((court) => [court, court === busiest ? 200 : 20])),
  },
];
