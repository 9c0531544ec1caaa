/** Whether text is the ordinal of a party in its case: an integer of PostgreSQL, in its one form. */
export function isOrdinal(text: string): boolean {
  return /^[1-9]\d{0,8}$/.test(text);
}
