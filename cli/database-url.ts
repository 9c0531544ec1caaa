/** Whose database: one address for all parts, or a template that gives each its own. */

const placeholder = '{part}';

/**
 * The address of one part's database. `{part}` in it stands for the part's name, percent-encoded: the code of a court
 * (`postgres://nonet@db:5432/nonet_{part}` is the database nonet_苏0312); without it all parts have the same database, and a
 * schema each.
 */
export function toDatabaseUrl(template: string, part: string): string {
  return template.replaceAll(placeholder, encodeURIComponent(part));
}
