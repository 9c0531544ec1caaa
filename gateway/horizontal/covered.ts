/** What the hub makes itself in a covered object: its coverage, and whether its totals are lower bounds. */

import type { GraphQLObjectType } from 'graphql';

import { objectOf } from '../../schema/horizontal/contract.ts';
import { isGap, toCoverageSource, type MemberCoverage } from './coverage.ts';
import type { CompileScope, Part } from './merge.ts';
import { compileProjection } from './projection.ts';
import { collectFields, isIncluded, subselectionsOf, type CollectedField, type Variables } from './selection.ts';

/** Adds them to a merged object. */
export type Cover = (
  value: Record<string, unknown>,
  coverage: readonly MemberCoverage[],
  parts: readonly Part[],
  variables: Variables,
) => void;

/** Compiles the hub's own fields of a covered object type. */
export function compileCovered(scope: CompileScope, object: GraphQLObjectType, field: CollectedField): Cover {
  const fields = collectFields(scope, object, subselectionsOf(field));
  const coverageType = objectOf(object.getFields()['coverage']!)!;
  const coverages = fields
    .filter((own) => own.name === 'coverage')
    .map((own) => ({ field: own, project: compileProjection(scope, coverageType, subselectionsOf(own)) }));
  const bounds = fields.filter((own) => own.name === 'totalIsLowerBound');
  const totals = fields.filter((own) => own.name === 'totalCount');
  return (value, coverage, parts, variables) => {
    const source = toCoverageSource(coverage);
    for (const { field: own, project } of coverages) {
      if (isIncluded(own, variables)) value[own.key] = project(source, variables);
    }
    for (const own of bounds) {
      if (!isIncluded(own, variables)) continue;
      const isBound = parts.some(({ value: given }) => {
        const stated = given as Record<string, unknown>;
        // A member that gives no total has rows that the sum does not count.
        return (
          stated[own.key] === true || totals.some((total) => isIncluded(total, variables) && stated[total.key] == null)
        );
      });
      value[own.key] = coverage.some(isGap) || isBound;
    }
  };
}
