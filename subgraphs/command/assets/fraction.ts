/** A share: numerator and denominator, both above 0. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Reads `1/3`; null for what is no share of a whole. */
export function readFraction(text: string): Fraction | null {
  const [, above, below] = /^(\d{1,18})\/(\d{1,18})$/.exec(text) ?? [];
  if (above === undefined || below === undefined) return null;
  const fraction = { numerator: BigInt(above), denominator: BigInt(below) };
  const { numerator, denominator } = fraction;
  return numerator === 0n || denominator === 0n || numerator > denominator ? null : fraction;
}

/** The share of an amount in fen, without what is less than a fen. */
export function shareOf(fen: bigint, { numerator, denominator }: Fraction): bigint {
  return (fen * numerator) / denominator;
}
