/** Runs operations: planned by the stock planner, compiled once, completed in one pass whoever fetched. */

import { SpanKind } from '@opentelemetry/api';
import type { GatewayExecutor } from '@apollo/server-gateway-interface';
import type { DocumentNode, GraphQLFormattedError } from 'graphql';

import type { Explanation } from '../explain/explanation.ts';
import type { Source } from '../explain/foresight.ts';
import { withDefaults } from '../horizontal/variables.ts';
import { inSpan, type SpanOptions } from '../operating/span.ts';
import { keepWriter, takesBytes } from '../operating/written-answer.ts';
import type { RequestContext } from '../request-context.ts';
import { ownKeyOf, type Rewriting } from './aliases.ts';
import { compileOperation, type CompiledOperation } from './compiled/operation.ts';
import { newMoment, type Run } from './compiled/running.ts';
import type { FieldRules } from './compiled/shaper.ts';
import type { ExecutedAnswer } from './finish.ts';
import { withoutIntrospection } from './introspection-fields.ts';
import { createKeptOperations } from './kept-operations.ts';
import type { Planner } from './planner.ts';

export type ExecutorRequest = Parameters<GatewayExecutor>[0];

export interface ExecutorParts {
  readonly plannerOf: () => Planner;
  readonly sources: ReadonlyMap<string, Source>;
  /** Makes documents ready to be planned. */
  readonly prepare: Rewriting;
  /** Runs what is not compiled. */
  readonly stock: GatewayExecutor;
  /** Told why an operation was left to the stock executor. */
  readonly fellBack: (reason: string) => void;
  readonly rulesOf?: FieldRules | undefined;
}

export interface Executor {
  /** Answers under the client's own keys; what is told speaks of the prepared document's. Rejects when the planner refuses. */
  execute(request: ExecutorRequest, explanation: Explanation | null): Promise<ExecutedAnswer>;
}

interface Known {
  readonly planned: DocumentNode;
  readonly compiled: CompiledOperation;
}

export function createExecutor(parts: ExecutorParts): Executor {
  const sources = Object.fromEntries(parts.sources);
  let operations = createKeptOperations<Known>();
  let planner: Planner | null = null;
  const compiledOf = async (request: ExecutorRequest): Promise<Known> => {
    const now = parts.plannerOf();
    if (now !== planner) operations = createKeptOperations();
    planner = now;
    const kept = operations;
    const name = request.operation.name?.value ?? '';
    const known = kept.of(request.document, name);
    if (known) return known;
    const own = await inSpan(spanOf('gateway.plan', request), () => Promise.resolve(compile(request, now, parts)));
    kept.keep(request.document, name, own);
    return own;
  };
  return {
    execute: (request, explanation) =>
      inSpan(spanOf('gateway.request', request), async () => {
        const { planned, compiled } = await compiledOf(request);
        const complete = withDefaults(request.operation, request.request.variables ?? {});
        const { shape, introspect, writer } = compiled.passFor(complete);
        const { record } = contextOf(request);
        const write = writer();
        const isWritten = write !== null && explanation === null && takesBytes(record);
        const fetched =
          compiled.unsupported === null
            ? await fetchAll(request, compiled, { complete, sources, explanation, isWritten })
            : await fetchByStock({ ...request, document: planned }, compiled.unsupported, parts);
        const { data, errors, extensions } = fetched;
        if (data == null) return fetched;
        const shaped = shape(data, introspect?.(request.request.variables ?? {}) ?? null, contextOf(request));
        if (write && shaped.data) keepWriter(record, shaped.data, write);
        const missing = [...fetched.missing, ...shaped.missing];
        return { data: shaped.data, errors, missing, ...(extensions && { extensions }) };
      }),
  };
}

function compile({ schema, document, operation }: ExecutorRequest, planner: Planner, parts: ExecutorParts): Known {
  const prepared = parts.prepare(document);
  const planned = withoutIntrospection(prepared);
  const compiled = compileOperation({
    schema,
    supergraphSchema: planner.schema,
    document,
    operation,
    prepared,
    plan: planner.plan(planned, operation.name?.value),
    ownKeyOf,
    ...(parts.rulesOf && { rulesOf: parts.rulesOf }),
  });
  return { planned, compiled };
}

interface Fetching extends Pick<Run, 'complete' | 'sources' | 'isWritten'> {
  readonly explanation: Explanation | null;
}

async function fetchAll(
  request: ExecutorRequest,
  { plan, run }: CompiledOperation,
  { complete, sources, explanation, isWritten }: Fetching,
): Promise<ExecutedAnswer> {
  const own: Run = {
    data: {},
    errors: [],
    variables: request.request.variables ?? {},
    complete,
    sources: explanation ? { ...sources } : sources,
    context: contextOf(request),
    // An explanation tells of each fetch.
    underWay: explanation ? null : new Map(),
    ahead: explanation ? null : new Map(),
    isWritten,
  };
  explanation?.planned(plan, own.sources);
  await run?.(own, newMoment());
  return { data: own.data, errors: own.errors, missing: [] };
}

/** What the stock executor has completed is completed once more: its places of missing values are kept. */
async function fetchByStock(
  request: ExecutorRequest,
  reason: string,
  { stock, fellBack }: ExecutorParts,
): Promise<ExecutedAnswer> {
  fellBack(reason);
  const { data, errors = [], extensions = {} } = await stock(request);
  const { valueCompletion, ...others } = extensions;
  const missing = ((valueCompletion ?? []) as GraphQLFormattedError[]).map(({ path = [] }) =>
    path.map((step) => (typeof step === 'string' ? (ownKeyOf(step) ?? step) : step)),
  );
  return { ...(data !== undefined && { data }), errors, missing, extensions: others };
}

function contextOf({ context }: ExecutorRequest): RequestContext {
  return context as RequestContext;
}

/** Without the operation's name: a name may hold anybody's number. */
function spanOf(name: string, request: ExecutorRequest): SpanOptions {
  return { name, kind: SpanKind.INTERNAL, attributes: {}, parent: contextOf(request).record.trace };
}
