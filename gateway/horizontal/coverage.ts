/** Coverage: who answered a gathered question, who did not, and why. It is data, so that "no case found" can mean something. */

export type CoverageStatus =
  'FOUND' | 'NONE' | 'PENDING' | 'REFUSED' | 'TIMEOUT' | 'UNREACHABLE' | 'NOT_ASKED' | 'DEGRADED';

/** Whether a value is one of the contract's statuses. */
export function isCoverageStatus(value: unknown): value is CoverageStatus {
  return statuses.has(value);
}

const statuses: ReadonlySet<unknown> = new Set<CoverageStatus>([
  'FOUND',
  'NONE',
  'PENDING',
  'REFUSED',
  'TIMEOUT',
  'UNREACHABLE',
  'NOT_ASKED',
  'DEGRADED',
]);

/** A reason of somebody else where it is a word of coverage; free text goes no further. */
export function wordOf(reason: unknown): string | null {
  return typeof reason === 'string' && /^[A-Z][A-Z_]{1,39}$/.test(reason) ? reason : null;
}

/** Names of fields that somebody else gives; null where it is no list. */
export function fieldNamesIn(value: unknown): string[] | null {
  return Array.isArray(value) ? value.filter(isFieldName) : null;
}

function isFieldName(value: unknown): value is string {
  return typeof value === 'string' && /^[_A-Za-z]\w{0,99}$/.test(value);
}

/**
 * What one member said, or why it said nothing. Times are milliseconds; `asOf` is stated by the member in its own clock,
 * `receivedAt` by this hub in its own.
 */
export interface MemberCoverage {
  readonly member: string;
  readonly status: CoverageStatus;
  readonly reason: string | null;
  readonly asOf: string | null;
  readonly receivedAt: string | null;
  readonly elapsedMs: number | null;
  readonly missingFields: readonly string[] | null;
}

/** A member that was not asked, failed, or stood apart, without anything of its own to say. */
export function toCoverage(
  member: string,
  status: CoverageStatus,
  reason: string | null = null,
  elapsedMs: number | null = null,
): MemberCoverage {
  return { member, status, reason, asOf: null, receivedAt: null, elapsedMs, missingFields: null };
}

const wholeAnswers: ReadonlySet<unknown> = new Set<CoverageStatus>(['FOUND', 'NONE', 'NOT_ASKED']);

/** Whether a status says that an answer is missing, wholly or in part. */
export function isGapStatus(status: string): boolean {
  return isCoverageStatus(status) && !wholeAnswers.has(status);
}

/** Whether this member's answer is missing, wholly or in part. */
export function isGap(coverage: MemberCoverage): boolean {
  return isGapStatus(coverage.status);
}

/** Complete: every member found something, found nothing, or was excluded by the question itself. */
export function isComplete(coverage: readonly MemberCoverage[]): boolean {
  return !coverage.some(isGap);
}

/** The `Coverage` object of the contract, as a source for a client's own selection of it. */
export function toCoverageSource(coverage: readonly MemberCoverage[]): object {
  return {
    complete: isComplete(coverage),
    courts: ({ only }: { only?: string }) => (only === 'GAPS' ? coverage.filter(isGap) : coverage).map(toCourtSource),
  };
}

function toCourtSource(coverage: MemberCoverage): object {
  return {
    court: { code: coverage.member },
    status: coverage.status,
    reason: coverage.reason,
    asOf: coverage.asOf,
    receivedAt: coverage.receivedAt,
    elapsedMs: coverage.elapsedMs,
    missingFields: coverage.missingFields,
  };
}
