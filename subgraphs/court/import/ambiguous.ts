import { ambiguousPartyHeaders, type PartyField } from './columns.ts';
import { parseTitle } from './header.ts';
import { parseWord, type WordList } from './read/word.ts';
import { CellFault } from './reasons.ts';
import { toCellText, type Cell } from './table.ts';
import { idTypeWords, kindWords, roleWords } from './words.ts';

/** So many values tell what a column is. */
const sample = 1_000;

const lists: Partial<Record<PartyField, WordList<string>>> = { role: roleWords, kind: kindWords, idType: idTypeWords };

/** What an ambiguous header of the parties file means: the field that understands most values of the column, and at least half. */
export function decidePartyHeader(name: string, cells: () => readonly Cell[]): PartyField | undefined {
  const candidates = ambiguousPartyHeaders.find(({ header }) => parseTitle(header).name === name)?.fields;
  if (candidates === undefined) return undefined;
  const values = cells()
    .filter((cell) => toCellText(cell).trim() !== '')
    .slice(0, sample);
  const scored = candidates.map((field) => ({
    field,
    score: values.filter((cell) => isUnderstood(lists[field]!, cell)).length,
  }));
  const best = scored.reduce((first, second) => (second.score > first.score ? second : first));
  return best.score * 2 >= Math.max(values.length, 1) ? best.field : undefined;
}

function isUnderstood(list: WordList<string>, cell: Cell): boolean {
  try {
    return parseWord(list, cell) !== null;
  } catch (error) {
    if (!(error instanceof CellFault)) throw error;
    return false;
  }
}
