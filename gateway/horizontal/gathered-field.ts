/** A gathered field: decides who answered it, states that as coverage, and merges what was given. */

import { isObjectType, type GraphQLField, type GraphQLObjectType } from 'graphql';

import { objectOf } from '../../schema/horizontal/contract.ts';
import { spokenForBy } from '../members.ts';
import { compileArguments } from './arguments.ts';
import { toPresentable } from './caller-error.ts';
import { compileConcat } from './concat.ts';
import { isGap, toCoverage, type MemberCoverage } from './coverage.ts';
import { compileCovered } from './covered.ts';
import { parseCursor } from './cursor.ts';
import { FailedValue } from './failed.ts';
import type { Form } from './form.ts';
import { reportGap, reportIncomplete } from './gap.ts';
import { noRows, type CompileScope, type Merge, type MergeScope, type Part } from './merge.ts';
import { compilePage } from './page.ts';
import { isCovered } from './question.ts';
import type { CollectedField } from './selection.ts';
import { unsupported } from './unasked.ts';
import { judge } from './verdict.ts';

/** Compiles the merge of a gathered field. Parts that failed count as gaps of their members. */
export function compileGathered(scope: CompileScope, type: GraphQLObjectType, field: CollectedField): Merge {
  const definition = type.getFields()[field.name]!;
  const object = objectOf(definition);
  const argsFor = compileArguments(definition, field.uses[0]!.node);
  const form = compileForm(scope, type, field);
  const cover = object && isCovered(object) ? compileCovered(scope, object, field) : undefined;
  return (given, scopeOfObject) => {
    if (scopeOfObject.refused.has(field.key)) return null;
    const { parts, own } = ofTargets(given, scopeOfObject, field.key);
    const args = argsFor(own.variables);
    const callerError = callersFault(parts, definition);
    if (callerError) {
      own.ledger.report({ ...callerError, path: own.path });
      return null;
    }
    const verdicts = parts.map((part) =>
      judge(form, part, { own, key: field.key, args, isCovered: cover !== undefined }),
    );
    const earlier = typeof args['after'] === 'string' ? missedBefore(args['after'], own.members.codes) : [];
    const coverage = unite(own.silent, verdicts, earlier, own.members.codes);
    const gaps = coverage.filter(isGap);
    own.ledger.cover(own.path, coverage);
    if (args['completeness'] === 'COMPLETE' && gaps.length > 0) {
      reportIncomplete(gaps, own);
      return null;
    }
    for (const gap of gaps) reportGap(gap, own);
    const readings = verdicts.flatMap(({ reading }) => reading ?? []);
    const partial = { ...own, hasGaps: gaps.length > 0 };
    const missing = gaps.map((gap) => gap.member);
    const present = own.members.codes.filter((code) => !missing.includes(code));
    const value = form.merge(readings, partial, { args, missing, present });
    if (cover && value !== null) {
      cover(
        value as Record<string, unknown>,
        coverage,
        readings.map(({ part }) => part),
        own.variables,
      );
    }
    return value;
  };
}

/** Who was missing on an earlier page of the walk, or was no member yet. */
function missedBefore(cursor: string, codes: readonly string[]): string[] {
  const { missing, wasPresent } = parseCursor(cursor);
  return [...missing, ...codes.filter((code) => !missing.includes(code) && !wasPresent(code))];
}

/** Without the members that this field excludes; others of the same object may ask them. */
function ofTargets(parts: readonly Part[], own: MergeScope, key: string) {
  const targets = own.targets.get(key);
  if (!targets) return { parts, own };
  const excluded = own.members.codes.filter((code) => !targets.has(code));
  const silent = new Map([...own.silent, ...excluded.map((code) => [code, toCoverage(code, 'NOT_ASKED')] as const)]);
  const isTarget = ({ member }: Part) => spokenForBy(own.members, member).some((code) => targets.has(code));
  return { parts: parts.filter(isTarget), own: { ...own, silent } };
}

function compileForm(scope: CompileScope, type: GraphQLObjectType, field: CollectedField): Form {
  const rule = scope.contract.mergeOf(type.name, field.name);
  const object = objectOf(type.getFields()[field.name]!);
  if (rule?.by === 'PAGE') return compilePage(scope, object!, field);
  if (rule?.by === 'CONCAT') return compileConcat(scope, object!, rule);
  const merge = scope.compileValue(type, field);
  const covered = isObjectType(object) && isCovered(object);
  return {
    // What carries coverage is never null in itself, and says there whether anything was found; a count of none is no find.
    read: (part) =>
      part.value === null && covered
        ? null
        : { part, isFound: !covered && isSomething(part.value), isWhole: true, source: null },
    merge: (readings, own) => {
      // Nobody's answer must not read like an empty one where there is no place for coverage.
      if (readings.length === 0 && own.hasGaps && !covered) return null;
      const value = merge(
        readings.map(({ part }) => part),
        own,
      );
      // Statistics over nobody are their rules' neutral elements, not "unknown".
      return value ?? (covered ? merge([noRows], own) : null);
    },
  };
}

function isSomething(value: unknown): boolean {
  return value !== null && !(Array.isArray(value) && value.length === 0);
}

/** When every member that was asked says that the question is wrong, it is one error of the caller. */
function callersFault(parts: readonly Part[], definition: GraphQLField<unknown, unknown>) {
  // Whoever was not asked says nothing about the question.
  const heard = parts.filter(({ value }) => !(value instanceof FailedValue && value.reason === unsupported));
  const faults = heard.map(({ value }) => (value instanceof FailedValue ? value.callerError : null));
  const first = faults[0];
  if (!first || faults.some((fault) => fault?.code !== first.code)) return undefined;
  return toPresentable(
    faults.flatMap((fault) => fault ?? []),
    definition,
  );
}

/** Everybody's coverage, in the registry's order. */
function unite(
  silent: ReadonlyMap<string, MemberCoverage>,
  verdicts: readonly { readonly coverage: readonly MemberCoverage[] }[],
  earlier: readonly string[],
  codes: readonly string[],
): MemberCoverage[] {
  const coverage = new Map(silent);
  for (const own of verdicts.flatMap(({ coverage: stated }) => stated)) coverage.set(own.member, own);
  for (const member of earlier) {
    if (coverage.has(member)) coverage.set(member, missedEarlier(coverage.get(member)!));
    else if (codes.includes(member)) coverage.set(member, missedEarlier(toCoverage(member, 'DEGRADED')));
  }
  return codes.flatMap((code) => coverage.get(code) ?? []);
}

/** A member that was missing on an earlier page has rows that this walk will never show. */
function missedEarlier(now: MemberCoverage): MemberCoverage {
  // Whom the question excludes has nothing to show in it.
  return isGap(now) || now.status === 'NOT_ASKED' ? now : { ...now, status: 'DEGRADED', reason: 'MISSED_EARLIER' };
}
