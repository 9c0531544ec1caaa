/** What a holder's columns say of a share: a fraction, null for joint ownership without shares, undefined when unreadable. */
export function readShare(share: string | null, coOwnership: string | null): string | null | undefined {
  if (share === null) {
    if (coOwnership === '单独所有' || coOwnership === null) return '1/1';
    return coOwnership === '共同共有' ? null : undefined;
  }
  const percent = /^(\d{1,3})(?:\.(\d{1,4}))?%$/.exec(share);
  if (percent) {
    const decimals = percent[2] ?? '';
    return toFraction(BigInt(percent[1]! + decimals), 100n * 10n ** BigInt(decimals.length));
  }
  const fraction = /^(\d{1,9})\/(\d{1,9})$/.exec(share);
  return fraction ? toFraction(BigInt(fraction[1]!), BigInt(fraction[2]!)) : undefined;
}

function toFraction(numerator: bigint, denominator: bigint): string | undefined {
  if (numerator === 0n || denominator === 0n || numerator > denominator) return undefined;
  let [a, b] = [numerator, denominator];
  while (b !== 0n) [a, b] = [b, a % b];
  return `${numerator / a}/${denominator / a}`;
}
