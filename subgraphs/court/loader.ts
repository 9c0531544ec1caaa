import DataLoader from 'dataloader';

/** One row for each key, matched by the key that the row itself carries, so that no answer can be misaligned. */
export function byKey<Key extends string | object, Row>(
  fetch: (keys: readonly Key[]) => Promise<readonly Row[]>,
  toText: (key: Key) => string,
  textOf: (row: Row) => string,
): DataLoader<Key, Row | null, string> {
  return new DataLoader<Key, Row | null, string>(
    async (keys) => {
      const rows = new Map((await fetch(keys)).map((row) => [textOf(row), row]));
      return keys.map((key) => rows.get(toText(key)) ?? null);
    },
    { cacheKeyFn: toText },
  );
}

/** What all rows of each key stand for, in the order in which they were fetched. */
export function groupedByKey<Row, Value>(
  fetch: (keys: readonly string[]) => Promise<readonly Row[]>,
  keyOf: (row: Row) => string,
  toValue: (row: Row) => Value,
): DataLoader<string, readonly Value[]> {
  return new DataLoader<string, readonly Value[]>(async (keys) => {
    const groups = new Map<string, Value[]>(keys.map((key) => [key, []]));
    for (const row of await fetch(keys)) groups.get(keyOf(row))?.push(toValue(row));
    return keys.map((key) => groups.get(key) ?? []);
  });
}

/** One loader for each set of arguments, made when it is first asked for. */
export function loaderFamily<Arguments, Loader>(create: (args: Arguments) => Loader): (args: Arguments) => Loader {
  const loaders = new Map<string, Loader>();
  return (args) => {
    const key = JSON.stringify(args);
    const known = loaders.get(key);
    if (known !== undefined) return known;
    const made = create(args);
    loaders.set(key, made);
    return made;
  };
}
