/** Rows without those that say the same as an earlier one, whatever the order of their columns. */
export function distinct<Row>(rows: readonly Row[]): readonly Row[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const said = wording(row);
    if (seen.has(said)) return false;
    seen.add(said);
    return true;
  });
}

/** Whether two rows say the same. */
export function sayTheSame(one: unknown, other: unknown): boolean {
  return wording(one) === wording(other);
}

function wording(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
