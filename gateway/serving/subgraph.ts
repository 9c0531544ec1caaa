/**
 * One logical subgraph as an ordinary federation subgraph: any engine's question in, its answer out, by the data source that
 * answers the same subgraph inside the hub.
 */

import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLDataSource } from '@apollo/gateway';
import { GraphQLError, Kind, parse, type ConstDirectiveNode, type DocumentNode, type GraphQLSchema } from 'graphql';

import type { Answer, Question } from '../../common/wire.ts';
import { unknownErrors } from '../execution/format-error.ts';
import { variableFaults } from '../execution/variables.ts';
import type { Variables } from '../horizontal/selection.ts';
import { withDefaults } from '../horizontal/variables.ts';
import { toOperationEnd } from '../operating/operation-end.ts';
import type { RequestContext } from '../request-context.ts';
import { createDocuments } from './documents.ts';
import { compileParts, type Answering, type AnswerPart, type Outcome } from './parts.ts';
import { takeApart, type TakenApart } from './question.ts';
import type { RepresentationForm } from './representations.ts';

export interface ServedSubgraph {
  /** What `_service` tells of it. */
  readonly sdl: string;
  /** Never rejects: whatever goes wrong is in the answer's errors, and in the context's record. */
  answer(question: Question, context: RequestContext): Promise<Answer>;
}

export interface ServedSubgraphOptions {
  readonly sdl: string;
  readonly source: GraphQLDataSource<RequestContext>;
  /** The fields that are read of a type's representations; all of them without it. */
  readonly fieldsOf?: RepresentationForm['fieldsOf'];
}

/** A question of which everything is known but its variables. */
interface Compiled {
  readonly apart: TakenApart;
  readonly parts: readonly AnswerPart[];
}

/** Serves the subgraph of this SDL by this source. */
export function createServedSubgraph({ sdl, source, fieldsOf }: ServedSubgraphOptions): ServedSubgraph {
  const typeDefs = parse(sdl);
  const schema = buildSubgraphSchema({ typeDefs });
  // The text itself: printed from the schema, it would define all that federation defines.
  schema.getQueryType()!.getFields()['_service']!.resolve = () => ({ sdl });
  const answering: Answering = { schema, source, form: { typeNames: entityNamesOf(typeDefs), fieldsOf } };
  const documents = createDocuments(schema, (document, operation): Compiled => {
    const apart = takeApart(schema, document, operation);
    return { apart, parts: compileParts(answering, apart) };
  });
  return {
    sdl,
    async answer({ query, variables = {}, operationName }, context) {
      const known = documents.of(query, operationName);
      const { data, errors = [] }: Outcome =
        'errors' in known
          ? known
          : await answerAll(schema, known.made, variables, context).catch((fault: unknown) => refused(fault, context));
      const told = [...context.ledger.errors(), ...errors].map((error) => unknownErrors(error.toJSON()));
      const name = 'made' in known ? known.made.apart.operation.name?.value : operationName;
      context.record.end = toOperationEnd(context, name, data, told);
      const coverage = context.ledger.coverage();
      return {
        ...(data !== undefined && { data }),
        ...(told.length > 0 && { errors: told }),
        ...(coverage.length > 0 && { extensions: { coverage } }),
      };
    },
  };
}

async function answerAll(
  schema: GraphQLSchema,
  { apart, parts }: Compiled,
  given: Variables,
  context: RequestContext,
): Promise<Outcome> {
  const faults = variableFaults(schema, apart.operation, given);
  if (faults.length > 0) return { errors: faults };
  const variables = withDefaults(apart.operation, given, schema);
  const outcomes = await Promise.all(parts.map((answer) => answer(variables, context)));
  const found = new Map(outcomes.flatMap(({ data }) => Object.entries(data ?? {})));
  // As a client of GraphQL may expect, in the order of the question.
  const data: Record<string, unknown> = Object.fromEntries(
    apart.fields.flatMap(({ key }) => (found.has(key) ? [[key, found.get(key)]] : [])),
  );
  return { data, errors: outcomes.flatMap(({ errors = [] }) => errors) };
}

/** The whole question is refused when it is wrong, and when we are. */
function refused(fault: unknown, { record }: RequestContext): Outcome {
  if (fault instanceof GraphQLError) return { errors: [fault] };
  record.faults.push(fault);
  return { data: null, errors: [new GraphQLError('Something is wrong here.', { extensions: { code: 'INTERNAL' } })] };
}

/** The types with a key by which they can be asked for here. */
function entityNamesOf({ definitions }: DocumentNode): readonly string[] {
  return definitions.flatMap((definition) => {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION) return [];
    const keys = (definition.directives ?? []).filter(({ name }) => name.value === 'key');
    return keys.some(isResolvable) ? [definition.name.value] : [];
  });
}

function isResolvable({ arguments: given = [] }: ConstDirectiveNode): boolean {
  const resolvable = given.find(({ name }) => name.value === 'resolvable')?.value;
  return !(resolvable?.kind === Kind.BOOLEAN && !resolvable.value);
}
