/**
 * A page of which members gave a share each: who may have more rows of it, how many at most, and how those are joined to
 * the ones before (decision 0038).
 */

import { compileKey, cursorOf, edgesOf, hasNextPage, isConnection, type Connection, type Edge } from './connection.ts';
import { isCoverageStatus, toCoverage, isGap, wordOf } from './coverage.ts';
import { positionOf, toComparable } from './cursor.ts';
import { FailedValue } from './failed.ts';
import { hiddenKey } from './hidden.ts';

/** What one member is asked for again: so many rows behind this one. */
export interface Refill {
  /** The cursor of the last row that it gave, as it gave it. */
  readonly after: string;
  readonly first: number;
}

/**
 * The members that ran dry. A page ends before the last row of a member with more rows only when it is full by then, so
 * such a member may lack as many rows as are missing up to there, and no more: asked for them, nobody is dry again.
 */
export function refillsOf(
  held: ReadonlyMap<string, unknown>,
  first: number,
  isHub: (speaker: string) => boolean,
): Map<string, Refill> {
  const pages = [...held].flatMap(([speaker, value]) => {
    if (!isConnection(value) || edgesOf(value).length === 0) return [];
    return [{ speaker, value, orders: edgesOf(value).map((edge) => orderOf(edge, isHub(speaker))) }];
  });
  const refills = new Map<string, Refill>();
  for (const { speaker, value, orders } of pages) {
    const last = orders.at(-1) ?? null;
    // What has no place can be followed by nothing.
    if (!hasNextPage(value) || last === null) continue;
    const before = pages.reduce(
      (sum, page) => sum + page.orders.filter((own) => own !== null && own <= last).length,
      0,
    );
    if (before < first) refills.set(speaker, { after: cursorOf(edgesOf(value).at(-1)!), first: first - before });
  }
  return refills;
}

function orderOf(edge: Edge, isHub: boolean): string | null {
  const position = isHub ? positionOf(cursorOf(edge)) : cursorOf(edge);
  return position === null ? null : toComparable(position);
}

/** Why there is no answer to a refill. */
export interface NoRefill {
  readonly reason: string | null;
}

/**
 * Joins what a refill gave to the page that it was for, which it changes. Where nothing usable came, the page still says
 * that its member has more, so that the merged page ends there, and why the member gave no more. Tells whether rows came.
 */
export function joinRefill(page: Connection, answer: unknown, keyFields: readonly string[]): boolean {
  if (!isConnection(answer) || !speaksOfAll(page, answer)) {
    degradeAll(page, answer instanceof FailedValue ? answer.reason : 'GARBLED');
    return false;
  }
  if (degradeStated(page, answer) === 'lost') return false;
  page[measureKey] = measureOf(page);
  const keyOf = compileKey(keyFields);
  const known = new Set(edgesOf(page).map(keyOf));
  // A row whose place changed in between stands where it stood first.
  const moved = new Set(
    edgesOf(answer).flatMap((edge) => (keyOf(edge) !== null && known.has(keyOf(edge)) ? cursorOf(edge) : [])),
  );
  for (const [key, edges] of Object.entries(answer)) {
    const before = page[key];
    if (!Array.isArray(edges) || !Array.isArray(before)) continue;
    page[key] = [...(before as Edge[]), ...(edges as Edge[]).filter((edge) => !moved.has(cursorOf(edge)))];
  }
  page[hiddenKey('pageInfo')] = answer[hiddenKey('pageInfo')];
  return true;
}

/** What a total is measured by: the rows that were given with it. */
export interface Measure {
  readonly rows: number;
  readonly hasMore: boolean;
}

const measureKey = hiddenKey('measure');

/** Rows that came later are no measure of a total: they are of another moment. */
export function measureOf(page: Connection): Measure {
  return (page[measureKey] as Measure | undefined) ?? { rows: edgesOf(page).length, hasMore: hasNextPage(page) };
}

/** Marks that members gave rows, and failed when they were asked for more. */
export function degradeAll(page: Connection, reason: string | null): void {
  for (const own of courtsOf(page)) if (isWhole(own)) degrade(own, reason);
}

type Stated = Record<string, unknown>;

/** Those of whom the refill tells a new gap have one in the page; `lost` when rows are missing without a bound. */
function degradeStated(page: Connection, answer: Connection): 'lost' | 'kept' {
  const now = byCode(answer);
  let outcome: 'lost' | 'kept' = 'kept';
  for (const own of courtsOf(page)) {
    const stated = now.get(codeOf(own));
    if (!isWhole(own) || !stated || isWhole(stated)) continue;
    if (stated['status'] !== 'DEGRADED') outcome = 'lost';
    degrade(own, wordOf(stated['reason']) ?? 'STATED');
    if (stated['missingFields'] != null) own['missingFields'] = stated['missingFields'];
  }
  return outcome;
}

/** Whoever was spoken of has to be spoken of again; else nothing counts that is said. */
function speaksOfAll(page: Connection, answer: Connection): boolean {
  const now = byCode(answer);
  return courtsOf(page)
    .filter(({ status }) => status !== 'NOT_ASKED')
    .every(
      (own) => isCoverageStatus(now.get(codeOf(own))?.['status']) && now.get(codeOf(own))?.['status'] !== 'NOT_ASKED',
    );
}

function degrade(own: Stated, reason: string | null): void {
  own['status'] = 'DEGRADED';
  own['reason'] = reason;
}

function isWhole({ status }: Stated): boolean {
  return isCoverageStatus(status) && status !== 'NOT_ASKED' && !isGap(toCoverage('', status));
}

function byCode(page: Connection): Map<string | null, Stated> {
  return new Map(courtsOf(page).map((own) => [codeOf(own), own]));
}

function codeOf(own: Stated): string | null {
  const code = (own['court'] as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : null;
}

function courtsOf(page: Connection): Stated[] {
  const courts = (page[hiddenKey('coverage')] as { courts?: unknown } | null | undefined)?.courts;
  return Array.isArray(courts)
    ? (courts as unknown[]).filter((own): own is Stated => typeof own === 'object' && own !== null)
    : [];
}
