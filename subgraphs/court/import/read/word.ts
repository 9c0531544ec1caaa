import { CellFault } from '../reasons.ts';
import type { Cell } from '../table.ts';
import { parseSigns } from './text.ts';

/** A closed list: each word of the contract with the ways in which it is written. */
export type WordList<Word extends string> = Readonly<Record<Word, readonly string[]>>;

/** The word that a cell means, by its code or in any written way; null when nothing is written. Throws CellFault. */
export function parseWord<Word extends string>(list: WordList<Word>, cell: Cell | undefined): Word | null {
  const signs = parseSigns(cell);
  if (signs === null) return null;
  const word = indexOf(list).get(toWordKey(signs));
  if (word === undefined) throw new CellFault('UNKNOWN_WORD', `write one of ${firstWays(list).join('、')}`);
  return word as Word;
}

/** The words of a cell that holds several, held apart by 、 , ; / or spaces; null when nothing is written. Throws CellFault. */
export function parseWordSet<Word extends string>(list: WordList<Word>, cell: Cell | undefined): Word[] | null {
  const parts = typeof cell === 'string' ? cell.split(/[、,，;；/|+\s]+/) : [cell];
  const words = parts.flatMap((part) => parseWord(list, part) ?? []);
  return words.length === 0 ? null : [...new Set(words)];
}

/** Case, spaces, hyphens and underscores mean nothing: FULLY_EXECUTED and fully executed are one word. */
export function toWordKey(signs: string): string {
  return signs
    .normalize('NFKC')
    .replace(/[\s_-]/g, '')
    .toLowerCase();
}

function firstWays(list: WordList<string>): string[] {
  return Object.entries(list).map(([word, ways]) => ways[0] ?? word);
}

const indexes = new WeakMap<WordList<string>, Map<string, string>>();

function indexOf(list: WordList<string>): Map<string, string> {
  let index = indexes.get(list);
  if (index === undefined) {
    index = new Map(
      Object.entries(list).flatMap(([word, ways]) => [word, ...ways].map((way) => [toWordKey(way), word] as const)),
    );
    indexes.set(list, index);
  }
  return index;
}
