/** What plain loops say of people. */

import { identityOf, ordered, type PlainCase, type PlainOrder } from '../test/support/brute-force.ts';
import type { AuditCity } from './audit.ts';

/** The rows in which somebody of this identity has this role, or any (null). */
export function rowsOfPerson(
  rows: readonly PlainCase[],
  identity: string,
  role: string | null = 'DEBTOR',
): readonly PlainCase[] {
  return rows.filter((row) =>
    row.record.parties.some((party) => identityOf(row, party) === identity && (role === null || party.role === role)),
  );
}

/** Their numbers in order; a plain list of a person's cases has the last filed first. */
export function casesOfPerson(
  { rows }: Pick<AuditCity, 'rows'>,
  identity: string,
  { role = 'DEBTOR', orderBy = 'FILED_ON_DESC' }: { role?: string | null; orderBy?: PlainOrder } = {},
): string[] {
  return ordered(rowsOfPerson(rows, identity, role), orderBy).map(({ display }) => display);
}

/** Every spelling of a person's name, once, by bytes of UTF-8. */
export function namesOfPerson({ rows }: Pick<AuditCity, 'rows'>, identity: string): string[] {
  const names = rows.flatMap((row) =>
    row.record.parties.filter((party) => identityOf(row, party) === identity).map(({ name }) => name),
  );
  return [...new Set(names)].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

/** The identity of the debtor who is known everywhere. */
export function everywhere({ debtor }: Pick<AuditCity, 'debtor'>): string {
  return `RESIDENT_ID ${debtor.number}`;
}
