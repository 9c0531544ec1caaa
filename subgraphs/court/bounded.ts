import type { GraphQLResolveInfo } from 'graphql';
import type { CourtContext } from './context.ts';
import { listTruncated } from './errors.ts';

/** The first rows of a list that was read one row beyond its limit; a cut is noticed beside the data. */
export function toBounded<Row>(
  rows: readonly Row[],
  limit: number,
  { notices }: CourtContext,
  info: GraphQLResolveInfo,
): readonly Row[] {
  if (rows.length <= limit) return rows;
  notices.push(listTruncated(limit, info));
  return rows.slice(0, limit);
}
