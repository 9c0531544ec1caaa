/** Apollo plans, Nonet executes: the gateway that Apollo Server is given. */

import { ApolloGateway } from '@apollo/gateway';
import type { GatewayInterface } from '@apollo/server-gateway-interface';
import { GraphQLError } from 'graphql';

import { readInquiryTerms } from '../asking/inquiry-terms.ts';
import { HubError } from '../errors.ts';
import { openExplanation, readExplain, type Explanation } from '../explain/explanation.ts';
import type { Source } from '../explain/foresight.ts';
import { standInPrefix } from '../horizontal/hidden.ts';
import { bareVariables, withDefaults } from '../horizontal/variables.ts';
import { mendSupergraph } from '../../schema/planning/mended.ts';
import type { RequestContext } from '../request-context.ts';
import { withOwnAliases } from './aliases.ts';
import type { FieldRules } from './compiled/shaper.ts';
import { createExecutor, type ExecutorRequest } from './executor.ts';
import { finishAnswer, type ExecutedAnswer, type FinishedAnswer } from './finish.ts';
import { mendedSources } from './mended-sources.ts';
import { operationFault } from './operation.ts';
import { createPlannerOf } from './planner.ts';
import { createPreparation } from './preparation.ts';
import { noteRefused } from './refused-attempts.ts';
import { createVariableConditions } from './variable-conditions.ts';
import { variableFaults } from './variables.ts';
import { whenRecorded } from './when-recorded.ts';

/** Sources are not found by address here, which the stock gateway would call an error at every start. */
const toLogger = (report: (fault: Error) => void) => ({
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (message: unknown) => {
    if (!String(message).endsWith('is missing a url')) report(new Error(String(message)));
  },
});

export interface GatewayOptions {
  /** Told of faults of our own that belong to no request. */
  readonly report?: ((fault: Error) => void) | undefined;
  /** Told why an operation was left to the stock executor to fetch. */
  readonly fellBack?: ((reason: string) => void) | undefined;
  /** What acts on values of fields in the pass over every answer. */
  readonly rulesOf?: FieldRules | undefined;
}

/** Loads a supergraph whose subgraphs are answered by these sources; every answer is finished by the ledger. */
export function createGateway(
  composedSdl: string,
  ownSources: ReadonlyMap<string, Source>,
  { report = (fault) => process.emitWarning(fault), fellBack = () => undefined, rulesOf }: GatewayOptions = {},
): GatewayInterface {
  const mended = mendSupergraph(composedSdl, standInPrefix);
  const { supergraphSdl } = mended;
  const sources = mendedSources(ownSources, mended);
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
  const prepare = createPreparation(supergraphSdl);
  return {
    onSchemaLoadOrUpdate: (callback) => gateway.onSchemaLoadOrUpdate(callback),
    stop: () => gateway.stop(),
    async load(options) {
      const { executor: stock } = await gateway.load(options);
      const plannerOf = createPlannerOf(gateway);
      const executor = createExecutor({ plannerOf, sources, prepare, stock, fellBack, rulesOf });
      const answerOf = async (request: ExecutorRequest, context: RequestContext): Promise<FinishedAnswer> => {
        const fault = operationFault(request.schema, request.operation);
        if (fault) {
          noteRefused(request, context, [fault]);
          return { errors: [fault] };
        }
        const variables = request.request.variables ?? {};
        const faults = variableFaults(request.schema, request.operation, variables);
        const wanted = faults.length > 0 ? null : readExtensions(request, context, sources);
        if (wanted === null || wanted instanceof GraphQLError) {
          const errors = wanted ? [wanted] : faults;
          noteRefused(request, context, errors);
          return { errors };
        }
        const { explain } = wanted;
        if (explain) explanations.set(context, explain);
        const { document, key } = conditions.decide(request.document, request.operation, variables);
        const decided = { ...request, document, queryHash: request.queryHash + key };
        const executed = await executor.execute(decided, explain);
        return withOwnAliases(finishAnswer(explain ? withAccount(executed, explain) : executed, context.ledger));
      };
      return {
        async executor(given) {
          const variables = bareVariables(given.request.variables ?? {});
          const request = { ...given, request: { ...given.request, variables } };
          const context = request.context as RequestContext;
          context.trail.isExecuted = true;
          try {
            return await whenRecorded(context.trail, () => answerOf(request, context));
          } finally {
            context.release();
          }
        },
      };
    },
  };
}

/** What the request's own extensions ask for, its inquiries' terms put into the context; an error when that is nothing there is. */
function readExtensions(
  { operation, request }: ExecutorRequest,
  context: RequestContext,
  sources: ReadonlyMap<string, Source>,
): { readonly explain: Explanation | null } | GraphQLError {
  try {
    const terms = readInquiryTerms(request.extensions, context.requestMs);
    if (terms) context.inquiry = terms;
    context.trail.purpose = terms?.purpose ?? null;
    const mode = readExplain(request.extensions);
    if (!mode) return { explain: null };
    return { explain: openExplanation(mode, context, withDefaults(operation, request.variables ?? {}), sources) };
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    return new GraphQLError(error.message, { extensions: { code: error.code, ...error.facts } });
  }
}

/** The answer with the account beside it. Of a plan that was not run nothing is known, so no field is there: not even as null. */
function withAccount(executed: ExecutedAnswer, explanation: Explanation): ExecutedAnswer {
  const explain = explanation.account();
  if (!explain) return executed;
  if (explanation.mode === 'PLAN') return { data: {}, errors: [], missing: [], extensions: { explain } };
  return { ...executed, extensions: { ...executed.extensions, explain } };
}
