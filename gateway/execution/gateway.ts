/** Apollo plans, and answers end in the hub: the gateway that Apollo Server is given. */

import { ApolloGateway } from '@apollo/gateway';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { GraphQLError } from 'graphql';

import { HubError } from '../errors.ts';
import { openExplanation, readExplain, type Explanation } from '../explain/explanation.ts';
import type { Source } from '../explain/foresight.ts';
import { withDefaults } from '../horizontal/variables.ts';
import { mendSupergraph } from '../../schema/planning/mended.ts';
import type { RequestContext } from '../request-context.ts';
import { createAliases, standInPrefix, withOwnAliases } from './aliases.ts';
import { finishAnswer, type ExecutedAnswer } from './finish.ts';
import { withoutLiteralConditions } from './literal-conditions.ts';
import { mendedSources } from './mended-sources.ts';
import { operationFault } from './operation.ts';
import { steadied, withoutSteadying } from './steady.ts';
import { createVariableConditions } from './variable-conditions.ts';
import { variableFaults } from './variables.ts';

/** Sources are not found by address here, which the stock gateway would call an error at every start. */
const toLogger = (report: (fault: Error) => void) => ({
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (message: unknown) => {
    if (!String(message).endsWith('is missing a url')) report(new Error(String(message)));
  },
});

/** Loads a supergraph whose subgraphs are answered by these sources; every answer is finished by the ledger. */
export function createGateway(
  composedSdl: string,
  ownSources: ReadonlyMap<string, Source>,
  report: (fault: Error) => void = (fault) => process.emitWarning(fault),
): GatewayInterface {
  const mended = mendSupergraph(composedSdl, standInPrefix);
  const { supergraphSdl } = mended;
  const sources = mendedSources(ownSources, mended);
  const aliases = createAliases(supergraphSdl);
  const conditions = createVariableConditions(mended.unconditional);
  const explanations = new WeakMap<object, Explanation>();
  const gateway = new ApolloGateway({
    supergraphSdl,
    logger: toLogger(report),
    // A document may hold anybody's number, and so may an error's text.
    telemetry: { includeDocument: false, recordExceptions: false },
    // The document is what sources compile and keep; text would have to be parsed for each request.
    queryPlannerConfig: { exposeDocumentNodeInFetchNode: true },
    // The plan as it is going to be run, and the sources of this one request.
    experimental_didResolveQueryPlan: ({ queryPlan, serviceMap, requestContext }) =>
      explanations.get(requestContext.context)?.planned(queryPlan, serviceMap),
    buildService: ({ name }) => {
      const source = sources.get(name);
      if (!source) throw new Error(`The supergraph has a subgraph "${name}" that nobody answers.`);
      return source;
    },
  });
  return {
    onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
    stop: () => gateway.stop(),
    async load(options) {
      const { executor } = await gateway.load(options);
      return {
        async executor(request) {
          const context = request.context as RequestContext;
          try {
            const fault = operationFault(request.schema, request.operation);
            if (fault) return { errors: [fault] };
            const faults = variableFaults(request.schema, request.operation, request.request.variables ?? {});
            if (faults.length > 0) return { errors: faults };
            const explain = explanationOf(request, context, sources);
            if (explain instanceof GraphQLError) return { errors: [explain] };
            if (explain) explanations.set(context, explain);
            const decided = conditions.decide(request.document, request.operation, request.request.variables ?? {});
            const plain = withoutLiteralConditions(decided.document);
            const steady = steadied(plain);
            const document = aliases.shield(steady);
            const executed = (await executor({
              ...request,
              document,
              queryHash: request.queryHash + decided.key,
            })) as ExecutedAnswer;
            const finished = finishAnswer(explain ? withAccount(executed, explain) : executed, context.ledger);
            const answer = steady === plain ? finished : withoutSteadying(finished);
            return document === steady && mended.standIns.size === 0 ? answer : withOwnAliases(answer);
          } finally {
            context.release();
          }
        },
      };
    },
  };
}

type Executed = Parameters<NonNullable<Awaited<ReturnType<GatewayInterface['load']>>['executor']>>[0];

/** What the request's own extension asks for; an error when that is nothing there is. */
function explanationOf(
  { operation, request }: Executed,
  context: RequestContext,
  sources: ReadonlyMap<string, Source>,
): Explanation | GraphQLError | null {
  try {
    const mode = readExplain(request.extensions);
    if (!mode) return null;
    return openExplanation(mode, context, withDefaults(operation, request.variables ?? {}), sources);
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    return new GraphQLError(error.message, { extensions: { code: error.code, ...error.facts } });
  }
}

/** The answer with the account beside it. Of a plan that was not run nothing is known, so no field is there: not even as null. */
function withAccount(executed: ExecutedAnswer, explanation: Explanation): ExecutedAnswer {
  const explain = explanation.account();
  if (!explain) return executed;
  if (explanation.mode === 'PLAN') return { data: {}, extensions: { explain } };
  return { ...executed, extensions: { ...executed.extensions, explain } };
}
