/** Quotes a name for SQL as it stands, Chinese and uppercase included; throws when PostgreSQL could not keep it whole. */
export function quoteIdentifier(name: string): string {
  // PostgreSQL cuts longer names silently: https://www.postgresql.org/docs/15/limits.html
  if (name === '' || name.includes('\0') || Buffer.byteLength(name) > 63)
    throw new RangeError(`the name ${JSON.stringify(name)} must have 1 to 63 bytes of UTF-8 and no NUL`);
  return `"${name.replaceAll('"', '""')}"`;
}
