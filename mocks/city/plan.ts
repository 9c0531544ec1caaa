/**
 * The city in outline: for every case its filing day, type, number, main debtor, and the case that it continues. A few
 * integers a case, so that links between courts are known before any record is built.
 */

import { castOf } from './cast.ts';
import { docketOf } from './docket.ts';
import { linksOf } from './links.ts';
import type { Links } from './links.ts';
import type { Terms } from './terms.ts';
import { typeWords } from './written-number.ts';
import type { NumberFacts } from './written-number.ts';
import { yearOf } from './calendar.ts';

/** The outline. A slot is a case's place in the city: court × perCourt + index in order of filing. */
export interface Plan {
  readonly perCourt: number;
  courtOf(slot: number): number;
  dayOf(slot: number): number;
  /** One of `kindsOfCase`. */
  kindOf(slot: number): number;
  numberOf(slot: number): NumberFacts;
  /** Whether the large creditor is the applicant. */
  ofCreditor(slot: number): boolean;
  mainDebtorOf(slot: number): number;
  readonly links: Links;
}

/** The outline of a city; a few milliseconds for each 10,000 cases. */
export function planOf(terms: Terms): Plan {
  const { registry, perCourt } = terms;
  const dockets = registry.courts.map((court) => docketOf(terms, court));
  const days = joined(dockets.map((docket) => docket.days));
  const kinds = joined(dockets.map((docket) => docket.kinds));
  const marks = joined(dockets.map((docket) => docket.marks));
  const creditors = joined(dockets.map((docket) => docket.creditors));
  const cast = castOf(terms, marks, creditors);
  const links = linksOf(terms, { days, kinds, marks, creditors, cast });
  const serials = serialsOf(days, kinds, perCourt);
  const courtOf = (slot: number): number => Math.floor(slot / perCourt);
  return {
    perCourt,
    courtOf,
    links,
    dayOf: (slot) => days[slot]!,
    kindOf: (slot) => kinds[slot]!,
    ofCreditor: (slot) => creditors[links.firstOf(slot)] === 1,
    mainDebtorOf: (slot) => cast.debtorOf(slot),
    numberOf: (slot) => {
      const court = registry.courts[courtOf(slot)]!;
      const year = yearOf(days[slot]!);
      const legacy = year < 2016;
      const prefixes = court.legacyPrefixes;
      // One prefix a year: the serials of a year run through it.
      const prefix = legacy ? prefixes[year % prefixes.length]! : court.code;
      return { year, prefix, legacy, word: typeWords[kinds[slot]!]!, serial: serials[slot]! };
    },
  };

  function joined(parts: readonly Int32Array[]): Int32Array {
    const whole = new Int32Array(parts.length * perCourt);
    parts.forEach((part, court) => whole.set(part, court * perCourt));
    return whole;
  }
}

/** Art. 9 and 10 of 法〔2015〕137号: every court and type word counts from 1 in each year, in order of filing. */
function serialsOf(days: Int32Array, kinds: Int32Array, perCourt: number): Int32Array {
  const serials = new Int32Array(days.length);
  let last = new Map<number, number>();
  for (let slot = 0; slot < days.length; slot += 1) {
    if (slot % perCourt === 0) last = new Map();
    const series = yearOf(days[slot]!) * typeWords.length + kinds[slot]!;
    const serial = (last.get(series) ?? 0) + 1;
    last.set(series, serial);
    serials[slot] = serial;
  }
  return serials;
}
