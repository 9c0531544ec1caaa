import { type PersonKey, personKeyMark } from '../../common/person-id.ts';
import type { Database } from '../kit/database/database.ts';

/** The court's persons have ids of another key than the one that was given. */
export class OtherPersonKey extends Error {}

/**
 * Leaves the mark of the key in a schema that has none, and compares it with the one that is there: one schema never has ids
 * of two keys. Rejects with OtherPersonKey, and with RangeError for a key that would not hide an identity number.
 */
export async function claimForKey(database: Database, key: PersonKey, court: string): Promise<void> {
  const mark = personKeyMark(key);
  // Of several that start at once one is first, and the others wait for it here.
  await database.query('insert into person_key (version, mark) values ($1, $2) on conflict do nothing', [
    key.version,
    mark,
  ]);
  const { rows } = await database.query<{ version: number; mark: string }>('select version, mark from person_key');
  const kept = rows[0]!;
  if (kept.mark === mark) return;
  const versions = kept.version === key.version ? '' : ` (version ${kept.version}, and given was ${key.version})`;
  throw new OtherPersonKey(
    `the court ${court} has its persons under another person key than the one given${versions}, and under two keys nobody would be found again: give the file of the city's key by --person-key or NONET_PERSON_KEY_FILE, or put it back as person.key into the data directory.`,
  );
}
