/** The person key of an import that goes straight into a database: no court runs there that has it already. */

import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { PersonKey } from '../../common/person-id.ts';
import type { Database } from '../../subgraphs/kit/database/database.ts';
import { quoteIdentifier } from '../../subgraphs/kit/database/identifier.ts';
import { SettingsFault } from '../command.ts';
import { directoryOfCommand } from '../start/parts/places.ts';
import { keepPersonKey, personKeyFile, type NamedKey } from '../start/person-key.ts';

/** The key that was named, or that of the data directory; null where neither is. Throws SettingsFault for one that is damaged. */
export function findKey(named: NamedKey | null, data: string): PersonKey | null {
  if (named !== null) return named.read();
  if (!existsSync(personKeyFile(data))) return null;
  try {
    return keepPersonKey(data);
  } catch (error) {
    throw new SettingsFault([error instanceof Error ? error.message : String(error)]);
  }
}

/** Throws SettingsFault: a key made for a server would not be the one that the city's other courts have. */
export function refuseWithoutKey(data: string): never {
  throw new SettingsFault([
    `there is no person key in ${data}, and one made for this import would not be the city's: give the file of the city's key by --person-key or NONET_PERSON_KEY_FILE.`,
  ]);
}

/** Makes the key of a data directory that is new; throws SettingsFault where persons are, whose key it would not be. */
export async function makeKey(data: string, directory: string, database: Database): Promise<PersonKey> {
  if (hasOtherRows(data, directory) || (await hasPersons(database))) {
    throw new SettingsFault([
      `the rows in ${data} have persons, and their key, person.key, is not there: put it back, or give its file by --person-key or NONET_PERSON_KEY_FILE.`,
    ]);
  }
  return keepPersonKey(data);
}

/** Rows of other parts beside these: nobody looks into them while they may be running, so they count. */
function hasOtherRows(data: string, directory: string): boolean {
  const courts = join(data, 'courts');
  const own = existsSync(courts) ? readdirSync(courts).map((code) => join(courts, code)) : [];
  return [data, directoryOfCommand(data), ...own].some(
    (place) => resolve(place) !== resolve(directory) && existsSync(join(place, 'pglite')),
  );
}

/** Whether any court in the database has persons with numbers; those of one case alone are made with no key. */
async function hasPersons(database: Database): Promise<boolean> {
  const { rows: schemas } = await database.query<{ name: string }>(
    `select nspname::text as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
     where relname = 'party' and relkind = 'r'`,
  );
  for (const { name } of schemas) {
    const { rows } = await database.query(
      `select from ${quoteIdentifier(name)}.party where person_id like 'p%' limit 1`,
    );
    if (rows.length > 0) return true;
  }
  return false;
}
