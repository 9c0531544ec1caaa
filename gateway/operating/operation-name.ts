/** The name that a client gave its operation, as far as it may be written down: a caller can put anything into it. */

/** At most 64 characters of a GraphQL name; null for none; a star where it holds as many digits as somebody's number. */
export function toOperationName(given: string | null | undefined): string | null {
  if (given == null || given === '') return null;
  if (!/^[_A-Za-z0-9]+$/.test(given) || given.replace(/\D/g, '').length >= 8) return '★';
  return given.slice(0, 64);
}
