/** Apollo Server's plugin that writes into a request's record how its operation ended. */

import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLError, GraphQLFormattedError } from 'graphql';

import { errorCodes } from '../errors.ts';
import { isGap } from '../horizontal/coverage.ts';
import type { RequestContext } from '../request-context.ts';
import { toOperationName } from './operation-name.ts';
import type { Gap, OperationEnd, RequestOutcome } from './record.ts';

export function operationEnds(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        willSendResponse({ contextValue, operationName, request, response, errors }) {
          if (response.body.kind !== 'single') return Promise.resolve();
          const { data, errors: told = [] } = response.body.singleResult;
          const name = operationName ?? request.operationName;
          contextValue.record.end = toOperationEnd(contextValue, name, data, told);
          contextValue.record.faults.push(...faultsOf(told, errors ?? []));
          return Promise.resolve();
        },
      }),
  };
}

/** How an operation ended that was answered with this data and told these errors. */
export function toOperationEnd(
  context: Pick<RequestContext, 'ledger'>,
  operationName: string | null | undefined,
  data: unknown,
  told: readonly GraphQLFormattedError[],
): OperationEnd {
  const gaps = gapsOf(context);
  return {
    operation: toOperationName(operationName),
    outcome: outcomeOf(data, told, gaps),
    errors: countCodes(told),
    gaps,
  };
}

function outcomeOf(data: unknown, told: readonly GraphQLFormattedError[], gaps: readonly Gap[]): RequestOutcome {
  if (told.some((error) => isOurs(codeOf(error)))) return 'fault';
  if (data == null) return 'refused';
  return told.length > 0 || gaps.length > 0 ? 'partial' : 'whole';
}

function isOurs(code: string): boolean {
  return Object.entries(errorCodes).some(([known, family]) => known === code && family === 'ours');
}

function countCodes(told: readonly GraphQLFormattedError[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const error of told) counts[codeOf(error)] = (counts[codeOf(error)] ?? 0) + 1;
  return counts;
}

/** Always one of the hub's or the protocol's codes: every other has become INTERNAL before it was told. */
function codeOf({ extensions }: GraphQLFormattedError): string {
  const code = extensions?.['code'];
  return typeof code === 'string' ? code : 'INTERNAL';
}

function gapsOf({ ledger }: Pick<RequestContext, 'ledger'>): Gap[] {
  return ledger.covered().flatMap((coverage) =>
    coverage.filter(isGap).map(({ member, status, reason }) => ({
      upstream: member,
      status,
      reason: reason ?? 'NONE',
    })),
  );
}

/** What stands behind the errors that clients saw as INTERNAL; both lists are in one order. */
function faultsOf(told: readonly GraphQLFormattedError[], errors: readonly GraphQLError[]): unknown[] {
  return errors
    .filter((_, place) => told[place] && codeOf(told[place]) === 'INTERNAL')
    .map((error) => error.originalError ?? error);
}
