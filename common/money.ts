import { ValueError } from './value-error.ts';

/** Yuan as text, at most two decimals, at most 10^15 either way, to exact fen. Throws ValueError. */
export function parseMoney(text: string): bigint {
  const match = /^(-?)(\d{1,30})(?:\.(\d{1,2}))?$/.exec(text);
  if (!match) throw new ValueError(diagnose(text), EXPECTED);
  const magnitude = BigInt(match[2]!) * 100n + BigInt((match[3] ?? '').padEnd(2, '0'));
  if (magnitude > LIMIT) throw new ValueError('the amount is beyond 10^15 yuan', EXPECTED);
  return match[1] === '-' ? -magnitude : magnitude;
}

/** Fen as yuan with exactly two decimals: `1234.50`, `-0.05`. */
export function formatMoney(fen: bigint): string {
  const magnitude = fen < 0n ? -fen : fen;
  const digits = magnitude.toString().padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

const LIMIT = 10n ** 17n;
const EXPECTED = 'yuan in plain digits with at most two decimals, such as "1234.50" or "-3.00"';

function diagnose(text: string): string {
  if (text === '') return 'the amount is empty';
  if (/^-?[\d.]+e[+-]?\d+$/i.test(text)) return 'the amount has an exponent';
  if (/^-?[\d,，]+(?:\.\d*)?$/.test(text) && /[,，]/.test(text)) return 'the amount has thousands separators';
  if (/^-?\d+\.\d{3,}$/.test(text)) return 'the amount has more than two decimals';
  return 'the amount is not a plain decimal number';
}
