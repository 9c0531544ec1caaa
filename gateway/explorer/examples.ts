import { readFileSync } from 'node:fs';

/** The ready examples, in the order of their tabs; each is a file `<name>.graphql` with its variables in `<name>.json`. */
export const exampleNames = [
  'city-wide',
  'joint-task-force',
  'case-by-number',
  'debtor-across-courts',
  'statistics',
] as const;

export type ExampleName = (typeof exampleNames)[number];

/** One tab: a GraphQL document and its variables as JSON text. */
export interface Example {
  readonly query: string;
  readonly variables: string;
}

/** Variables that take the place of an example's own, name by name: a case number that exists in this hub's data, say. */
export type ExampleVariables = Partial<Record<ExampleName, Readonly<Record<string, unknown>>>>;

/** Reads the examples from a directory; throws when a file is missing or its variables are no JSON object. */
export function readExamples(directory: URL, variables: ExampleVariables = {}): readonly Example[] {
  return exampleNames.map((name) => {
    const query = readFileSync(new URL(`${name}.graphql`, directory), 'utf8');
    const defaults = parseVariables(readFileSync(new URL(`${name}.json`, directory), 'utf8'), `${name}.json`);
    return { query, variables: JSON.stringify({ ...defaults, ...variables[name] }, null, 2) };
  });
}

function parseVariables(text: string, file: string): object {
  const value: unknown = JSON.parse(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new Error(`${file} holds no JSON object. Write the example's variables as {"name": value}.`);
}
