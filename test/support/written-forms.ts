/** The ways in which people write the same case number or the same identity number. */

import type { PlainNumber } from './brute-force.ts';

/** One of the forms of a case number; `form` counts through them. */
export function writtenCaseNumber({ year, court, word, serial, older }: PlainNumber, form: number): string {
  const padded = String(serial).padStart(5, '0');
  const forms = older
    ? [
        `（${year}）${court}${word}字第${serial}号`,
        `(${year})${court}${word}字第${padded}号`,
        `〔${year}〕${court}${word}字第${serial}号`,
        ` (${year}) ${court}${word}字 第 ${serial} 号`,
        `（${year}）${court}${word}字第${padded}-1号`,
      ]
    : [
        `（${year}）${court}${word}${serial}号`,
        `(${year})${court}${word}${serial}号`,
        `〔${year}〕${court}${word}${padded}号`,
        `【${year}】 ${court} ${word} ${serial} 号 `,
        fullWidth(`(${year})${court}${word}${serial}号`),
        `（${year}）${court}${word}${serial}号之一`,
      ];
  return forms[form % forms.length]!;
}

/** One of the forms of an identity number as it stands in a row; `form` counts through them. */
export function writtenIdNumber(stored: string, form: number): string {
  const forms = [stored, stored.toLowerCase(), fullWidth(stored), spaced(stored), ...otherForms(stored)];
  return forms[form % forms.length]!;
}

function otherForms(stored: string): readonly string[] {
  // A resident number of somebody born in the twentieth century had fifteen digits: no century, no check character.
  if (/^[1-8]\d{5}19\d{9}[\dX]$/.test(stored)) {
    const fifteen = stored.slice(0, 6) + stored.slice(8, 17);
    return [fifteen, spaced(fifteen)];
  }
  // The body of a social credit code is the organisation code of before; both are printed with and without a hyphen.
  if (/^9.{17}$/.test(stored)) return [`${stored.slice(8, 16)}-${stored.slice(16, 17)}`, stored.slice(8, 17)];
  return [stored.replace('-', '')];
}

function spaced(text: string): string {
  return ` ${text.slice(0, 4)} ${text.slice(4)}  `;
}

/** ASCII as East Asian forms have it. */
function fullWidth(text: string): string {
  return text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0));
}
