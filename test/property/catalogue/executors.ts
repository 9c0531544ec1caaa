/** The two executors over the same sources: ours, and the stock one with what it would leave to be undone undone here. */

import { ApolloGateway } from '@apollo/gateway';
import { Supergraph } from '@apollo/federation-internals';
import { getOperationAST, type DocumentNode, type GraphQLSchema } from 'graphql';

import { standInPrefix } from '../../../gateway/execution/aliases.ts';
import { createGateway } from '../../../gateway/execution/gateway.ts';
import { mendedSources } from '../../../gateway/execution/mended-sources.ts';
import { createPreparation } from '../../../gateway/execution/preparation.ts';
import { createVariableConditions } from '../../../gateway/execution/variable-conditions.ts';
import type { Source } from '../../../gateway/explain/foresight.ts';
import { mendSupergraph } from '../../../schema/planning/mended.ts';
import { toExecutorRequest } from '../../support/executor-request.ts';

export interface Question {
  readonly document: DocumentNode;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Opens what sources are given; each executor gets one of its own. */
  readonly context: () => object;
}

/** An answer in a form in which two can be compared: data as text, and where something is told. */
export interface Told {
  readonly data: string;
  readonly paths: readonly string[];
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
    async ours({ document, query, variables, context }) {
      const { data, errors = [] } = await ours(requestOf({ document, query, variables, context }, schema));
      return { data: JSON.stringify(data ?? null), paths: pathsOf(errors) };
    },
    async stock({ document, query, variables, context }) {
      const decided = conditions.decide(document, getOperationAST(document)!, variables);
      const asked = { document: preparedOf(decided.document), query: query + decided.key, variables, context };
      const request = requestOf(asked, schema);
      const { data, errors, extensions = {} } = await theirs(request);
      const missing = (extensions['valueCompletion'] ?? []) as Placed[];
      return { data: JSON.stringify(undone(data ?? null)), paths: pathsOf(errors ?? missing) };
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

function requestOf({ context, ...question }: Question, schema: GraphQLSchema) {
  return toExecutorRequest({ ...question, schema, context: context() });
}

function pathsOf(errors: readonly Placed[]): string[] {
  const texts = errors.map(({ path = [] }) => {
    const list = path.indexOf('@');
    return JSON.stringify(
      (list < 0 ? path : path.slice(0, list)).map((step) => (typeof step === 'string' ? own(step) : step)),
    );
  });
  return [...new Set(texts)].sort();
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
