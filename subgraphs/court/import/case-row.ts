import type { CourtEntry, CourtRegistry } from '../../../common/court-registry.ts';
import { formatMoney, parseMoney } from '../../../common/money.ts';
import type { TeamRecord } from '../../../common/case-record.ts';
import type { CaseColumns } from '../load/entry.ts';
import type { CaseField } from './columns.ts';
import type { Header } from './header.ts';
import { parseAmount } from './read/amount.ts';
import { parseAnyCaseNumber, parseOwnCaseNumber } from './read/case-number.ts';
import { parseDate } from './read/date.ts';
import { parseRemark } from './read/text.ts';
import { parseWord, type WordList } from './read/word.ts';
import type { Fault, Oddity } from './reasons.ts';
import { createRowReader, type RowReader } from './row-reader.ts';
import type { Row } from './table.ts';
import { closingModeWords, stageWords, teamTypeWords, transferKindWords } from './words.ts';

/** A row of the cases file, read. */
export interface CaseRow {
  readonly row: Row;
  /** Display form; null when it cannot be read. */
  readonly number: string | null;
  /** Null when anything in the row is at fault. */
  readonly columns: CaseColumns | null;
  readonly faults: readonly Fault[];
  readonly oddities: readonly Oddity[];
}

/** Whose files are read. */
export interface ImportSetting {
  readonly court: CourtEntry;
  readonly registry: CourtRegistry;
}

/** Reads one row of the cases file; never throws. */
export function toCaseRow(header: Header<CaseField>, row: Row, { court, registry }: ImportSetting): CaseRow {
  const reader = createRowReader(header, row);
  const number = reader.read('caseNumber', (cell) => parseOwnCaseNumber(cell, court, registry), { required: true });
  const date = (field: CaseField) => reader.read(field, (cell, _, tell) => parseDate(cell, tell));
  const amount = (field: CaseField) => reader.read(field, (cell, { unit }) => parseAmount(cell, unit));
  const word = <Word extends string>(field: CaseField, list: WordList<Word>, required = false) =>
    reader.read(field, (cell) => parseWord(list, cell), { required });
  const stage = word('stage', stageWords, true);
  const amounts = settleAmounts(reader, {
    due: amount('amountDue'),
    recovered: amount('amountRecovered'),
    outstanding: amount('amountOutstanding'),
  });
  const columns = {
    filedOn: date('filedOn'),
    closedOn: date('closedOn'),
    closingMode: word('closingMode', closingModeWords),
    ...amounts,
    team: teamOf(reader, word('teamType', teamTypeWords)),
    predecessor: reader.read('predecessor', parseAnyCaseNumber),
    successor: reader.read('successor', parseAnyCaseNumber),
    transferKind: word('transferKind', transferKindWords),
  };
  const { faults, oddities } = reader;
  if (number === null || stage === null || faults.length > 0) return { row, number, columns: null, faults, oddities };
  tellOddDates(reader, number, columns);
  return { row, number, columns: { stage, ...columns }, faults, oddities };
}

type Amounts = Pick<CaseColumns, 'amountDue' | 'amountRecovered' | 'amountOutstanding'>;

/** What is outstanding is taken as given, and computed where the file does not say. */
function settleAmounts(
  { oddities }: RowReader<CaseField>,
  given: { due: string | null; recovered: string | null; outstanding: string | null },
): Amounts {
  const { due, recovered, outstanding } = given;
  const amounts = { amountDue: due, amountRecovered: recovered, amountOutstanding: outstanding };
  if (due === null || recovered === null) return amounts;
  const left = parseMoney(due) - parseMoney(recovered);
  if (outstanding !== null) {
    if (parseMoney(outstanding) !== left) {
      oddities.push({ code: 'AMOUNTS_DISAGREE', detail: `${due} − ${recovered} ≠ ${outstanding}` });
    }
    return amounts;
  }
  if (left < 0n) oddities.push({ code: 'OVER_RECOVERED', detail: `${recovered} of ${due}` });
  return { ...amounts, amountOutstanding: formatMoney(left < 0n ? 0n : left) };
}

function teamOf(reader: RowReader<CaseField>, type: TeamRecord['type'] | null): TeamRecord | null {
  const name = reader.read('teamName', parseRemark);
  const judge = reader.read('judge', parseRemark);
  if (name !== null && type !== null && judge !== null) return { name, type, judge };
  if (name !== null || type !== null || judge !== null) reader.oddities.push({ code: 'TEAM_INCOMPLETE', detail: '' });
  return null;
}

function tellOddDates(
  { oddities }: RowReader<CaseField>,
  number: string,
  { filedOn, closedOn }: Pick<CaseColumns, 'filedOn' | 'closedOn'>,
): void {
  if (filedOn !== null && closedOn !== null && closedOn < filedOn) {
    oddities.push({ code: 'CLOSED_BEFORE_FILED', detail: `${filedOn}, ${closedOn}` });
  }
  // 法〔2015〕137号: the year of a case number is that of filing.
  if (filedOn !== null && number.slice(1, 5) !== filedOn.slice(0, 4)) {
    oddities.push({ code: 'YEAR_DIFFERS', detail: `${number}, ${filedOn}` });
  }
}
