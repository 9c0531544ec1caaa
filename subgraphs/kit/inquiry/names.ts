/** Other names of columns → the contract's, both in capitals. */
export type OtherNames = Readonly<Record<string, string>>;

/** What all agencies' programs are known to call some columns, here and there. */
const everywhere: OtherNames = {
  CXQQDH: 'BDHM',
  CXQQDHM: 'BDHM',
  XCHTR: 'LXR',
  XCHTDH: 'LXDH',
};

/**
 * Puts every column of an answer under the contract's name: in capitals, without `LIST` at the end, and from its other
 * known names. Of two names of one column the one that says something counts; where they say different things, no reader
 * can read the column.
 */
export function underContractNames(answer: unknown, others: OtherNames = {}): unknown {
  const names: OtherNames = { ...everywhere, ...others };
  const visit = (part: unknown, depth: number): unknown => {
    if (typeof part !== 'object' || part === null) return part;
    if (depth > deepest) return tooDeep;
    if (Array.isArray(part)) return part.map((inner) => visit(inner, depth + 1));
    const columns = new Map<string, unknown>();
    for (const [given, inner] of Object.entries(part)) {
      const name = contractName(given, names);
      const value = visit(inner, depth + 1);
      columns.set(name, columns.has(name) ? joined(columns.get(name), value) : value);
    }
    return Object.fromEntries(columns);
  };
  return visit(answer, 1);
}

function contractName(given: string, names: OtherNames): string {
  const capital = given.toUpperCase();
  const plain = capital.length > 4 && capital.endsWith('LIST') ? capital.slice(0, -4) : capital;
  return Object.hasOwn(names, plain) ? names[plain]! : plain;
}

/** No contract goes half as deep; what stands deeper cannot be read. */
const deepest = 32;
const tooDeep = { 层次过深: true } as const;

/** No column of any contract is such an object. */
const contradiction = { 相互矛盾: true } as const;

function joined(one: unknown, other: unknown): unknown {
  if (isEmpty(one)) return other;
  if (isEmpty(other) || JSON.stringify(one) === JSON.stringify(other)) return one;
  return contradiction;
}

function isEmpty(value: unknown): boolean {
  return value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

/** What a column holds, so far as it can be told from a value under another name. */
const holds = {
  amount: (value: unknown) => typeof value === 'string' && /^-?\d+\.\d{2}$/.test(value.trim()),
  list: (value: unknown) => Array.isArray(value) && value.some((row) => typeof row === 'object' && row !== null),
  letters: (value: unknown) => typeof value === 'string' && /^[A-Z]{1,17}$/.test(value.trim()),
} as const;

/** The columns of a row: all that the contract names, and those whose absence would change what the answer means. */
export interface RowColumns {
  readonly known: readonly string[];
  readonly deciding: Readonly<Record<string, keyof typeof holds>>;
}

/**
 * Whether a row seems to have a deciding column under a name that nobody knows: the column is absent, and one that the
 * contract does not name holds what it should. Such a row must not be read as if there were nothing.
 */
export function hidesColumn(row: object, { known, deciding }: RowColumns): boolean {
  const strangers = Object.entries(row).filter(([name]) => !known.includes(name));
  if (strangers.length === 0) return false;
  return Object.entries(deciding).some(
    ([name, kind]) => !Object.hasOwn(row, name) && strangers.some(([, value]) => holds[kind](value)),
  );
}
