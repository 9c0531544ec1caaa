import type { InsertColumn } from '../../kit/database/insert-rows.ts';
import type { RowTables } from '../tables.ts';

/** Every column of every table that rows are loaded into with its PostgreSQL type; a table's new column does not compile until it stands here. */
export const columnTypes: { readonly [Name in keyof RowTables]: Readonly<Record<keyof RowTables[Name], string>> } = {
  enforcement_case: {
    number_key: 'text',
    court_code: 'text',
    type: 'text',
    stage: 'text',
    filed_on: 'date',
    closed_on: 'date',
    closing_mode: 'text',
    amount_due: 'bigint',
    amount_recovered: 'bigint',
    amount_outstanding: 'bigint',
    predecessor_key: 'text',
    successor_key: 'text',
    transfer_kind: 'text',
    team_name: 'text',
    team_type: 'text',
    team_judge: 'text',
  },
  party: {
    case_key: 'text',
    ordinal: 'integer',
    role: 'text',
    kind: 'text',
    name: 'text',
    id_type: 'text',
    id_number: 'text',
    id_unreadable: 'text',
    id_missing_reason: 'text',
    province: 'text',
    county: 'text',
    rural: 'boolean',
    person_id: 'text',
    identified: 'boolean',
  },
  writ: {
    case_key: 'text',
    ordinal: 'integer',
    number: 'text',
    agencies: 'text',
    signed_by: 'text',
    signed_on: 'date',
    valid_until: 'date',
    handler_name: 'text',
    handler_phone: 'text',
    work_id_number: 'text',
    duty_certificate_number: 'text',
    issued_by: 'text',
    issued_at: 'timestamptz',
  },
  measure: {
    case_key: 'text',
    position: 'integer',
    action: 'text',
    property: 'text',
    amount: 'bigint',
    starts_on: 'date',
    expires_on: 'date',
    queue_position: 'integer',
  },
  coercive_measure: {
    case_key: 'text',
    position: 'integer',
    kind: 'text',
    decided_on: 'date',
    party_ordinal: 'integer',
  },
  import: {
    position: 'integer',
    as_of: 'timestamptz',
    imported_at: 'timestamptz',
    inserted: 'integer',
    changed: 'integer',
    unchanged: 'integer',
  },
};

/** The columns of a table, and its rows as `insertRows` takes them. */
export function toInsert<Name extends keyof RowTables>(
  table: Name,
  rows: readonly RowTables[Name][],
): { columns: InsertColumn[]; values: unknown[][] } {
  const names = Object.keys(columnTypes[table]) as (keyof RowTables[Name] & string)[];
  return {
    columns: names.map((name) => ({ name, type: columnTypes[table][name] })),
    values: rows.map((row) => names.map((name) => row[name])),
  };
}
