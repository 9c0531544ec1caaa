/**
 * Typed text without the accidents of typing: compatibility forms folded (NFKC: full-width digits and brackets become
 * ASCII), white space and invisible characters (zero-width, BOM, soft hyphen) removed, every dash a hyphen.
 */
export function toPlain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s\p{Cf}]/gu, '')
    .replace(/[‐‑‒–—―−]/g, '-');
}
