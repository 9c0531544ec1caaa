import type { Kysely } from 'kysely';
import type { CourtEntry, CourtRegistry } from '../../common/court-registry.ts';
import type { PersonKey } from '../../common/person-id.ts';
import type { Tables } from './tables.ts';

/** What makes one court differ from another: the schema is the same for all. */
export interface CourtSetting {
  readonly court: CourtEntry;
  readonly registry: CourtRegistry;
  readonly personKey: PersonKey;
  readonly db: Kysely<Tables>;
  readonly now: () => Date;
}
