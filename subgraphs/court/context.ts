import type { GraphQLFormattedError } from 'graphql';
import type { Kysely } from 'kysely';
import type { Viewer } from '../../common/viewer.ts';
import type { PartyRole } from '../../common/vocabulary.ts';
import { createCaseLoader } from './case/loaders.ts';
import { readAsOf } from './coverage/as-of.ts';
import { loaderFamily } from './loader.ts';
import { createCoerciveMeasureLoader, createMeasureLoader } from './measure/loaders.ts';
import { createOrderLoader, createOrdersLoader } from './measure-order/loaders.ts';
import type { MeasureOrders } from './measure-order/orders.ts';
import { createPartiesLoader, createPartyLoader } from './party/loaders.ts';
import {
  createDebtorPartiesLoader,
  createPersonCasesLoader,
  createSummaryLoader,
  type PersonCasesArguments,
} from './person/loaders.ts';
import { once } from './once.ts';
import type { CourtSetting } from './setting.ts';
import type { Tables } from './tables.ts';
import type { WritChanges } from './writ/changes.ts';
import { createFormerWritLoader, createWritLoader } from './writ/loader.ts';

/** What the resolvers of one question share. */
export interface CourtContext extends CourtSetting {
  readonly startedMs: number;
  /** Stand beside the data in the answer's errors. */
  readonly notices: GraphQLFormattedError[];
  readonly loaders: CourtLoaders;
  readonly writChanges: WritChanges;
  readonly measureOrders: MeasureOrders;
  /** On whose behalf the hub asks; null where it asks of itself. */
  readonly viewer: Viewer | null;
  /** The instant of which the court's rows speak; read when it is first asked for. */
  readonly asOf: () => Promise<Date>;
}

export type CourtLoaders = ReturnType<typeof createLoaders>;

/** A context for one question, its loaders empty. */
export function createCourtContext(
  setting: CourtSetting,
  own: Pick<CourtContext, 'viewer' | 'writChanges' | 'measureOrders'>,
): CourtContext {
  return {
    ...setting,
    ...own,
    startedMs: performance.now(),
    notices: [],
    loaders: createLoaders(setting.db),
    asOf: once(() => readAsOf(setting.db, setting.now)),
  };
}

function createLoaders(db: Kysely<Tables>) {
  return {
    cases: createCaseLoader(db),
    parties: loaderFamily((role: PartyRole | null) => createPartiesLoader(db, role)),
    party: createPartyLoader(db),
    writs: createWritLoader(db),
    formerWrits: createFormerWritLoader(db),
    measures: createMeasureLoader(db),
    order: createOrderLoader(db),
    orders: createOrdersLoader(db),
    coerciveMeasures: createCoerciveMeasureLoader(db),
    summaries: createSummaryLoader(db),
    debtorParties: loaderFamily((first: number) => createDebtorPartiesLoader(db, first)),
    personCases: loaderFamily((args: PersonCasesArguments) => createPersonCasesLoader(db, args)),
  };
}
