import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  ambiguousPartyHeaders,
  caseColumns,
  partyColumns,
  type Column,
} from '../../../../subgraphs/court/import/columns.ts';
import { oddities, reasons } from '../../../../subgraphs/court/import/reasons.ts';
import * as words from '../../../../subgraphs/court/import/words.ts';
import { read } from './tables.ts';

const page = readFileSync(new URL('../../../../docs/import.md', import.meta.url), 'utf8');
/** The cells of the tables' rows, by the code in the first cell. */
const rows = page
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').map((cell) => cell.trim()));
const rowsOf = (code: string) => rows.filter((cells) => cells[1] === `\`${code}\``);
const listed = (ways: readonly string[]) => ways.join(', ');

test('docs/import.md has every header of every column', () => {
  for (const columns of [caseColumns, partyColumns] as Readonly<Record<string, Column>>[]) {
    for (const [field, { headers, ...column }] of Object.entries(columns)) {
      const row = rowsOf(field).find((cells) => cells[2] === listed(headers));
      expect(row?.[3]?.includes('**required**'), field).toBe(column.required ?? false);
    }
  }
  for (const { header } of ambiguousPartyHeaders) expect(page).toContain(`\`${header}\``);
});

test('docs/import.md has every way to write every word', () => {
  for (const list of Object.values(words)) {
    for (const [code, ways] of Object.entries(list)) {
      if (code === 'UNSAID') for (const way of ways) expect(page).toContain(`\`${way}\``);
      else expect(rowsOf(code).map((cells) => cells[2])).toContain(listed(ways));
    }
  }
});

test('docs/import.md has every reason and every oddity, in its words', () => {
  for (const [code, { zh, en }] of Object.entries(reasons)) {
    expect(rowsOf(code).map((cells) => [cells[2], cells[3]])).toEqual([[zh, en]]);
  }
  for (const [code, sentence] of Object.entries(oddities)) {
    expect(rowsOf(code).map((cells) => cells[2])).toEqual([sentence]);
  }
});

test('the example of docs/import.md is imported as it stands', () => {
  const [cases, parties] = [...page.matchAll(/```csv\n([^`]+)```/g)].map((match) =>
    match[1]!
      .trim()
      .split('\n')
      .map((line) => [...line.matchAll(/(?<=^|,)(?:"([^"]*)"|([^,]*))(?=,|$)/g)].map((cell) => cell[1] ?? cell[2]!)),
  );
  const reading = read(cases!, parties);
  expect([reading.cases!.rejected, reading.parties!.rejected]).toEqual([[], []]);
  expect(reading.entries[0]!.columns).toMatchObject({ amountDue: '48200.00', amountOutstanding: '46999.50' });
  expect(reading.entries[0]!.parties.map(({ idNumber }) => idNumber)).toEqual([
    '91350100M000100Y43',
    '11010519491231002X',
  ]);
});
