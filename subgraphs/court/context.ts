import type { GraphQLFormattedError } from 'graphql';
import type { Kysely } from 'kysely';
import type { CourtEntry, CourtRegistry } from '../../common/court-registry.ts';
import type { PersonKey } from '../../common/person-id.ts';
import type { PartyRole } from '../../common/vocabulary.ts';
import { createCaseLoader } from './case/loaders.ts';
import { readAsOf } from './coverage/as-of.ts';
import { loaderFamily } from './loader.ts';
import { createCoerciveMeasureLoader, createMeasureLoader } from './measure/loaders.ts';
import { createPartiesLoader, createPartyLoader } from './party/loaders.ts';
import { createPersonCasesLoader, createSummaryLoader, type PersonCasesArguments } from './person/loaders.ts';
import { once } from './once.ts';
import type { Tables } from './tables.ts';
import { createWritLoader } from './writ/loader.ts';

/** What makes one court differ from another: the schema is the same for all. */
export interface CourtSetting {
  readonly court: CourtEntry;
  readonly registry: CourtRegistry;
  readonly personKey: PersonKey;
  readonly db: Kysely<Tables>;
  readonly now: () => Date;
}

/** What the resolvers of one question share. */
export interface CourtContext extends CourtSetting {
  readonly startedMs: number;
  /** Stand beside the data in the answer's errors. */
  readonly notices: GraphQLFormattedError[];
  readonly loaders: CourtLoaders;
  /** The instant of which the court's rows speak; read when it is first asked for. */
  readonly asOf: () => Promise<Date>;
}

export type CourtLoaders = ReturnType<typeof createLoaders>;

/** A context for one question, its loaders empty. */
export function createCourtContext(setting: CourtSetting): CourtContext {
  return {
    ...setting,
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
    measures: createMeasureLoader(db),
    coerciveMeasures: createCoerciveMeasureLoader(db),
    summaries: createSummaryLoader(db),
    personCases: loaderFamily((args: PersonCasesArguments) => createPersonCasesLoader(db, args)),
  };
}
