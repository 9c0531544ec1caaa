/** A gathered field: decides who answered it, states that as coverage, and merges what was given. */

import { type GraphQLObjectType } from 'graphql';

import { argumentsOf } from './arguments.ts';
import { objectOf } from '../../schema/horizontal/contract.ts';
import type { ErrorCode } from '../errors.ts';
import { compileConcat } from './concat.ts';
import { isGap, toCoverage, toCoverageSource, type MemberCoverage } from './coverage.ts';
import { parseCursor } from './cursor.ts';
import { FailedValue } from './failed.ts';
import type { Form } from './form.ts';
import { hiddenKey } from './hidden.ts';
import { nobody, type CompileScope, type Merge, type MergeScope, type Part } from './merge.ts';
import { compilePage } from './page.ts';
import { compileProjection } from './projection.ts';
import { isCovered } from './question.ts';
import { collectFields, isIncluded, subselectionsOf, type CollectedField, type Variables } from './selection.ts';

/** Compiles the merge of a gathered field. Parts that failed count as gaps of their members. */
export function compileGathered(scope: CompileScope, type: GraphQLObjectType, field: CollectedField): Merge {
  const definition = type.getFields()[field.name]!;
  const object = objectOf(definition);
  const form = compileForm(scope, type, field);
  const finish = object && isCovered(object) ? compileCovered(scope, object, field) : undefined;
  return (parts, mergeScope) => {
    const args = argumentsOf(definition, field.uses[0]!.node, mergeScope.variables);
    const earlier = typeof args['after'] === 'string' ? parseCursor(args['after']).missing : [];
    const good: Part[] = [];
    const coverage = new Map(mergeScope.silent);
    for (const part of parts) {
      const found = judge(form, part, mergeScope);
      if (found.part) good.push(found.part);
      for (const entry of found.coverage) coverage.set(entry.member, entry);
    }
    const callerError = callersFault(parts);
    if (callerError) {
      mergeScope.ledger.report({ ...callerError, path: mergeScope.path });
      return null;
    }
    for (const member of earlier) coverage.set(member, missedEarlier(member, coverage.get(member)));
    const all = inRegistryOrder(coverage, mergeScope.members.codes);
    const gaps = all.filter(isGap);
    mergeScope.ledger.cover(mergeScope.path, all);
    if (args['completeness'] === 'COMPLETE' && gaps.length > 0) {
      mergeScope.ledger.report(incomplete(gaps, mergeScope));
      return null;
    }
    for (const gap of gaps) reportGap(gap, mergeScope);
    const value = form.merge(good, mergeScope, { args, missing: gaps.map((gap) => gap.member) });
    return finish && value ? finish(value as Record<string, unknown>, all, good, mergeScope.variables) : value;
  };
}

function compileForm(scope: CompileScope, type: GraphQLObjectType, field: CollectedField): Form {
  const rule = scope.contract.mergeOf(type.name, field.name);
  const definition = type.getFields()[field.name]!;
  const object = objectOf(definition)!;
  if (rule?.by === 'PAGE') return compilePage(scope, object, field);
  if (rule?.by === 'CONCAT') return compileConcat(scope, object, rule);
  const merge = scope.compileObject(object, subselectionsOf(field));
  return {
    // What carries coverage is never null in itself; an entity may be, where it is not known.
    isReadable: (value) => (value === null ? !isCovered(object) : typeof value === 'object' && !Array.isArray(value)),
    isFound: (value) => value !== null,
    merge: (parts, mergeScope) => {
      const value = merge(parts, mergeScope);
      // Statistics over nobody are the neutral element, not "unknown".
      return (value ?? (isCovered(object) ? merge([nobody], mergeScope) : null)) as Record<string, unknown> | null;
    },
  };
}

/** What one member's value says about that member, and the part that can be merged, if any. */
function judge(form: Form, part: Part, scope: MergeScope): { part?: Part; coverage: readonly MemberCoverage[] } {
  const { member, value } = part;
  const known = scope.answered.get(member);
  const elapsedMs = known?.elapsedMs ?? null;
  if (value instanceof FailedValue) return { coverage: [toCoverage(member, value.status, value.reason, elapsedMs)] };
  if (value === undefined || !form.isReadable(value)) {
    return { coverage: [toCoverage(member, 'UNREACHABLE', 'GARBLED', elapsedMs)] };
  }
  const missingFields = known?.missingFields ?? [];
  const own = ownCoverage(value, member, elapsedMs) ?? [
    toCoverage(member, form.isFound(value) ? 'FOUND' : 'NONE', null, elapsedMs),
  ];
  if (missingFields.length === 0) return { part, coverage: own };
  return {
    part,
    coverage: own.map((entry) => ({ ...entry, status: 'DEGRADED', reason: 'MISSING_VALUES', missingFields })),
  };
}

/** The coverage that a member states itself: of itself, or of its own members when it is a hub. */
function ownCoverage(value: unknown, member: string, elapsedMs: number | null): MemberCoverage[] | undefined {
  const stated = (value as Record<string, { courts?: unknown } | undefined> | null)?.[hiddenKey('coverage')]?.courts;
  if (!Array.isArray(stated) || stated.length === 0) return undefined;
  return (stated as Record<string, unknown>[]).map((entry) => ({
    member: (entry['court'] as { code?: string } | null)?.code ?? member,
    status: (entry['status'] as MemberCoverage['status'] | undefined) ?? 'DEGRADED',
    reason: (entry['reason'] as string | undefined) ?? null,
    asOf: (entry['asOf'] as string | undefined) ?? null,
    elapsedMs,
    missingFields: (entry['missingFields'] as string[] | undefined) ?? null,
  }));
}

/** Adds what the hub makes itself: coverage, and whether totals are lower bounds. */
function compileCovered(scope: CompileScope, object: GraphQLObjectType, field: CollectedField) {
  const fields = collectFields(scope, object, subselectionsOf(field));
  const coverageType = objectOf(object.getFields()['coverage']!)!;
  const coverages = fields
    .filter((candidate) => candidate.name === 'coverage')
    .map((candidate) => ({
      field: candidate,
      project: compileProjection(scope, coverageType, subselectionsOf(candidate)),
    }));
  const bounds = fields.filter((candidate) => candidate.name === 'totalIsLowerBound');
  return (
    value: Record<string, unknown>,
    coverage: readonly MemberCoverage[],
    parts: readonly Part[],
    variables: Variables,
  ) => {
    const source = toCoverageSource(coverage);
    for (const { field: own, project } of coverages) {
      if (isIncluded(own, variables)) value[own.key] = project(source, variables);
    }
    for (const own of bounds) {
      if (!isIncluded(own, variables)) continue;
      value[own.key] =
        coverage.some(isGap) || parts.some((part) => (part.value as Record<string, unknown>)[own.key] === true);
    }
    return value;
  };
}

/** When every member that answered says that the question is wrong, it is one error of the caller. */
function callersFault(parts: readonly Part[]) {
  const faults = parts.map(({ value }) => (value instanceof FailedValue ? value.callerError : null));
  const first = faults[0];
  if (!first || faults.some((fault) => fault?.code !== first.code)) return undefined;
  return { code: first.code, message: first.message, facts: first.facts };
}

/** A member that was missing on an earlier page has rows that this walk will never show. */
function missedEarlier(member: string, now: MemberCoverage | undefined): MemberCoverage {
  if (now && isGap(now)) return now;
  return { ...(now ?? toCoverage(member, 'DEGRADED')), status: 'DEGRADED', reason: 'MISSED_EARLIER' };
}

function inRegistryOrder(coverage: ReadonlyMap<string, MemberCoverage>, codes: readonly string[]): MemberCoverage[] {
  const known = codes.flatMap((code) => coverage.get(code) ?? []);
  const others = [...coverage.values()].filter((entry) => !codes.includes(entry.member));
  return [...known, ...others];
}

const codeOfStatus: Partial<Record<MemberCoverage['status'], ErrorCode>> = {
  TIMEOUT: 'UPSTREAM_TIMEOUT',
  UNREACHABLE: 'UPSTREAM_UNREACHABLE',
  REFUSED: 'UPSTREAM_REFUSED',
  DEGRADED: 'UPSTREAM_ERROR',
};

/** One error entry for a member's gap. A gap of an earlier page was told with that page. */
export function reportGap(gap: MemberCoverage, scope: MergeScope): void {
  const code = codeOfStatus[gap.status];
  if (!code || gap.reason === 'MISSED_EARLIER') return;
  scope.ledger.report({
    code,
    message: `Court ${gap.member} (${scope.members.nameOf(gap.member)}) ${saidOf(gap)}.`,
    path: scope.path,
    source: { court: gap.member },
    facts: { status: gap.status, reason: gap.reason },
  });
}

function saidOf(gap: MemberCoverage): string {
  switch (gap.status) {
    case 'TIMEOUT':
      return 'did not answer in time';
    case 'UNREACHABLE':
      return 'could not be asked or gave no usable answer';
    case 'REFUSED':
      return 'refused to answer';
    default:
      return `left out ${gap.missingFields?.join(', ') ?? 'values'}`;
  }
}

function incomplete(gaps: readonly MemberCoverage[], scope: MergeScope) {
  return {
    code: 'INCOMPLETE' as const,
    message: `The answer would be incomplete: ${gaps.map((gap) => `${gap.member} ${gap.status}`).join(', ')}. Ask with completeness: PARTIAL for what there is.`,
    path: scope.path,
    facts: { gaps: gaps.map(({ member, status, reason }) => ({ court: member, status, reason })) },
  };
}
