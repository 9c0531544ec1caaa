import type { Database } from '../database/database.ts';
import type { Inquiry } from './inquiry.ts';
import { markColumns, type MarkColumn, type Marking } from './marks.ts';

/** The tickets are marked by another key than the one that was given, or one was given none. */
export class OtherMarkKey extends Error {}

/** So many tickets are sealed at once. */
const mostAtOnce = 1_000;

/**
 * Leaves the mark of the key in a schema that has none, and compares it with the one that is there; then makes the marks anew that
 * were made without a key, or seals them. Killed between, the next start goes on. Rejects with OtherMarkKey: under another key nobody's
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

/** A ticket whose marks were made without a key. */
interface UnsealedRow extends Record<MarkColumn, string | null> {
  readonly request_number: string;
  readonly series: string;
  readonly question: Inquiry | null;
}

const isUnsealed = 'length(about) = 8 or length(wording) = 8 or length(person) = 8';

async function sealAll(database: Database, table: string, marking: Marking): Promise<void> {
  // Rows that another program has sealed meanwhile are not among those that are locked, which may be fewer, or none, before the end.
  while (await isAnyLeft(database, table)) await sealSome(database, table, marking);
}

async function isAnyLeft(database: Database, table: string): Promise<boolean> {
  const { rows } = await database.query(`select from ${table} where ${isUnsealed} limit 1`);
  return rows.length > 0;
}

async function sealSome(database: Database, table: string, marking: Marking): Promise<void> {
  const columns = markColumns.join(', ');
  await database.transaction(async (own) => {
    const { rows } = await own.query<UnsealedRow>(
      `select request_number, series, question, ${columns} from ${table}
       where ${isUnsealed} order by request_number limit ${mostAtOnce} for update`,
    );
    const marks = rows.map((row) => marksUnderKey(row, marking));
    await own.query(
      `update ${table} set ${markColumns.map((column) => `${column} = sealed.${column}`).join(', ')}
       from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as sealed (request_number, ${columns})
       where ${table}.request_number = sealed.request_number`,
      [rows.map((row) => row.request_number), ...markColumns.map((column) => marks.map((own) => own[column]))],
    );
  });
}

/** Made anew where the question is still there, and with it the number; else the old ones, sealed. */
function marksUnderKey({ series, question, ...row }: UnsealedRow, marking: Marking): Record<MarkColumn, string | null> {
  if (question !== null)
    return { ...marking.marksOf({ ...question, series }), person: marking.personMark(question.identity) };
  const sealed = (column: MarkColumn) => {
    const mark = row[column];
    return mark && (marking.seal(column, mark) ?? mark);
  };
  return { about: sealed('about'), wording: sealed('wording'), person: sealed('person') };
}
