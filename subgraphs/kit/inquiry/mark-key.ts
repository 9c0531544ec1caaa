import type { Database } from '../database/database.ts';
import { markColumns, type Marking } from './marks.ts';

/** The tickets are marked by another key than the one that was given, or one was given none. */
export class OtherMarkKey extends Error {}

/** So many tickets are sealed at once. */
const mostAtOnce = 1_000;

/**
 * Leaves the mark of the key in a schema that has none, and compares it with the one that is there; then seals the marks that
 * were made without a key. Killed between, the next start goes on. Rejects with OtherMarkKey: under another key nobody's
 * ticket would be known again, and what he was answered would be refused to him.
 */
export async function claimForMarking(database: Database, marking: Marking): Promise<void> {
  const { key } = marking;
  if (key !== null) {
    // Of several that start at once one is first, and the others wait for it here.
    await database.query('insert into mark_key (version, mark) values ($1, $2) on conflict do nothing', [
      key.version,
      key.mark,
    ]);
  }
  const { rows } = await database.query<{ mark: string }>('select mark from mark_key');
  const kept = rows[0]?.mark ?? null;
  if (kept !== (key?.mark ?? null)) {
    const given = key === null ? 'none was given' : 'another was given';
    throw new OtherMarkKey(
      `the tickets in the schema ${database.schema} are marked by the city's key, and ${given}: give its file by --person-key or NONET_PERSON_KEY_FILE.`,
    );
  }
  if (key !== null) for (const table of ['ticket', 'control']) await sealAll(database, table, marking);
}

async function sealAll(database: Database, table: string, marking: Marking): Promise<void> {
  const columns = markColumns.join(', ');
  for (;;) {
    const isOver = await database.transaction(async (own) => {
      const { rows } = await own.query<
        { request_number: string } & Record<(typeof markColumns)[number], string | null>
      >(
        `select request_number, ${columns} from ${table}
         where length(about) = 8 or length(wording) = 8 or length(person) = 8
         order by request_number limit ${mostAtOnce} for update`,
      );
      if (rows.length === 0) return true;
      const sealed = markColumns.map((column) =>
        rows.map(({ [column]: mark }) => mark && (marking.seal(column, mark) ?? mark)),
      );
      await own.query(
        `update ${table} set ${markColumns.map((column) => `${column} = sealed.${column}`).join(', ')}
         from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as sealed (request_number, ${columns})
         where ${table}.request_number = sealed.request_number`,
        [rows.map((row) => row.request_number), ...sealed],
      );
      return rows.length < mostAtOnce;
    });
    if (isOver) return;
  }
}
