import { GraphQLError } from 'graphql';
import { refusalOfIdentity } from '../../../common/asked-identity.ts';
import type { CourtContext } from '../context.ts';
import type { Plain } from '../plain.ts';
import type { CaseFilter } from './input.ts';
import { type NormalFilter, parseFilter } from './normal.ts';

/** Normalises a filter that a viewer asks by; throws FORBIDDEN for conditions that are not his to use, else as `parseFilter`. */
export function parseAsked(
  filter: Plain<CaseFilter> | null | undefined,
  context: Pick<CourtContext, 'registry' | 'personKey' | 'viewer'>,
): NormalFilter {
  const refusal = refusalOfIdentity({ filter }, context.viewer);
  if (refusal === null) return parseFilter(filter, context);
  const { message, ...extensions } = refusal;
  throw new GraphQLError(message, { extensions });
}
