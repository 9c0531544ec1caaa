/** CONCAT: plain lists of owned rows in one declared order, bounded by the field's `first` (horizontal rules, 5 and 8). */

import { getNamedType, type GraphQLObjectType } from 'graphql';

import type { Merge as Rule } from '../../schema/horizontal/contract.ts';
import type { Form } from './form.ts';
import { hiddenKey } from './hidden.ts';
import type { CompileScope } from './merge.ts';
import { compileOwnership, reportDispute } from './rows.ts';
import { compareOf } from './scalars.ts';

type Row = Record<string, unknown>;

/** Compiles the form of a plain list. Rows of a member that has more than `first` are told as LIST_TRUNCATED. */
export function compileConcat(scope: CompileScope, item: GraphQLObjectType, rule: Rule): Form<Row[]> {
  const order = compileOrder(item, rule.key ?? '');
  const isLawful = compileOwnership(scope.contract, item.name);
  return {
    read(part, own) {
      if (!Array.isArray(part.value)) return null;
      const rows = part.value as Row[];
      // Where a row stands in the order is not known without what the order goes by, which has been told.
      const placed = rows.filter((row) => order.keys.every((key) => row[key] !== undefined));
      const lawful = placed.filter((row) => isLawful(part.member, row, own));
      const { single, isDisputed } = withoutDoubles(lawful, item, scope);
      if (isDisputed) reportDispute(part.member, own);
      const isWhole = lawful.length === rows.length && !isDisputed;
      return { part, isFound: rows.length > 0, isWhole, source: single };
    },
    merge(readings, own, { args }) {
      // An empty list must not stand for "nobody answered": a plain list has no place for coverage.
      if (readings.length === 0 && own.hasGaps) return null;
      const limit = typeof args['first'] === 'number' ? args['first'] : Infinity;
      const rows = readings.flatMap(({ source }) => source);
      rows.sort(order.compare);
      const isCut = readings.some(({ part }) => own.truncated.has(`${part.member} ${own.path.join('.')}`));
      if (rows.length > limit || isCut) {
        own.ledger.report({
          code: 'LIST_TRUNCATED',
          message: `Only the first ${limit} are given. Page through all of them with the connection beside this list.`,
          path: own.path,
          facts: { limit },
        });
      }
      return rows.length > limit ? rows.slice(0, limit) : rows;
    },
  };
}

/** The same row given twice counts once; told in two ways it does not count, for which is true cannot be said. */
function withoutDoubles(rows: readonly Row[], item: GraphQLObjectType, { contract }: CompileScope) {
  const keys = contract.entities.get(item.name)?.keyFields.map(hiddenKey);
  if (!keys) return { single: [...rows], isDisputed: false };
  const byKey = new Map<string, Row | null>();
  for (const row of rows) {
    const key = JSON.stringify(keys.map((name) => row[name]));
    const known = byKey.get(key);
    const isSame = known === undefined || JSON.stringify(known) === JSON.stringify(row);
    byKey.set(key, isSame ? row : null);
  }
  const single = [...byKey.values()].filter((row) => row !== null);
  return { single, isDisputed: single.length < byKey.size };
}

/** `filedOn DESC, number ASC` on the hidden keys of the rows; nulls last in both directions. */
function compileOrder(item: GraphQLObjectType, order: string) {
  const parts = order.split(',').map((part) => {
    const [name = '', direction] = part.trim().split(/\s+/);
    const compare = compareOf(getNamedType(item.getFields()[name]!.type));
    return { key: hiddenKey(name), compare, sign: direction === 'DESC' ? -1 : 1 };
  });
  const compareRows = (left: Row, right: Row): number => {
    for (const { key, compare, sign } of parts) {
      const a = left[key] ?? null;
      const b = right[key] ?? null;
      if (a === b) continue;
      if (a === null || b === null) return a === null ? 1 : -1;
      const result = compare(a, b);
      if (result !== 0) return sign * result;
    }
    return 0;
  };
  return { keys: parts.map(({ key }) => key), compare: compareRows };
}
