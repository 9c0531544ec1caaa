/** Somebody who holds entities, and how what goes wrong with a holder is told. */

import type { GraphQLField } from 'graphql';

import type { Capability } from '../../schema/horizontal/drift/capability.ts';
import type { Upstream } from '../asking/upstream.ts';
import { HubError, type ErrorCode } from '../errors.ts';
import { toPresentable } from '../horizontal/caller-error.ts';
import type { FailedValue } from '../horizontal/failed.ts';
import type { ResponsePath } from '../ledger/ledger.ts';
import type { Fetch } from './fetch.ts';

/** Somebody who holds entities: how to ask, and how to speak of them. */
export interface Holder {
  readonly id: string;
  readonly upstream: Upstream;
  /** Who an error entry is about, e.g. `{ court: "苏0312" }`. */
  readonly source: Readonly<Record<string, string>>;
  /** As a person reads it, e.g. `Court 苏0312 (铜山区人民法院)`. */
  readonly label: string;
  /** The courts that it is asked for: itself, or those behind it; absent for who is no court. */
  readonly courts?: readonly string[];
  /** What its program has of the contract; whole when nothing is said. */
  readonly capability?: Capability;
  /** Whether it is part of the hub's own house, so that its words to a caller are passed on as they are. */
  readonly isOwn: boolean;
}

/** Who holds what, as it stands in one request. */
export interface Holders {
  /** All of them. */
  readonly everybody: readonly Holder[];
  /** The argument path that names the holder of a root field; undefined where nothing does. */
  readonly routeOf: (fieldName: string) => string | undefined;
  /** The holder of a root field, from its arguments; throws HubError when they name nobody. */
  readonly holderOfRoot: (fieldName: string, args: Readonly<Record<string, unknown>>) => Holder;
  /** The holder of an entity; throws HubError when its key names nobody. */
  readonly holderOf: (representation: Readonly<Record<string, unknown>>) => Holder;
  /** The court that a root field's arguments name; throws as `holderOfRoot` does. */
  readonly courtOfRoot: (fieldName: string, args: Readonly<Record<string, unknown>>) => string;
  /** Whether a root field's row is the one that its arguments ask for. */
  readonly isAsked: (
    fieldName: string,
    args: Readonly<Record<string, unknown>>,
    row: Readonly<Record<string, unknown>>,
  ) => boolean;
  /** The court that an entity's key names; undefined where none does. */
  readonly courtOf: (representation: Readonly<Record<string, unknown>>) => string | undefined;
  /** Whether a key by which a row names its holder names this one. */
  readonly owns: (holder: Holder, key: unknown) => boolean;
}

/** One holder for everything: the holders of a subgraph that answers for itself alone. */
export function allHeldBy(holder: Holder): Holders {
  return {
    everybody: [holder],
    routeOf: () => undefined,
    holderOf: () => holder,
    courtOf: () => undefined,
    holderOfRoot: () => holder,
    courtOfRoot: () => holder.id,
    isAsked: () => true,
    owns: () => true,
  };
}

/** Where a fetch of these root fields belongs in the client's answer. */
export function pathOf(fetch: Fetch, rootKeys: readonly string[]): ResponsePath {
  return rootKeys[0] === '_entities' ? fetch.path : [...fetch.path, rootKeys[0] ?? ''];
}

/** Finds something for what is given, or tells why it cannot be found and gives undefined; `failed` hears the code of it. */
export function attempt<Given, Found>(
  fetch: Fetch,
  path: ResponsePath,
  find: (given: Given) => Found,
  given: Given,
  failed?: (code: ErrorCode) => void,
): Found | undefined {
  try {
    return find(given);
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    fetch.context.ledger.report({ code: error.code, message: error.message, path, facts: error.facts });
    failed?.(error.code);
    return undefined;
  }
}

/** Tells something about a holder, once per cause. */
export function report(
  fetch: Fetch,
  holder: Holder,
  path: ResponsePath,
  code: ErrorCode,
  said: string,
  reason: string,
): void {
  fetch.context.ledger.report({
    code,
    message: `${holder.label} ${said}.`,
    path,
    source: holder.source,
    facts: { reason },
  });
}

/** Tells a value that a holder failed to give; the field says what its arguments are. */
export function reportFailure(
  fetch: Fetch,
  holder: Holder,
  path: ResponsePath,
  failure: FailedValue,
  field?: GraphQLField<unknown, unknown>,
): void {
  if (failure.callerError) {
    const told = holder.isOwn ? failure.callerError : toPresentable([failure.callerError], field);
    fetch.context.ledger.report({ ...told, path });
  } else if (failure.status === 'REFUSED') {
    report(fetch, holder, path, 'UPSTREAM_REFUSED', 'refused to answer', failure.reason);
  } else if (failure.reason === 'GARBLED') {
    report(fetch, holder, path, 'UPSTREAM_UNREACHABLE', 'gave no usable answer', failure.reason);
  } else {
    report(fetch, holder, path, 'UPSTREAM_ERROR', 'answered with an error', failure.reason);
  }
}

/** Tells a list that a holder cut short itself. */
export function reportTruncation(fetch: Fetch, path: readonly (string | number)[]): void {
  const own = path[0] === '_entities' ? path.slice(2) : path;
  fetch.context.ledger.report({
    code: 'LIST_TRUNCATED',
    message: 'A list is longer than what is given at once; only its first items are given.',
    path: [...fetch.path, ...own.map((step) => (typeof step === 'number' ? '@' : step))],
  });
}
