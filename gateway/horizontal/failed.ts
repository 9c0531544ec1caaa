/** What failed is marked where it failed, so that no null of a fault is ever taken for a fact. */

import type { GraphQLFormattedError } from 'graphql';

import type { Answer } from '../../common/wire.ts';
import type { AskedKeys } from './asked-keys.ts';
import type { CoverageStatus } from './coverage.ts';

/** Stands where a member should have given a value and gave an error instead. */
export class FailedValue {
  readonly status: CoverageStatus;
  readonly reason: string;
  /** Set when the member says that the question itself is wrong: code and text for the caller. */
  readonly callerError: CallerError | null;

  constructor(status: CoverageStatus, reason: string, callerError: CallerError | null = null) {
    this.status = status;
    this.reason = reason;
    this.callerError = callerError;
  }
}

/** The reason of a value on which members behind a hub disagree, which has been told. */
export const disputed = 'DISPUTED';

export interface CallerError {
  readonly code: (typeof callerCodes)[number];
  readonly message: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** A value taken out of an answer: under which root field, which field, and why. */
export interface Blemish {
  readonly rootKey: string;
  readonly field: string;
  readonly reason: string;
  /** Below `_entities`, the place of the entity that lacks it; absent when it may be any of them. */
  readonly entity?: number;
}

/** Faults of an answer that are not a whole gathered field: values missing inside rows, and lists cut short. */
export interface Blemishes {
  readonly rows: Blemish[];
  readonly truncated: readonly (readonly (string | number)[])[];
}

/** Codes by which a member says that the question itself has to be mended. */
const callerCodes = [
  'BAD_USER_INPUT',
  'BAD_CURSOR',
  'UNKNOWN_COURT',
  'NOT_FOUND',
  'IDEMPOTENCY_CONFLICT',
  'FORBIDDEN',
] as const;

const refusalCodes: ReadonlySet<string> = new Set([
  'FORBIDDEN',
  'UNAUTHENTICATED',
  'REFUSED',
  'UNSUPPORTED',
  'NO_LEGAL_BASIS',
  'REQUIREMENT_ABSENT',
  'GRAPHQL_VALIDATION_FAILED',
]);

/** The mark for one error of a member. Its text never goes further, except what a caller has to mend. */
function toFailedValue(error: GraphQLFormattedError): FailedValue {
  const { code: given, ...facts } = error.extensions ?? {};
  const code = typeof given === 'string' ? given : 'SERVER_ERROR';
  const callerCode = callerCodes.find((known) => known === code);
  // Without an argument it is the member that refuses, whoever asks and whatever for.
  if (callerCode !== undefined && (callerCode !== 'FORBIDDEN' || typeof facts['argument'] === 'string')) {
    return new FailedValue('REFUSED', code, { code: callerCode, message: error.message, facts });
  }
  if (refusalCodes.has(code)) {
    return new FailedValue('REFUSED', code === 'GRAPHQL_VALIDATION_FAILED' ? 'UNSUPPORTED' : code);
  }
  return new FailedValue('UNREACHABLE', 'SERVER_ERROR');
}

/**
 * Puts marks into an answer's data: at a root field, or at a field of an entity, a FailedValue; deeper, inside rows, the
 * value is taken out. Changes the answer's data in place.
 */
export function markFailures(
  answer: Answer,
  rootKeys: readonly string[],
  asked: AskedKeys,
): { data: Record<string, unknown>; blemishes: Blemishes } {
  const rows: Blemish[] = [];
  const truncated: (readonly (string | number)[])[] = [];
  const { data } = answer;
  if (data == null) {
    const mark = answer.errors?.[0] ? toFailedValue(answer.errors[0]) : new FailedValue('UNREACHABLE', 'GARBLED');
    return { data: Object.fromEntries(rootKeys.map((key) => [key, mark])), blemishes: { rows, truncated } };
  }
  for (const error of answer.errors ?? []) {
    const path = error.path ?? [];
    if (error.extensions?.['code'] === 'LIST_TRUNCATED') {
      truncated.push(path);
      continue;
    }
    const place = findNull(data, path);
    const { reason } = toFailedValue(error);
    if (!place) {
      // An error that points at nothing missing still says that something is not as it should be.
      const field = fieldAt(path, asked) ?? 'values';
      for (const rootKey of path.length > 0 ? [String(path[0])] : rootKeys) {
        rows.push({ rootKey, field, reason, ...entityOf(path) });
      }
      continue;
    }
    const { container, key, depth } = place;
    if (depth <= (path[0] === '_entities' ? 3 : 1)) {
      container[key] = toFailedValue(error);
    } else {
      container[key] = undefined;
      rows.push({
        rootKey: String(path[0]),
        field: fieldAt(path, asked) ?? 'values',
        reason,
        ...entityOf(path),
      });
    }
  }
  for (const key of rootKeys) {
    if (data[key] === undefined) data[key] = new FailedValue('UNREACHABLE', 'GARBLED');
  }
  return { data, blemishes: { rows, truncated } };
}

/** The field that a path ends at, by its name. */
function fieldAt(path: readonly (string | number)[], asked: AskedKeys): string | undefined {
  const key = path.findLast((step) => typeof step === 'string');
  return key === undefined ? undefined : asked.nameOf(key);
}

function entityOf([root, entity]: readonly (string | number)[]): Pick<Blemish, 'entity'> {
  return root === '_entities' && typeof entity === 'number' ? { entity } : {};
}

/** Where on an error's path the data first is null: non-null fields hand their null to a parent. */
function findNull(data: Record<string, unknown>, path: readonly (string | number)[]) {
  let container: Record<string | number, unknown> = data;
  for (const [index, key] of path.entries()) {
    const value = container[key];
    if (value == null) return { container, key, depth: index + 1 };
    if (typeof value !== 'object' || value instanceof FailedValue) return undefined;
    container = value as Record<string | number, unknown>;
  }
  return undefined;
}
