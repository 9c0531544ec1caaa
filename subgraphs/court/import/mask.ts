import { maskIdNumber } from '../../../common/identity.ts';

/** A text with everything masked that may be an identity number, an account or a telephone, wherever it was typed. */
export function maskNumbers(text: string): string {
  return text
    .replace(/[\dＡ-Ｚａ-ｚ０-９A-Za-z]{11,}/g, (run) => (digitsOf(run) >= 9 ? maskIdNumber(run) : run))
    .replace(/[\d０-９](?:[ -]?[\d０-９]){14,}[ -]?[XxＸ]?/g, (run) => maskIdNumber(run));
}

function digitsOf(run: string): number {
  return run.replace(/[^\d０-９]/g, '').length;
}
