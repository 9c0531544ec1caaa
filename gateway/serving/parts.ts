/** The parts of a question, each with its way to an answer: the subgraph itself, or the source behind it. */

import type { GraphQLDataSource } from '@apollo/gateway';
import {
  execute,
  type DocumentNode,
  type GraphQLError,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLUnionType,
} from 'graphql';

import { subselectionsOf, type Variables } from '../horizontal/selection.ts';
import type { ResponsePath } from '../ledger/ledger.ts';
import type { RequestContext } from '../request-context.ts';
import { toFetchOptions } from '../sources/fetch.ts';
import { compileField, compileObject, type Project } from './projection.ts';
import { representationsName, type EntitiesPart, type Logical, type TakenApart } from './question.ts';
import { toRepresentations, type RepresentationForm } from './representations.ts';

/** What came of a part: data by response key, and what went wrong beside what the request's ledger knows. */
export interface Outcome {
  readonly data?: Readonly<Record<string, unknown>> | null | undefined;
  readonly errors?: readonly GraphQLError[] | undefined;
}

export type AnswerPart = (variables: Variables, context: RequestContext) => Promise<Outcome>;

/** Who answers: the schema for what the subgraph itself knows, sources for its rows. */
export interface Answering {
  readonly schema: GraphQLSchema;
  readonly form: RepresentationForm;
}

/** Fields and entities with the source that answers them. */
export interface Sourced extends Logical {
  readonly source: GraphQLDataSource<RequestContext>;
}

/** Compiles the parts of a question. */
export function compileParts(answering: Answering, apart: TakenApart<Sourced>): AnswerPart[] {
  return [
    ...(apart.own ? [compileOwn(answering, apart.own)] : []),
    ...apart.roots.map(({ logical, document }) => compileRoots(answering, apart, logical, document)),
    ...apart.entities.map((part) => compileEntities(answering, apart, part)),
  ];
}

function compileOwn({ schema }: Answering, document: DocumentNode): AnswerPart {
  return async (variables) => execute({ schema, document, variableValues: variables });
}

function compileRoots(
  answering: Answering,
  { operation, scope, fields }: TakenApart<Sourced>,
  { source }: Sourced,
  document: DocumentNode,
): AnswerPart {
  const type = answering.schema.getRootType(operation.operation)!;
  const projections = new Map(fields.map((field) => [field.key, compileField(scope, type, field)]));
  return async (variables, context) => {
    const { data, errors } = await ask(source, document, variables, context, []);
    const told = Object.entries(data ?? {}).map(([key, value]) => [key, projections.get(key)?.(value, variables)]);
    return { data: Object.fromEntries(told) as Record<string, unknown>, errors };
  };
}

function compileEntities(
  answering: Answering,
  { scope }: TakenApart<Sourced>,
  part: EntitiesPart<Sourced>,
): AnswerPart {
  const { key, asked } = part;
  const types = (answering.schema.getType('_Entity') as GraphQLUnionType).getTypes();
  const projections = new Map<unknown, Project>(
    types.map((type: GraphQLObjectType) => [type.name, compileObject(scope, type, subselectionsOf(part.field))]),
  );
  return async (variables, context) => {
    if (!part.isIncluded(variables)) return {};
    const representations = toRepresentations(part.representationsOf(variables), answering.form);
    // Where nothing but names of types is asked, they are known.
    const found: unknown[] = [...representations];
    const errors: GraphQLError[] = [];
    const askOne = async ({ logical, document }: (typeof asked)[number]) => {
      const places = [...representations.keys()].filter((at) =>
        logical.hasType(String(representations[at]!['__typename'])),
      );
      if (places.length === 0) return;
      const own = { ...variables, [representationsName]: places.map((at) => representations[at]) };
      const outcome = await ask(logical.source, document, own, context, [key, '@']);
      const entities = (outcome.data?.['_entities'] ?? []) as readonly unknown[];
      for (const [index, at] of places.entries()) found[at] = entities[index] ?? null;
      errors.push(...(outcome.errors ?? []));
    };
    await Promise.all(asked.map(askOne));
    const told = representations.map(({ __typename: name }, at) => projections.get(name)!(found[at], variables));
    return { data: { [key]: told }, errors };
  };
}

async function ask(
  source: Sourced['source'],
  document: DocumentNode,
  variables: Variables,
  context: RequestContext,
  path: ResponsePath,
): Promise<Outcome> {
  return (await source.process(toFetchOptions({ document, variables, context, path }))) as Outcome;
}
