/** Our own codes, beside the five-character SQLSTATEs of PostgreSQL. */
export type DatabaseFault =
  | 'DATABASE_STOPPED'
  | 'DATABASE_CRASHED'
  | 'DATABASE_LOCKED'
  | 'DATABASE_MISUSED'
  | 'DATABASE_BUSY'
  | 'DATABASE_UNSUITABLE';

/** What a database refused. `code` is a SQLSTATE or a `DatabaseFault`; the text never repeats a parameter. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';

  constructor(
    readonly code: string,
    message: string,
    /** The constraint that a row broke, when it broke one. */
    readonly constraint: string | null = null,
  ) {
    super(message);
  }
}

/** The fields of PostgreSQL's ErrorResponse that a driver hands on. */
export interface PostgresFault {
  readonly code: string;
  readonly message: string;
  readonly schema?: string | undefined;
  readonly table?: string | undefined;
  readonly column?: string | undefined;
  readonly constraint?: string | undefined;
  readonly dataType?: string | undefined;
  readonly where?: string | undefined;
}

/**
 * Makes the error that callers see. PostgreSQL quotes offending values in its text (`invalid input syntax for type
 * integer: "…"`) and in its detail (`Key (id)=(…)`), and values here are identity numbers and balances: the detail is
 * dropped, and the text stays only where it speaks of nothing but the statement.
 */
export function toDatabaseError(fault: PostgresFault, sql: string, parameters: readonly unknown[] = []): DatabaseError {
  const place = /parameter (\$\d+)/.exec(fault.where ?? '')?.[1];
  const facts = [
    `${fault.code} ${sentenceOf(fault, sql, parameters)}`,
    place && `at ${place}`,
    fault.constraint && `constraint ${fault.constraint}`,
    fault.table && `table ${fault.table}`,
    fault.column && `column ${fault.column}`,
  ];
  return new DatabaseError(fault.code, facts.filter(Boolean).join(', '), fault.constraint ?? null);
}

/** SQLSTATE classes whose text speaks of the statement, the schema or the server; in the others it may quote values. */
const speaksOfTheStatement = /^(0A|08|25|3D|3F|40|42|53|54|55|57|58)/;

const sentences: Readonly<Record<string, string>> = {
  '22': 'a value does not fit its type',
  '23': 'a row breaks a constraint',
};

function sentenceOf(fault: PostgresFault, sql: string, parameters: readonly unknown[]): string {
  const safe = speaksOfTheStatement.test(fault.code) && !mayQuoteAValue(fault, sql, parameters);
  return safe ? fault.message : (sentences[fault.code.slice(0, 2)] ?? 'the statement failed');
}

/** Even here a value may slip in: `select $1::regclass` says `relation "…" does not exist`. */
function mayQuoteAValue(fault: PostgresFault, sql: string, parameters: readonly unknown[]): boolean {
  const { message, schema, table, column, constraint, dataType } = fault;
  const names = [schema, table, column, constraint, dataType];
  // A server that speaks another language quotes in its own way: „…“, « … », »…«.
  const words = [...message.matchAll(/["„“”«»]\s?([^"„“”«»]*?)\s?["„“”«»]/g)].map((match) => match[1] ?? '');
  const isKnown = (word: string) => names.includes(word) || word.split('.').every((part) => sql.includes(part));
  return (
    !words.every(isKnown) || parameters.some((value) => typeof value === 'string' && value && message.includes(value))
  );
}
