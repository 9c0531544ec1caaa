/** Shops in memory: each a GraphQL program over its own rows, and a city of them behind the hub's own source. */

import { execute, extendSchema, parse, validate, type DocumentNode, type GraphQLSchema } from 'graphql';

import type { Answer, Ask } from '../../common/wire.ts';
import { createUpstream } from '../../gateway/asking/upstream.ts';
import { HubError } from '../../gateway/errors.ts';
import type { PageShare } from '../../gateway/horizontal/page-share.ts';
import { openLedger } from '../../gateway/ledger/ledger.ts';
import { joined, type Membership } from '../../gateway/membership/membership.ts';
import { speakingForThemselves, type Members } from '../../gateway/members.ts';
import { openRecord } from '../../gateway/operating/record.ts';
import type { FetchOptions } from '../../gateway/sources/fetch.ts';
import { createGatheredSource } from '../../gateway/sources/gathered.ts';
import { readContract } from '../../schema/horizontal/contract.ts';
import { wholeCapability, type Capability } from '../../schema/horizontal/drift/capability.ts';
import { campaignsSdl, shopsSdl } from './shops-contract.ts';

/** One order; its number begins with the code of its shop: `a-0001`. */
export interface Order {
  readonly number: string;
  readonly placedOn: string | null;
  readonly size?: string;
}

/** What a shop says, field by field: values, or functions of the arguments. */
export type Fields = Readonly<Record<string, unknown>>;

/** One shop: its orders, what else it says at its roots, and what it knows of customers by id. */
export interface Shop {
  readonly orders?: readonly Order[];
  /** The most rows it gives at once, whatever it is asked for. */
  readonly most?: number;
  readonly roots?: Fields;
  readonly customers?: Readonly<Record<string, Fields>>;
}

export const shopsContract = readContract(shopsSdl + campaignsSdl, 'shops');

const served: GraphQLSchema = extendSchema(
  shopsContract.schema,
  parse(`
    scalar _Any
    union _Entity = Customer | Campaign
    extend type Query { _entities(representations: [_Any!]!): [_Entity]! }
  `),
);

/** The program of one shop; it refuses questions that are not valid, as any GraphQL server does. */
export function toAsk(code: string, shop: Shop): Ask {
  const customerOf = (id: string) => ({
    __typename: 'Customer',
    id,
    names: [],
    orders: [],
    oldest: [],
    orderConnection: (page: Page) => connectionOf(code, shop, page),
    ...shop.customers?.[id],
  });
  const campaignOf = ({ id, terms }: Reference) => ({
    __typename: 'Campaign',
    id,
    orders: (page: Page) => {
      // Without its terms this would be every order of the shop.
      if (terms == null) throw new Error('A campaign came without its terms.');
      return connectionOf(code, shop, { ...page, filter: { size: terms.size } });
    },
  });
  const rootValue = {
    orders: (page: Page) => connectionOf(code, shop, page),
    customer: ({ id }: { id: string }) => (shop.customers?.[id] ? customerOf(id) : null),
    _entities: ({ representations }: { representations: readonly Reference[] }) =>
      representations.map((own) => (own.__typename === 'Campaign' ? campaignOf(own) : customerOf(own.id))),
    ...shop.roots,
  };
  return async ({ query, variables }) => {
    const document = understood.get(query) ?? understand(query);
    const result = await execute({ schema: served, document, rootValue, variableValues: variables ?? {} });
    return JSON.parse(JSON.stringify(result)) as Answer;
  };
}

const understood = new Map<string, DocumentNode>();

function understand(query: string): DocumentNode {
  const document = parse(query);
  const faults = validate(served, document);
  if (faults.length > 0) throw new Error(`A shop was asked wrongly: ${faults.join(' ')}\n${query}`);
  understood.set(query, document);
  return document;
}

interface Page {
  readonly first: number;
  readonly after?: string | null;
  readonly filter?: { readonly numbers?: readonly string[] | null; readonly size?: string | null } | null;
}

/** An entity as it is asked for. */
interface Reference {
  readonly __typename: string;
  readonly id: string;
  readonly terms?: { readonly size: string | null; readonly shops: readonly string[] | null } | null;
}

/** The last placed first, orders without a date last; then by number. */
export function compareOrders(left: Order, right: Order): number {
  return Buffer.compare(Buffer.from(cursorOf(left), 'base64url'), Buffer.from(cursorOf(right), 'base64url'));
}

/** Order-preserving bytes: a marker, the date with inverted bytes, the number. */
function cursorOf({ placedOn, number }: Order): string {
  const date = Buffer.from(placedOn ?? '').map((byte) => 255 - byte);
  return Buffer.concat([Buffer.from([placedOn === null ? 1 : 0]), date, Buffer.from(number)]).toString('base64url');
}

function connectionOf(code: string, shop: Shop, { first, after, filter }: Page) {
  const wanted = (shop.orders ?? [])
    .filter((order) => filter?.numbers?.includes(order.number) ?? true)
    .filter((order) => filter?.size == null || order.size === filter.size);
  const sorted = [...wanted].sort(compareOrders);
  const isBehind = (order: Order) =>
    after == null || Buffer.compare(Buffer.from(cursorOf(order), 'base64url'), Buffer.from(after, 'base64url')) > 0;
  const rest = sorted.filter(isBehind);
  const rows = rest.slice(0, Math.min(first, shop.most ?? first));
  return {
    edges: rows.map((node) => ({ cursor: cursorOf(node), node })),
    pageInfo: { hasNextPage: rest.length > rows.length, hasPreviousPage: after != null },
    totalCount: sorted.length,
    totalIsLowerBound: false,
    coverage: ownCoverage(code, sorted.length > 0),
  };
}

/** What a shop says of its own answer. */
export function ownCoverage(code: string, isFound: boolean) {
  const own = { court: { code }, status: isFound ? 'FOUND' : 'NONE', asOf: '2026-01-01T08:00:00+08:00', elapsedMs: 1 };
  return { complete: true, courts: ({ only }: { only: string }) => (only === 'GAPS' ? [] : [own]) };
}

/** Members by code; the part of a number before the dash names its shop. */
export function membersOf(codes: readonly string[]): Members {
  const ownerOf = (key: unknown) => codes.find((code) => String(key).startsWith(`${code}-`));
  return {
    codes,
    ...speakingForThemselves(codes),
    memberOf: (code: string) => (codes.includes(code) ? code : undefined),
    nameOf: (member) => `Shop ${member}`,
    ownerOf,
    canonical: (key) => String(key),
    misfit: (key) => new HubError('BAD_USER_INPUT', `"${String(key)}" names no shop.`),
    homeOf: (_, { id }) => codes.find((code) => String(id).startsWith(`only ${code} `)),
  };
}

/** What a city of shops answers: data, errors and coverage, as the hub would hand them on. */
export async function askShops(
  shops: Readonly<Record<string, Shop | Ask>>,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
  /** What shops with another program have; all others have everything. */
  capabilities: Readonly<Record<string, Capability>> = {},
  share?: PageShare,
) {
  const codes = Object.keys(shops);
  const asked: string[] = [];
  const upstreams = new Map(
    Object.entries(shops).map(([code, shop]) => {
      const own = typeof shop === 'function' ? shop : toAsk(code, shop);
      const ask: Ask = (question, signal) => (asked.push(code), own(question, signal));
      return [code, createUpstream({ kind: 'court', id: code, ask })] as const;
    }),
  );
  const membership: Membership = {
    members: membersOf(codes),
    upstreams,
    standingOf: (code) => ({ ...joined, capability: capabilities[code] ?? wholeCapability }),
    registry: { courts: [], hubs: [], speakers: [], byCode: () => undefined },
  };
  const source = createGatheredSource({ contract: shopsContract, deadlineMs: 5_000, ...(share && { share }) });
  const ledger = openLedger();
  const options = {
    kind: 'incoming operation',
    document: parse(query),
    request: { query, variables },
    context: {
      membership,
      ledger,
      now: () => new Date(),
      record: openRecord(),
      late: new Set<string>(),
      signal: new AbortController().signal,
    },
    incomingRequestContext: {},
  };
  const { data } = await source.process(options as unknown as FetchOptions);
  const errors = ledger.errors().map(({ message, path, extensions }) => ({ message, path, ...extensions }));
  return { data: data as Record<string, unknown>, errors, coverage: ledger.coverage(), asked };
}
