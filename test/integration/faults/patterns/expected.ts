/** What an answer under a pattern has to be, by the one program that holds all rows. */

import { expect } from 'vitest';

import { parseMoney, formatMoney } from '../../../../common/money.ts';
import type { Answer } from '../../../../common/wire.ts';
import {
  connectionOf,
  courtOf,
  coverageAt,
  expectNothingPrivate,
  reachPath,
  rowsOf,
  type CaseRow,
  type CoverageAnswer,
} from '../../../support/city-answer.ts';
import type { TestCity } from '../../../support/test-city.ts';
import type { Pattern } from './pattern.ts';

/** Rows, a sum over everybody, one case of one court; and with `nested` what lies two hops away from the rows. */
export const question = `query Pattern($number: CaseNumber!, $nested: Boolean!) {
  case(number: $number) { number stage debtors { name } }
  cases(first: 100, orderBy: AMOUNT_OUTSTANDING_DESC) {
    totalCount totalIsLowerBound
    coverage { complete courts { court { code } status reason } }
    pageInfo { hasNextPage endCursor }
    edges { node { number stage filedOn amountOutstanding
      debtors @include(if: $nested) { name role person { id cases { number amountOutstanding } } } } }
  }
  caseStatistics {
    count amountOutstanding byStage { stage count } totalIsLowerBound
    coverage { complete courts { court { code } status reason } }
  }
}`;

export interface Variables {
  readonly number: string;
  readonly nested: boolean;
}

/** The city, and all its rows in its order, by the one program that holds them. */
export interface WholeCity {
  readonly city: TestCity;
  readonly all: readonly CaseRow[];
}

interface Statistics {
  readonly count: number | null;
  readonly amountOutstanding: string | null;
  readonly byStage: readonly { readonly stage: string; readonly count: number }[] | null;
  readonly totalIsLowerBound: boolean;
  readonly coverage: CoverageAnswer;
}

/** Holds an answer against the rows of the whole city, in the city's order, less those that the pattern takes away. */
export function expectAnswer(
  { city, all }: WholeCity,
  pattern: Pattern,
  { number, nested }: Variables,
  answer: Answer,
) {
  expect(answer.data ?? null).not.toBeNull();
  expectErrors(pattern, answer);
  const holds = (root: 'cases' | 'caseStatistics') => (code: string) => {
    const suffering = pattern.off.get(code);
    return suffering === undefined || suffering.given === root;
  };
  expectCases({ city, all }, pattern, holds('cases'), nested, answer);
  expectStatistics({ city, all }, pattern, holds('caseStatistics'), answer.data!['caseStatistics'] as Statistics);
  const own = pattern.off.get(courtOf(city, number));
  const row = all.find((one) => one.number === number)!;
  const { stage, debtors } = row;
  expect(answer.data!['case']).toEqual(
    own === undefined || own.kind === 'half'
      ? { number, stage, debtors: debtors!.map(({ name }) => ({ name })) }
      : null,
  );
}

/** One for each off court and cause, none about anybody else. */
function expectErrors({ off }: Pattern, answer: Answer): void {
  const told = (answer.errors ?? []).map(({ extensions }) => extensions as Record<string, string>);
  const text = JSON.stringify(answer.errors);
  expect([...new Set(told.map(({ court }) => court))].sort(), text).toEqual([...off.keys()].sort());
  for (const [code, { kind, status, reason }] of off) {
    const own = told.filter(({ court }) => court === code);
    expect(new Set(own.map(({ reason: cause }) => cause)), text).toEqual(new Set([reason]));
    const codes = own.map((error) => error['code']);
    // Half an answer fails as a gathered field and as an entity: two kinds of consequence, each told once.
    const lawful = kind === 'half' ? ['UPSTREAM_UNREACHABLE', 'UPSTREAM_ERROR'] : [`UPSTREAM_${status}`];
    expect(new Set(codes).size, text).toBe(codes.length);
    expect(lawful, text).toEqual(expect.arrayContaining(codes));
  }
  for (const { path } of answer.errors ?? []) expect(path?.length, text).toBeGreaterThan(0);
  expectNothingPrivate(answer, 'http://127.0.0.1');
}

function expectCases(
  { city, all }: WholeCity,
  pattern: Pattern,
  holds: (code: string) => boolean,
  nested: boolean,
  answer: Answer,
): void {
  const connection = connectionOf(answer);
  const rows = rowsOf(answer);
  const expected = all.filter(({ number }) => holds(courtOf(city, number)));
  const leaves = ({ number, stage, filedOn, amountOutstanding }: CaseRow) => ({
    number,
    stage,
    filedOn,
    amountOutstanding,
  });
  expect(rows.map(leaves)).toEqual(expected.map(leaves));
  const isHeldBySomebody = city.registry.courts.some(({ code }) => holds(code));
  expect(connection.totalCount).toBe(isHeldBySomebody ? expected.length : null);
  expect(connection.totalIsLowerBound).toBe(!isWhole(city, holds));
  expect(connection.pageInfo.hasNextPage).toBe(false);
  expectCoverage(city, pattern, holds, connection.coverage);
  if (!nested) return;
  for (const [index, row] of rows.entries()) expectDebtors(city, pattern, row, expected[index]!);
  expectReachCoverage(city, pattern, answer);
}

/** A living court's debtors are there; cases that other living courts hold about them are too, and no untrue one is. */
function expectDebtors(city: TestCity, { off }: Pattern, row: CaseRow, expected: CaseRow): void {
  const isHalf = off.has(courtOf(city, row.number));
  if (isHalf && row.debtors === null) return;
  const people = (debtors: CaseRow['debtors']) =>
    debtors?.map(({ name, role, person }) => ({ name, role, id: person?.id }));
  expect(people(row.debtors)).toEqual(people(expected.debtors));
  for (const [index, { person }] of row.debtors!.entries()) {
    const known = expected.debtors![index]!.person?.cases ?? [];
    const living = known.filter(({ number }) => !off.has(courtOf(city, number)));
    const given = person?.cases ?? null;
    // Nobody's answer is null; somebody's is a list, if only an empty one.
    if (given === null) expect(living).toEqual([]);
    expect((given ?? []).filter(({ number }) => !off.has(courtOf(city, number)))).toEqual(living);
    expect(known.filter(({ number }) => given?.some((own) => own.number === number))).toEqual(given ?? []);
  }
}

function expectReachCoverage(city: TestCity, { off }: Pattern, answer: Answer): void {
  const stated = coverageAt(answer, reachPath);
  for (const { code, status, reason } of stated?.courts ?? []) {
    const suffering = off.get(code);
    const isSilent = ['FOUND', 'NONE', 'NOT_ASKED'].includes(status);
    if (suffering === undefined) expect(isSilent, `${code} ${status}`).toBe(true);
    // Somebody without an identity number is asked of one court only; half an answer may hold all that was asked.
    else if (suffering.kind === 'half' ? !isSilent : status !== 'NOT_ASKED') {
      expect({ status, reason }).toEqual({ status: suffering.status, reason: suffering.reason });
    }
  }
  if (stated) expect(stated.courts.map(({ code }) => code)).toEqual(city.registry.courts.map(({ code }) => code));
}

function expectStatistics(
  { city, all }: WholeCity,
  pattern: Pattern,
  holds: (code: string) => boolean,
  statistics: Statistics,
): void {
  const counted = all.filter(({ number }) => holds(courtOf(city, number)));
  expectCoverage(city, pattern, holds, statistics.coverage);
  expect(statistics.totalIsLowerBound).toBe(!isWhole(city, holds));
  if (!city.registry.courts.some(({ code }) => holds(code))) {
    expect(statistics).toMatchObject({ count: null, amountOutstanding: null });
    return;
  }
  const amounts = counted.flatMap(({ amountOutstanding }) => amountOutstanding ?? []);
  const fen = amounts.map(parseMoney).reduce((sum, amount) => sum + amount, 0n);
  expect(statistics).toMatchObject({
    count: counted.length,
    amountOutstanding: amounts.length > 0 ? formatMoney(fen) : null,
  });
  for (const { stage, count } of statistics.byStage!) {
    expect(count, stage).toBe(counted.filter((row) => row.stage === stage).length);
  }
  expect(statistics.byStage!.reduce((sum, { count }) => sum + count, 0)).toBe(counted.length);
}

/** One entry per court: of one that gave it FOUND, of an off one what it suffers. */
function expectCoverage(city: TestCity, { off }: Pattern, holds: (code: string) => boolean, coverage: CoverageAnswer) {
  expect(coverage.courts).toEqual(
    city.registry.courts.map(({ code }) => {
      const { status, reason } = holds(code) ? { status: 'FOUND', reason: null } : off.get(code)!;
      return { court: { code }, status, reason };
    }),
  );
  expect(coverage.complete).toBe(isWhole(city, holds));
}

function isWhole(city: TestCity, holds: (code: string) => boolean): boolean {
  return city.registry.courts.every(({ code }) => holds(code));
}
