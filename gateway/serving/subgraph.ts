/**
 * One logical subgraph as an ordinary federation subgraph: any engine's question in, its answer out, by the data source that
 * answers the same subgraph inside the hub.
 */

import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  getOperationAST,
  GraphQLError,
  Kind,
  parse,
  specifiedRules,
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';

import type { Answer, Question } from '../../common/wire.ts';
import { unknownErrors } from '../execution/format-error.ts';
import { variableFaults } from '../execution/variables.ts';
import type { Variables } from '../horizontal/selection.ts';
import { withDefaults } from '../horizontal/variables.ts';
import { toOperationEnd } from '../operating/operation-end.ts';
import type { RequestContext } from '../request-context.ts';
import { createDocuments } from './documents.ts';
import { lift, liftVariables, lower } from './lifted.ts';
import { compileParts, type Answering, type AnswerPart, type Outcome, type Sourced } from './parts.ts';
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
  /** The same for a program to read, where the text has directives that no program knows. */
  readonly document?: DocumentNode;
  /** Who answers its fields and entities, each of them by one. */
  readonly sources: readonly Sourced[];
  /** What is served beside the SDL, without a source. */
  readonly machinery?: Machinery;
  /** Whether another hub asks, with the reserved names of hubs. */
  readonly isForHubs?: boolean;
  /** The fields that are read of a type's representations; all of them without it. */
  readonly fieldsOf?: RepresentationForm['fieldsOf'];
}

/** An extension of `Query` and how its fields are answered. */
export interface Machinery {
  readonly sdl: string;
  readonly query: Readonly<Record<string, () => unknown>>;
}

/** A source of everything that a subgraph has. */
export function sourceOfAll(source: Sourced['source']): Sourced {
  return { source, hasRoot: () => true, hasType: () => true, check: () => undefined };
}

/** A question of which everything is known but its variables. */
interface Compiled {
  readonly apart: TakenApart<Sourced>;
  readonly parts: readonly AnswerPart[];
  /** What stands for the reserved prefix of a hub above; null where none asks. */
  readonly prefix: string | null;
}

/** Serves the subgraph of this SDL by these sources. */
export function createServedSubgraph(options: ServedSubgraphOptions): ServedSubgraph {
  const { sdl, sources, fieldsOf, machinery = { sdl: '', query: {} }, isForHubs = false } = options;
  const { definitions } = options.document ?? parse(sdl);
  const typeDefs: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [...definitions, ...(machinery.sdl === '' ? [] : parse(machinery.sdl).definitions)],
  };
  const schema = buildSubgraphSchema({ typeDefs });
  // The text itself: printed from the schema, it would define all that federation defines.
  const answers = { ...machinery.query, _service: () => ({ sdl }) };
  for (const [name, answer] of Object.entries(answers)) schema.getQueryType()!.getFields()[name]!.resolve = answer;
  const answering: Answering = { schema, form: { typeNames: entityNamesOf(typeDefs), fieldsOf } };
  const compile = (document: DocumentNode, operationName: string | undefined, prefix: string | null): Compiled => {
    const apart = takeApart(schema, sources, document, getOperationAST(document, operationName)!);
    return { apart, parts: compileParts(answering, apart), prefix };
  };
  const documents = isForHubs
    ? createDocuments(
        schema,
        (document, { name }) => {
          const lifted = lift(document);
          return compile(lifted.document, name?.value, lifted.prefix);
        },
        specifiedRules,
      )
    : createDocuments(schema, (document, { name }) => compile(document, name?.value, null));
  const answerTo = async (
    { query, variables = {}, operationName }: Question,
    context: RequestContext,
  ): Promise<{ answer: Answer; prefix: string | null }> => {
    const known = documents.of(query, operationName);
    const { data, errors = [] }: Outcome =
      'errors' in known
        ? known
        : await answerAll(schema, known.made, variables, context).catch((fault: unknown) => refused(fault, context));
    const prefix = 'made' in known ? known.made.prefix : null;
    const told = [...context.ledger.errors(), ...errors].map((error) => unknownErrors(error.toJSON()));
    const name = 'made' in known ? known.made.apart.operation.name?.value : operationName;
    context.record.end = toOperationEnd(context, name, data, told);
    const coverage = context.ledger.coverage();
    const answer: Answer = {
      ...(data !== undefined && { data }),
      ...(told.length > 0 && { errors: told }),
      ...(coverage.length > 0 && { extensions: { coverage } }),
    };
    return { answer, prefix };
  };
  return {
    sdl,
    async answer(question, context) {
      const { answer, prefix } = await answerTo(question, context);
      return prefix === null ? answer : lower(answer, prefix);
    },
  };
}

async function answerAll(
  schema: GraphQLSchema,
  { apart, parts, prefix }: Compiled,
  asked: Variables,
  context: RequestContext,
): Promise<Outcome> {
  const given = prefix === null ? asked : liftVariables(asked, prefix);
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
