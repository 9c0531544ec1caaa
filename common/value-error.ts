/** A value that the caller gave and that cannot be read. The text never repeats the value: it may be private. */
export class ValueError extends Error {
  readonly code = 'BAD_USER_INPUT';
  /** What would have been right, as a phrase for people. */
  readonly expected: string;
  /** graphql-js copies this onto the error it makes, so a scalar may simply throw. */
  readonly extensions: { readonly code: 'BAD_USER_INPUT'; readonly expected: string };

  constructor(problem: string, expected: string, options?: ErrorOptions) {
    super(`${problem}; expected ${expected}`, options);
    this.name = 'ValueError';
    this.expected = expected;
    this.extensions = { code: this.code, expected };
  }
}

/** What is read; undefined where it is a value that cannot be read, which is nobody's and nothing's. */
export function ifReadable<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}
