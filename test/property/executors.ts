/** Both executors over the same sources: ours, and the stock one with what it would leave to be undone undone here. */

import { ApolloGateway } from '@apollo/gateway';
import { Supergraph } from '@apollo/federation-internals';
import { getOperationAST, type DocumentNode, type GraphQLSchema } from 'graphql';

import { withOwnAliases } from '../../gateway/execution/aliases.ts';
import { standInPrefix } from '../../gateway/horizontal/hidden.ts';
import { finishAnswer } from '../../gateway/execution/finish.ts';
import { createGateway } from '../../gateway/execution/gateway.ts';
import { mendedSources } from '../../gateway/execution/mended-sources.ts';
import { createPreparation } from '../../gateway/execution/preparation.ts';
import { createVariableConditions } from '../../gateway/execution/variable-conditions.ts';
import type { Source } from '../../gateway/explain/foresight.ts';
import { takeBytes, textOrBytes } from '../../gateway/operating/written-answer.ts';
import type { RequestContext } from '../../gateway/request-context.ts';
import { mendSupergraph } from '../../schema/planning/mended.ts';
import { toExecutorRequest } from '../support/executor-request.ts';

export interface Question {
  readonly document: DocumentNode;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Opens what sources are given; each executor gets one of its own. */
  readonly context: () => Opened;
  /** Whether our answer is taken as bytes, as the hub's door takes it: then some of it may stay as it came. */
  readonly asBytes?: boolean;
}

/** What requests carry that sources read, whatever else they read. */
export type Opened = Pick<RequestContext, 'ledger' | 'record' | 'trail' | 'late' | 'signal' | 'release'>;

/** An answer in a form in which two can be compared. */
export interface Told {
  /** As text. */
  readonly data: string;
  /** Where errors are told, as JSON. */
  readonly paths: readonly string[];
  /** What else is told: of whom, why, at which places of any list, and who answered each gathered field. */
  readonly account: readonly string[];
}

export interface Executors {
  readonly schema: GraphQLSchema;
  readonly fallbacks: readonly string[];
  ours(question: Question): Promise<Told>;
  stock(question: Question): Promise<Told>;
  stop(): Promise<void>;
}

export async function startExecutors(composedSdl: string, ownSources: ReadonlyMap<string, Source>): Promise<Executors> {
  const schema = Supergraph.build(composedSdl).apiSchema().toGraphQLJSSchema();
  const fallbacks: string[] = [];
  const gateway = createGateway(composedSdl, ownSources, { fellBack: (reason) => fallbacks.push(reason) });
  const ours = (await gateway.load({ apollo: {} })).executor!;
  const mended = mendSupergraph(composedSdl, standInPrefix);
  const { supergraphSdl } = mended;
  const sources = mendedSources(ownSources, mended);
  const conditions = createVariableConditions(mended.unconditional);
  const stock = new ApolloGateway({
    supergraphSdl,
    logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    queryPlannerConfig: { exposeDocumentNodeInFetchNode: true },
    buildService: ({ name }) => sources.get(name)!,
  });
  const { executor: theirs } = await stock.load({ apollo: {} });
  // Without it stock loses literal conditions, and hides empty objects and what aliases hide: see the decisions about each.
  const prepare = createPreparation(supergraphSdl);
  const prepared = new WeakMap<DocumentNode, DocumentNode>();
  const preparedOf = (document: DocumentNode) => {
    const known = prepared.get(document) ?? prepare(document);
    prepared.set(document, known);
    return known;
  };
  return {
    schema,
    fallbacks,
    async ours({ document, query, variables, context, asBytes = false }) {
      const own = context();
      const taken = asBytes ? takeBytes(own.record) : () => null;
      const answer = await ours(toExecutorRequest({ document, query, variables, schema, context: own }));
      const told = toTold(answer);
      textOrBytes({ data: (answer.data ?? null) as Record<string, unknown> | null });
      const bytes = taken();
      // In one form both ways: what stays as it came is no other text.
      if (bytes && bytes.toString() !== `{"data":${told.data}}\n`) throw new Error(`${told.data}\n${bytes.toString()}`);
      return told;
    },
    async stock({ document, query, variables, context }) {
      const decided = conditions.decide(document, getOperationAST(document)!, variables);
      const own = context();
      const asked = { document: preparedOf(decided.document), query: query + decided.key, variables, context: own };
      const { data, errors = [], extensions = {} } = await theirs(toExecutorRequest({ ...asked, schema }));
      own.release();
      const missing = ((extensions['valueCompletion'] ?? []) as Placed[]).map(({ path = [] }) => path);
      return toTold(
        withOwnAliases(
          finishAnswer({ data: data ? (undone(data) as Record<string, unknown>) : null, errors, missing }, own.ledger),
        ),
      );
    },
    async stop() {
      await gateway.stop();
      await stock.stop();
    },
  };
}

interface Placed {
  readonly path?: readonly (string | number)[] | undefined;
}

interface Given {
  readonly data?: unknown;
  readonly errors?: readonly (Placed & { readonly extensions?: Readonly<Record<string, unknown>> })[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

function toTold({ data, errors = [], extensions = {} }: Given): Told {
  const texts = errors.map(({ path = [] }) => JSON.stringify(path));
  const told = errors.flatMap(({ extensions: { paths, count, ...own } = {} }) =>
    // How often something was told depends on who asks twice; where it was told does not.
    Array.isArray(paths) && count !== undefined ? [JSON.stringify({ ...own, paths: paths.map(String).sort() })] : [],
  );
  const coverage = (extensions['coverage'] ?? []) as readonly object[];
  return {
    data: JSON.stringify(data ?? null),
    paths: [...new Set(texts)].sort(),
    account: [...told, ...coverage.map((own) => JSON.stringify(own))].sort(),
  };
}

/** The client's own keys, by a walk over the whole answer. */
function undone(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(undone);
  if (typeof value !== 'object' || value === null) return value;
  const object = Object.create(null) as Record<string, unknown>;
  for (const [key, one] of Object.entries(value)) if (key !== '_nonet_steady') object[own(key)] = undone(one);
  return object;
}

function own(key: string): string {
  return key.replace(/^_nonet_as_/, '');
}
