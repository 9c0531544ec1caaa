/** One fetch: the objects it is about, what is told of them, the question to a source, and where the answer goes. */

import { SpanKind } from '@opentelemetry/api';
import { isObjectType, parse, type DocumentNode, type GraphQLSchema } from 'graphql';
import type { FetchNode } from '@apollo/query-planner';

import type { RowsAhead } from '../../horizontal/whole-rows.ts';
import { inSpan } from '../../operating/span.ts';
import type { RequestContext } from '../../request-context.ts';
import type { VerbatimFields } from '../../verbatim.ts';
import { toFetchOptions } from '../../sources/fetch.ts';
import { openAhead } from './ahead.ts';
import { liftError, toThrown } from './lifted.ts';
import { isRow, pathsAt, rowsAt, type Row } from './places.ts';
import { compileRepresentations, type Told } from './representations.ts';
import { compileRewrites } from './rewrites.ts';
import type { Moment, Run, Runner } from './running.ts';
import type { Response } from './source.ts';
import type { FetchStep } from './steps.ts';
import { askOnce } from './twins.ts';
import { compileUnite, unite } from './unite.ts';
import { variablesOf } from './variables-of.ts';

/** Where the answer to each question goes. */
type Put = (run: Run, data: Row) => void;

export interface FetchParts {
  /** The fetches of this page's rows that begin next; none for other fetches. */
  readonly rows?: readonly FetchStep[];
  /** What may stay as it comes. */
  readonly verbatim?: VerbatimFields | undefined;
}

export function compileFetch(step: FetchStep, schema: GraphQLSchema, { rows = [], verbatim }: FetchParts = {}): Runner {
  const { node, path } = step;
  const run = node.requires
    ? compileEntityFetch(step, node.requires, schema, verbatim)
    : compileRootFetch(step, schema, rows);
  return async (own, moment) => {
    try {
      await run(own, moment);
    } catch (error) {
      own.errors.push(toThrown(error, path));
    }
  };
}

function compileRootFetch(step: FetchStep, schema: GraphQLSchema, rows: readonly FetchStep[]): Runner {
  const send = compileQuestion(step, documentOf(step.node));
  const rewrite = compileRewrites(schema, step.node.outputRewrites);
  const put: Put = ({ data }, came) => {
    rewrite?.(came);
    for (const row of rowsAt(data, step.path)) unite(row, came);
  };
  return async (run) => {
    const response = await send(run, variablesOf(step.node, run), openAhead(rows, run));
    tell(response, step, run, () => []);
    if (isRow(response.data)) put(run, response.data);
  };
}

function compileEntityFetch(
  step: FetchStep,
  requires: NonNullable<FetchNode['requires']>,
  schema: GraphQLSchema,
  verbatim: VerbatimFields | undefined,
): Runner {
  const { node, path } = step;
  const document = documentOf(node);
  const send = compileQuestion(step, document, verbatim);
  const represent = compileRepresentations(schema, requires, node.inputRewrites);
  const rewrite = compileRewrites(schema, node.outputRewrites);
  // What was renamed stands under another key than it was asked for.
  const uniteOwn = rewrite ? unite : compileUnite(document);
  return async (run, moment) => {
    const { rows, told: all } = entitiesOf(step, run, moment, represent);
    const { representations, placeOf, untold } = all;
    const variables = variablesOf(node, run);
    if (untold.length > 0) {
      const { context, sources } = run;
      sources[node.serviceName]?.noteUntold?.({ document, variables, context, path }, untold);
    }
    if (representations.length === 0) return;
    const told = { ...variables, representations };
    const response = await send(run, told, run.ahead?.get(node));
    tell(response, step, run, (place) => {
      const paths = pathsAt(run.data, path);
      return paths.filter((_, index) => placeOf[index] === place);
    });
    if (!isRow(response.data)) return;
    const came = response.data['_entities'];
    if (!Array.isArray(came) || came.length !== representations.length) {
      throw new Error(`${node.serviceName} gave no answer for each of ${representations.length} entities.`);
    }
    const entities = came as unknown[];
    for (let place = 0; rewrite && place < entities.length; place += 1) {
      const entity = entities[place];
      if (!isRow(entity)) continue;
      entity['__typename'] ??= representations[place]!['__typename'];
      rewrite(entity);
    }
    for (let index = 0; index < placeOf.length; index += 1) {
      // Of -1 there is none.
      const entity = entities[placeOf[index]!];
      if (isRow(entity)) uniteEntity(schema, rows[index]!, entity, uniteOwn);
    }
  };
}

/** A subgraph that knows an interface alone calls the object by it; what kind of object it is was known before. */
function uniteEntity(schema: GraphQLSchema, row: Row, entity: Row, uniteOwn: typeof unite): void {
  const typeName = row['__typename'];
  uniteOwn(row, entity);
  if (typeName !== row['__typename'] && isObjectType(schema.getType(String(typeName)))) row['__typename'] = typeName;
}

/** The objects and what is told of them: looked for once by all fetches that begin together. */
function entitiesOf(
  { about, telling, path }: FetchStep,
  { data }: Run,
  moment: Moment,
  represent: (rows: readonly Row[]) => Told,
): { readonly rows: readonly Row[]; readonly told: Told } {
  const rows = moment.rows.get(about) ?? rowsAt(data, path);
  moment.rows.set(about, rows);
  const told = moment.told.get(telling!) ?? represent(rows);
  moment.told.set(telling!, told);
  return { rows, told };
}

type Send = (run: Run, variables: Record<string, unknown>, ahead: RowsAhead | undefined) => Promise<Response>;

/** Sources keep what they compile by this object. */
function documentOf({ operationDocumentNode, operation }: FetchNode): DocumentNode {
  return operationDocumentNode ?? parse(operation, { noLocation: true });
}

function compileQuestion(step: FetchStep, document: DocumentNode, verbatim?: VerbatimFields): Send {
  const { node, path, twins } = step;
  const { serviceName } = node;
  return (run, variables, ahead) => {
    const source = run.sources[serviceName];
    if (!source) throw new Error(`Nobody answers for the subgraph "${serviceName}".`);
    const ask = (context: RequestContext) => {
      const taken = run.isWritten ? verbatim : undefined;
      const options = toFetchOptions({ document, variables, context, path, ahead, verbatim: taken });
      options.request.query = node.operation;
      if (node.operationName !== undefined) options.request.operationName = node.operationName;
      const attributes = { service: serviceName };
      const span = { name: 'gateway.fetch', kind: SpanKind.INTERNAL, attributes, parent: context.record.trace };
      return inSpan(span, () => source.process(options));
    };
    if (twins === null || !run.underWay) return ask(run.context);
    return askOnce(run.underWay, { twins, variables, path }, run.context, ask);
  };
}

function tell(
  { errors }: Response,
  { path, node }: FetchStep,
  run: Run,
  pathsOf: (place: number) => readonly (readonly (string | number)[])[],
): void {
  for (const error of errors ?? []) run.errors.push(...liftError(error, { path, node, pathsOf }));
}
