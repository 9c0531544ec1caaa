/** One fetch of a query plan, as every source reads it. */

import type { GraphQLDataSource } from '@apollo/gateway';
import { parse, type DocumentNode } from 'graphql';

import type { ResponsePath } from '../ledger/ledger.ts';
import type { RowsAhead } from '../horizontal/whole-rows.ts';
import type { RequestContext } from '../request-context.ts';
import type { VerbatimFields } from '../verbatim.ts';

export interface Fetch {
  /** The same object for the same plan, so that what is compiled from it can be kept. */
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly context: RequestContext;
  /** Where in the client's answer the fetch belongs; `@` stands for every item of a list. */
  readonly path: ResponsePath;
  /** Rows of a page on their way to the fetch that wants them: for the page's source to ask for, for the other's to use. */
  readonly ahead?: RowsAhead | undefined;
  /** What may stay as it comes; who cannot leave it so brings values. */
  readonly verbatim?: VerbatimFields | undefined;
}

export type FetchOptions = Parameters<GraphQLDataSource<RequestContext>['process']>[0];

/** Reads what the gateway hands to a data source. */
export function fetchOf(options: FetchOptions): Fetch {
  if (!('incomingRequestContext' in options)) {
    throw new Error(`A source answers incoming operations only, not ${options.kind}.`);
  }
  // Our own executor hands these over as well.
  const { ahead, verbatim } = options as Pick<Fetch, 'ahead' | 'verbatim'>;
  return {
    document: options.document ?? parse(options.request.query ?? ''),
    variables: options.request.variables ?? {},
    context: options.context,
    path: options.pathInIncomingRequest ?? [],
    ahead,
    verbatim,
  };
}

/** A fetch of somebody else's plan, as the gateway would hand it to a data source. */
export function toFetchOptions({ document, variables, context, path, ahead, verbatim }: Fetch): FetchOptions {
  const options = {
    kind: 'incoming operation',
    request: { variables: { ...variables } },
    incomingRequestContext: {},
    pathInIncomingRequest: path,
    document,
    context,
    ahead,
    verbatim,
  };
  return options as unknown as FetchOptions;
}
