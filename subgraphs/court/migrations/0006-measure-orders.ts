import type { Migration } from '../../kit/database/migrate.ts';

/**
 * Orders to control property. Each keeps who the debtor was when it was signed: the ruling names him so, and what an agency is told
 * does not change with a later import. Amounts are fen.
 */
export const keepMeasureOrders: Migration = {
  name: '0006-measure-orders',
  async up(database) {
    for (const statement of statements) await database.query(statement);
  },
};

const statements = [
  `create table measure_order (
    id uuid primary key,
    case_key text collate "C" not null references enforcement_case (number_key),
    position integer not null check (position > 0),
    ordinal integer not null,
    action text collate "C" not null check (action in ('FREEZE', 'RENEW', 'RELEASE', 'SEAL', 'SEIZE_PHYSICAL')),
    agency text collate "C" not null,
    number text not null,
    property text not null,
    bank_name text,
    amount bigint check (amount > 0),
    until date,
    origin_id uuid references measure_order (id),
    name text not null,
    id_type text,
    id_number text not null,
    signed_by text not null,
    signed_on date not null,
    ordered_by text not null,
    ordered_at timestamptz not null,
    handler_name text not null,
    handler_phone text not null,
    work_id_number text not null,
    duty_certificate_number text not null,
    unique (case_key, position),
    check ((origin_id is not null) = (action in ('RENEW', 'RELEASE'))),
    check ((until is null) = (action = 'RELEASE'))
  )`,
  `create index measure_order_origin on measure_order (origin_id)`,
];
