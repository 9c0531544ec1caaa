/**
 * Who stands behind a person's number. A case's own people have numbers that follow from its place in the city, so nobody
 * has to be stored: the n-th person is computed whenever a case names it.
 */

/** What a person's number says about the person. */
export type Standing =
  | { readonly group: 'OWN_DEBTOR' | 'OWN_APPLICANT' | 'OWN_THIRD' | 'INSTITUTION'; readonly court: number }
  | { readonly group: 'SHARED' }
  | { readonly group: 'MACHINERY'; readonly ordinal: number }
  | { readonly group: 'CREDITOR' };

/** The ranges of numbers in a city of `courts` × `perCourt` cases. A slot is a case's place: court × perCourt + index. */
export interface Numbering {
  readonly size: number;
  readonly creditor: number;
  /** One of a court's frequent applicants, 0 … 23. */
  institution(court: number, ordinal: number): number;
  ownDebtor(slot: number, ordinal: number): number;
  ownApplicant(slot: number, ordinal: number): number;
  ownThird(slot: number): number;
  /** Somebody who owes in several cases. */
  shared(ordinal: number): number;
  /** The `ordinal`-th debtor of the large creditor (`companion` 0) and those who stand surety (1 … 3). */
  machinery(ordinal: number, companion: number): number;
  standingOf(person: number): Standing;
}

/** How many frequent applicants a court has. */
export const institutionsPerCourt = 24;

const ownPerCase = 8;
const firstApplicant = 4;
const firstThird = 6;
const companions = 4;

/** The numbering of a city; the creditor and the frequent applicants come first and do not depend on the number of cases. */
export function numberingOf(courts: number, perCourt: number): Numbering {
  const slots = courts * perCourt;
  const ownFrom = 1 + courts * institutionsPerCourt;
  const sharedFrom = ownFrom + slots * ownPerCase;
  const machineryFrom = sharedFrom + slots;
  return {
    size: machineryFrom + slots * companions,
    creditor: 0,
    institution: (court, ordinal) => 1 + court * institutionsPerCourt + ordinal,
    ownDebtor: (slot, ordinal) => ownFrom + slot * ownPerCase + ordinal,
    ownApplicant: (slot, ordinal) => ownFrom + slot * ownPerCase + firstApplicant + ordinal,
    ownThird: (slot) => ownFrom + slot * ownPerCase + firstThird,
    shared: (ordinal) => sharedFrom + ordinal,
    machinery: (ordinal, companion) => machineryFrom + ordinal * companions + companion,
    standingOf: (person) => {
      if (person === 0) return { group: 'CREDITOR' };
      if (person < ownFrom) return { group: 'INSTITUTION', court: Math.floor((person - 1) / institutionsPerCourt) };
      if (person < sharedFrom) return ownStanding(person - ownFrom, perCourt);
      if (person < machineryFrom) return { group: 'SHARED' };
      return { group: 'MACHINERY', ordinal: Math.floor((person - machineryFrom) / companions) };
    },
  };
}

function ownStanding(at: number, perCourt: number): Standing {
  const place = at % ownPerCase;
  const group = place < firstApplicant ? 'OWN_DEBTOR' : place < firstThird ? 'OWN_APPLICANT' : 'OWN_THIRD';
  return { group, court: Math.floor(at / ownPerCase / perCourt) };
}
