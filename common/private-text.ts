/** Texts for people who run the city: whatever in them may be an identity number, an amount or somebody's words is starred. */

import { withoutLongNumbers } from './long-numbers.ts';

/** Fifteen digits or more, written in groups as people write them. */
const groupedDigits = /\d(?:[ _.-]?\d){14,}[Xx]?/g;

/** Yuan with two decimals, as money travels everywhere in the city. Addresses and versions have more than one point. */
const amounts = /(?<![\d.])(?:\d{1,3}(?:,\d{3})+|\d+)\.\d\d(?![\d.])/g;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Nothing of a number, and nothing that is another way to write one: most of what is logged. */
const isPlain = /^[A-Za-z _.-]*$/;

/** Without numbers that may be somebody's, and without amounts. A UUID is nobody's number and stays as it is. */
export function withoutPrivateNumbers(text: string): string {
  if (isPlain.test(text) || uuid.test(text)) return text;
  return withoutLongNumbers(text.normalize('NFKC').replace(groupedDigits, '★')).replace(amounts, '★');
}

/** An error's text for a log: also without what it quotes, unless that is a name of a program's own. */
export function withoutPrivateWords(text: string): string {
  return withoutPrivateNumbers(text).replace(/(["'`])([^\n]*?)\1/g, (whole: string, quote: string, quoted: string) =>
    /^[\w$.@:/[\]{}!-]*$/.test(quoted) ? whole : `${quote}★${quote}`,
  );
}

/** Whether a text is a UUID, in which long runs of digits mean nothing. */
export function isUuid(text: string): boolean {
  return uuid.test(text);
}
