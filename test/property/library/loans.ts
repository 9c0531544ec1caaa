/** A small library made by hand, for tests that need to know each row. */

import { createDice } from '../dice.ts';
import { branchCodes, randomLibrary, type Branch, type Library, type Loan } from './rows.ts';

/** A loan in which everything is given. */
export function loanOf(number: string, own: Partial<Loan> = {}): Loan {
  return {
    number,
    madeOn: '2020-05-05',
    kind: 'NOVEL',
    fee: 100n,
    title: `Title of ${number}`,
    isReturned: true,
    weight: 1,
    pages: 10,
    volume: { title: 'Volume', year: 2000 },
    notes: [],
    reader: '1',
    name: 'Name',
    ...own,
  };
}

/** All branches, each with these loans. */
export function libraryOf(loansOf: (code: string) => readonly Loan[], cards: Branch['cards'] = new Map()): Library {
  const branches = branchCodes.map((code) => ({ code, currency: 'CNY', cards, loans: loansOf(code) }));
  return { ...randomLibrary(createDice([])), branches };
}
