/** What the tests of faults read in a city-wide answer, and what should stand there by the one program with all rows. */

import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

import { parseCaseNumber } from '../../common/case-number.ts';
import type { Answer } from '../../common/wire.ts';
import { leaksIn } from './faults.ts';
import type { TestCity } from './test-city.ts';

/** The one request of a task force, as the explorer and the README show it; pages of 50. */
export const cityWide = readFileSync(new URL('../../schema/operations/city-wide.graphql', import.meta.url), 'utf8');

const rowFields = `number stage filedOn amountOutstanding
  debtors { name role person { id cases { number amountOutstanding } } }`;

/** The same rows without agencies; any program that speaks the contract answers it. */
export const rowsQuery = `query Rows($filter: CaseFilter, $first: Int = 100, $after: String, $orderBy: CaseOrder = AMOUNT_OUTSTANDING_DESC, $completeness: Completeness = PARTIAL) {
  cases(filter: $filter, first: $first, after: $after, orderBy: $orderBy, completeness: $completeness) {
    totalCount totalIsLowerBound
    coverage { complete courts { court { code } status reason } }
    pageInfo { hasNextPage endCursor }
    edges { node { ${rowFields} } }
  }
}`;

/** Rows of which the first hop knows everything. */
export const plainQuery = `query Plain($filter: CaseFilter, $first: Int = 100, $after: String, $orderBy: CaseOrder = AMOUNT_OUTSTANDING_DESC, $completeness: Completeness = PARTIAL) {
  cases(filter: $filter, first: $first, after: $after, orderBy: $orderBy, completeness: $completeness) {
    totalCount totalIsLowerBound
    coverage { complete courts { court { code } status reason } }
    pageInfo { hasNextPage endCursor }
    edges { node { number stage filedOn amountOutstanding } }
  }
}`;

export interface Inquiry {
  readonly status: string;
}

export interface Debtor {
  readonly name: string;
  readonly role: string;
  readonly person: {
    readonly id: string;
    readonly cases: readonly { readonly number: string; readonly amountOutstanding: string }[] | null;
  } | null;
  readonly bank?: Inquiry | null;
  readonly vehicle?: Inquiry | null;
  readonly realEstate?: Inquiry | null;
}

export interface CaseRow {
  readonly number: string;
  readonly stage: string | null;
  readonly filedOn: string | null;
  readonly amountOutstanding: string | null;
  readonly court?: { readonly code: string } | null;
  readonly debtors: readonly Debtor[] | null;
}

export interface CourtState {
  readonly court: { readonly code: string };
  readonly status: string;
  readonly reason: string | null;
}

export interface CoverageAnswer {
  readonly complete: boolean;
  readonly courts: readonly CourtState[];
}

export interface Connection {
  readonly totalCount: number | null;
  readonly totalIsLowerBound?: boolean;
  readonly coverage: CoverageAnswer;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly edges: readonly { readonly node: CaseRow }[];
}

/** The connection under `cases`; fails when there is none. */
export function connectionOf(answer: Answer): Connection {
  const connection = answer.data?.['cases'];
  expect(connection, JSON.stringify(answer.errors)).toBeTypeOf('object');
  expect(connection).not.toBeNull();
  return connection as Connection;
}

/** The rows of an answer, with what every program of the contract knows about them. */
export function rowsOf(answer: Answer): CaseRow[] {
  return connectionOf(answer).edges.map(({ node }) => ({
    number: node.number,
    stage: node.stage,
    filedOn: node.filedOn,
    amountOutstanding: node.amountOutstanding,
    debtors:
      node.debtors?.map(({ name, role, person }) => ({
        name,
        role,
        person: person && {
          id: person.id,
          cases: person.cases?.map(({ number, amountOutstanding }) => ({ number, amountOutstanding })) ?? null,
        },
      })) ?? null,
  }));
}

/** The case numbers of an answer, in its order. */
export function numbersOf(answer: Answer): string[] {
  return connectionOf(answer).edges.map(({ node }) => node.number);
}

/** The court that a case number names. */
export function courtOf(city: TestCity, number: string): string {
  return city.registry.ownerOf(parseCaseNumber(number))!.code;
}

/** The number of some case of this court, as it was written down. */
export function someNumber(city: TestCity, code: string): string {
  return city.records.get(code)![0]!.number;
}

/** Every court of the city but these. */
export function othersThan(city: TestCity, ...gone: readonly string[]): string[] {
  return city.registry.courts.map(({ code }) => code).filter((code) => !gone.includes(code));
}

export interface Missing {
  /** Courts whose rows the cases lack. */
  readonly cases?: readonly string[];
  /** Courts whose rows are lacking below each debtor's person. */
  readonly reach?: readonly string[];
}

/** What the one program with all rows answers, less the rows of courts that are missing. */
export async function liveRows(
  city: TestCity,
  { cases = [], reach = [] }: Missing,
  variables: Record<string, unknown> = {},
): Promise<{ rows: CaseRow[]; totalCount: number | null }> {
  const filter = { ...(variables['filter'] as object | undefined), courts: othersThan(city, ...cases) };
  const answer = await askOracle(city, { ...variables, filter });
  const rows = rowsOf(answer).map((row) => ({
    ...row,
    debtors: row.debtors!.map((debtor) => ({
      ...debtor,
      person: debtor.person && {
        ...debtor.person,
        cases: debtor.person.cases!.filter(({ number }) => !reach.includes(courtOf(city, number))),
      },
    })),
  }));
  return { rows, totalCount: connectionOf(answer).totalCount };
}

/** The city's rows never change, so that each question is asked once. */
const oracleAnswers = new WeakMap<TestCity, Map<string, Promise<Answer>>>();

async function askOracle(city: TestCity, variables: Record<string, unknown>): Promise<Answer> {
  const known = oracleAnswers.get(city) ?? new Map<string, Promise<Answer>>();
  oracleAnswers.set(city, known);
  const name = JSON.stringify(variables);
  const asked = known.get(name) ?? city.oracle.ask({ query: rowsQuery, variables }, new AbortController().signal);
  known.set(name, asked);
  const answer = await asked;
  expect(answer.errors).toBeUndefined();
  return answer;
}

/** What an answer has to say about one court that is missing, wholly or in part. */
export interface Gap {
  readonly court: string;
  readonly code: string;
  readonly status: string;
  readonly reason: string;
  /** The faulty server's address, which nobody must see. */
  readonly url: string;
}

/** Requires exactly one error entry, about this court, that says nothing private. */
export function expectOneError(answer: Answer, { court, code, url }: Pick<Gap, 'court' | 'code' | 'url'>): void {
  expect(answer.data ?? null, JSON.stringify(answer.errors)).not.toBeNull();
  const told = answer.errors?.map(({ extensions }) => ({ court: extensions?.['court'], code: extensions?.['code'] }));
  expect(told, JSON.stringify(answer.errors)).toEqual([{ court, code }]);
  const [error] = answer.errors!;
  expect(error!.message).toContain(court);
  expect(error!.path?.length, 'an error has a path').toBeGreaterThan(0);
  expectNothingPrivate(answer, url);
}

/** What an answer says about a mistake in the question. */
export interface Mistake {
  readonly code: string;
  readonly path: readonly string[];
  readonly says: readonly RegExp[];
  readonly url: string;
}

/** Requires one error of the caller, at this path, whose text says what is wrong and what would be right. */
export function expectMistake(answer: Answer, { code, path, says, url }: Mistake): void {
  expect(
    answer.errors?.map(({ extensions }) => extensions?.['code']),
    JSON.stringify(answer.errors),
  ).toEqual([code]);
  const [error] = answer.errors!;
  expect(error!.path).toEqual(path);
  for (const pattern of says) expect(error!.message).toMatch(pattern);
  expectNothingPrivate(answer, url);
}

/** Requires that errors and extensions hold no address, no stack, no upstream's text, no identity number. */
export function expectNothingPrivate({ errors, extensions }: Answer, url: string): void {
  const text = JSON.stringify({ errors, extensions });
  expect(leaksIn(text, url)).toEqual([]);
  expect(text).not.toMatch(/\d{15,18}|stack/i);
}

/** Requires exactly one error entry, about this court and whatever its code, that says nothing private. */
export function expectToldOnce(answer: Answer, { court, url }: Pick<Gap, 'court' | 'url'>): void {
  expect(answer.data ?? null, JSON.stringify(answer.errors)).not.toBeNull();
  const told = answer.errors?.map(({ extensions }) => extensions?.['court']);
  expect(told, JSON.stringify(answer.errors)).toEqual([court]);
  expect(answer.errors![0]!.path?.length, 'an error has a path').toBeGreaterThan(0);
  expectNothingPrivate(answer, url);
}

/** Requires that rows of this court were dropped or lack values, that totals know it, and that nobody else is a gap. */
export function expectDegraded(answer: Answer, court: string): void {
  const { coverage, totalIsLowerBound } = connectionOf(answer);
  expect(gapsOf(coverage)).toEqual([{ court, status: 'DEGRADED', reason: expect.any(String) as string }]);
  expect(coverage.complete).toBe(false);
  if (totalIsLowerBound !== undefined) expect(totalIsLowerBound).toBe(true);
  expect(coverageAt(answer, 'cases')?.complete).toBe(false);
}

/** Requires that the connection and `extensions.coverage` name this court's gap and no other. */
export function expectGap(city: TestCity, answer: Answer, { court, status, reason }: Gap): void {
  const { coverage, totalIsLowerBound } = connectionOf(answer);
  expect(coverage.complete).toBe(false);
  expect(coverage.courts.map((entry) => entry.court.code)).toEqual(city.registry.courts.map(({ code }) => code));
  expect(gapsOf(coverage)).toEqual([{ court, status, reason }]);
  if (totalIsLowerBound !== undefined) expect(totalIsLowerBound).toBe(true);
  const stated = coverageAt(answer, 'cases');
  expect(stated?.complete).toBe(false);
  expect(stated?.courts.find(({ code }) => code === court)).toEqual({ code: court, status, reason });
}

/** Requires an answer without any fault: nine courts, no error. */
export function expectWhole(answer: Answer): void {
  expect(answer.errors).toBeUndefined();
  const { coverage, totalIsLowerBound } = connectionOf(answer);
  expect(coverage.complete).toBe(true);
  expect(gapsOf(coverage)).toEqual([]);
  if (totalIsLowerBound !== undefined) expect(totalIsLowerBound).toBe(false);
}

/** The entries that stand for something missing. */
export function gapsOf(coverage: CoverageAnswer): { court: string; status: string; reason: string | null }[] {
  return coverage.courts
    .filter(({ status }) => !['FOUND', 'NONE', 'NOT_ASKED'].includes(status))
    .map(({ court, status, reason }) => ({ court: court.code, status, reason }));
}

interface StatedCoverage {
  readonly path: string;
  readonly complete: boolean;
  readonly courts: readonly { readonly code: string; readonly status: string; readonly reason?: string }[];
}

/** What `extensions.coverage` states for one path. */
export function coverageAt(answer: Answer, path: string): StatedCoverage | undefined {
  return (answer.extensions?.['coverage'] as StatedCoverage[] | undefined)?.find((stated) => stated.path === path);
}

/** Where the coverage of each debtor's other cases stands in a city-wide answer. */
export const reachPath = 'cases.edges[].node.debtors[].person.cases';
