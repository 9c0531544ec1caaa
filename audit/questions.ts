/** The questions that most audits ask, and what of an answer they read. */

import type { Answer } from '../common/wire.ts';
import type { PlainFilter, PlainOrder } from '../test/support/brute-force.ts';
import type { AskGraph } from './audit.ts';
import { codesOf, expectThat } from './expecting.ts';

export interface CourtCoverage {
  readonly court: { readonly code: string };
  readonly status: string;
  readonly reason: string | null;
  readonly missingFields: readonly string[] | null;
}

export interface Coverage {
  readonly complete: boolean;
  readonly courts: readonly CourtCoverage[];
}

/** A case as an audit selects it; what was not selected is absent. */
export interface Row {
  readonly number: string;
  readonly [field: string]: unknown;
}

export interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: Row }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number | null;
  readonly totalIsLowerBound: boolean;
  readonly coverage: Coverage;
}

export interface PageQuestion {
  readonly filter?: PlainFilter | null;
  readonly first?: number | null;
  readonly after?: string | null;
  readonly orderBy?: PlainOrder | null;
  readonly completeness?: 'PARTIAL' | 'COMPLETE';
}

export interface AskedPage {
  readonly page: Page;
  readonly answer: Answer;
}

/** Selected below every coverage. */
export const coverage = 'coverage { complete courts { court { code } status reason missingFields } }';

/** Selected below every connection; `node` is what is wanted of a case. */
export function connection(node: string, edges = 'edges'): string {
  return `totalCount totalIsLowerBound ${coverage}
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } ${edges} { cursor node { ${node} } }`;
}

/** Asks for one page of `cases`, without judging it. */
export function askCases(ask: AskGraph, question: PageQuestion, node = 'number'): Promise<Answer> {
  const query = `query ($filter: CaseFilter, $first: Int, $after: String, $orderBy: CaseOrder, $completeness: Completeness) {
    cases(filter: $filter, first: $first, after: $after, orderBy: $orderBy, completeness: $completeness) {
      ${connection(node)}
    }
  }`;
  return ask(query, { ...question });
}

/**
 * The same for a page whose rows a gateway has to ask for by their keys: under a condition of the client it cannot ask for them together with
 * their page.
 */
export async function askPageByKeys(ask: AskGraph, question: PageQuestion, node: string): Promise<AskedPage> {
  const query = `query ($first: Int, $always: Boolean!) {
    cases(first: $first) { ${connection(node, 'edges @include(if: $always)')} }
  }`;
  const answer = await ask(query, { ...question, always: true });
  return { page: valueOf<Page>('cases', answer, 'cases'), answer };
}

/** Asks for one page of `cases`; rejects when none came. */
export async function askPage(ask: AskGraph, question: PageQuestion, node = 'number'): Promise<AskedPage> {
  const answer = await askCases(ask, question, node);
  return { page: valueOf<Page>('cases', answer, 'cases'), answer };
}

/** The value under a root field, as the type of what was selected; rejects when it is null or absent. */
// What an endpoint of anybody's says has no type until an audit has looked at it; whoever asks says what it asked for.
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters
export function valueOf<Value>(what: string, answer: Answer, field: string): Value {
  const value = answer.data?.[field];
  expectThat(value != null, `${what}: expected data; came none, with ${codesOf(answer).join(', ') || 'no error'}.`);
  return value as Value;
}

/** Asks page by page to the end; rejects after more pages than the rows of the city could need. */
export async function walk(
  ask: AskGraph,
  question: PageQuestion & { readonly first: number },
  node = 'number',
): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let after = question.after ?? null;
  do {
    const { page } = await askPage(ask, { ...question, after }, node);
    pages.push(page);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    expectThat(
      !page.pageInfo.hasNextPage || after !== null,
      'a page with a next one: expected an endCursor; came null.',
    );
    expectThat(
      pages.length <= 400,
      `a walk in steps of ${question.first}: expected an end; came 400 pages without one.`,
    );
  } while (after !== null);
  return pages;
}

/** The case numbers of pages, in their order. */
export function numbersOf(...pages: readonly Page[]): string[] {
  return pages.flatMap(({ edges }) => edges.map(({ node }) => node.number));
}

/** The rows of pages, in their order. */
export function rowsOf(...pages: readonly Page[]): Row[] {
  return pages.flatMap(({ edges }) => edges.map(({ node }) => node));
}

/** What is said of one court; null when nothing is. */
export function entryOf({ courts }: Coverage, code: string): CourtCoverage | null {
  return courts.find(({ court }) => court.code === code) ?? null;
}

/** Status by court. */
export function statusesOf({ courts }: Coverage): Record<string, string> {
  return Object.fromEntries(courts.map(({ court, status }) => [court.code, status]));
}
