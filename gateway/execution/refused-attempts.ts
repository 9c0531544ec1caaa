/**
 * Changes, and searches by an identity number, of a request that is refused as a whole, before any source was asked: attempts at them are
 * recorded as all others are. Whether an attempt is recorded is not the choice of whoever makes it.
 */

import type { ApolloServerPlugin } from '@apollo/server';
import {
  getDirectiveValues,
  getOperationAST,
  GraphQLError,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  OperationTypeNode,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

import { askedIdentity } from '../../common/asked-identity.ts';
import { argumentsOf, type Arguments } from '../horizontal/arguments.ts';
import { fragmentsOf, type Variables } from '../horizontal/selection.ts';
import { withDefaults } from '../horizontal/variables.ts';
import type { RequestContext } from '../request-context.ts';
import { aboutChange } from '../sources/recorded-changes.ts';
import { noteChange, noteSearch, recordQuestions } from '../trail/request-trail.ts';
import { unknownErrors } from './format-error.ts';
import { notRecorded } from './when-recorded.ts';

/** A request of which nothing but the text can be relied on: neither that it is valid nor that it names its operation. */
export interface RefusedRequest {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly request: {
    readonly operationName?: string | null | undefined;
    readonly variables?: Variables | undefined;
  };
}

/**
 * Notes each change and each search that the request asks for as refused, for the first of these reasons; those of all its operations
 * where it names none of them.
 */
export function noteRefused(
  { schema, document, request }: RefusedRequest,
  context: RequestContext,
  [fault]: readonly GraphQLError[],
): void {
  const code: unknown = fault?.extensions['code'];
  const outcome = { status: 'REFUSED', reason: typeof code === 'string' ? code : null };
  for (const operation of operationsOf(document, request.operationName)) {
    const type = schema.getRootType(operation.operation);
    if (!type) continue;
    const variables = withDefaults(operation, request.variables ?? {});
    for (const node of rootFieldsOf(document, operation, variables)) {
      const definition = type.getFields()[node.name.value];
      if (!definition) continue;
      const args = readable(() => argumentsOf(definition, node, variables)) ?? untyped(node, variables);
      const common = { fields: '[]', outcome };
      const number = askedIdentity(args);
      if (operation.operation === OperationTypeNode.MUTATION) {
        noteChange(context, { ...common, change: definition.name, holder: null, ...aboutChange(args) });
      } else if (number !== null) {
        noteSearch(context, { ...common, search: definition.name, number });
      }
    }
  }
}

/**
 * Apollo Server's plugin that records changes and searches of requests that it refuses itself, as invalid or as no POST. Those that it hands
 * on are the executor's to record.
 */
export function refusedAttempts(): ApolloServerPlugin<RequestContext> {
  const withheld = new WeakSet<RequestContext>();
  const listener = {
    async didEncounterErrors({ contextValue, schema, document, request, errors }: Encountered): Promise<void> {
      if (!document || contextValue.trail.isExecuted) return;
      noteRefused({ schema, document, request }, contextValue, errors);
      const recorded = recordQuestions(contextValue.trail);
      if (recorded !== true && !(await recorded)) withheld.add(contextValue);
    },
    willSendResponse({ contextValue, response }: Answered): Promise<void> {
      if (withheld.has(contextValue) && response.body.kind === 'single') {
        response.body.singleResult = { errors: [unknownErrors(notRecorded().toJSON())] };
        response.http.status = 200;
      }
      return Promise.resolve();
    },
  };
  return { requestDidStart: () => Promise.resolve(listener) };
}

type Listener = Exclude<Awaited<ReturnType<NonNullable<ApolloServerPlugin<RequestContext>['requestDidStart']>>>, void>;
type Encountered = Parameters<NonNullable<Listener['didEncounterErrors']>>[0];
type Answered = Parameters<NonNullable<Listener['willSendResponse']>>[0];

function operationsOf(document: DocumentNode, name: string | null | undefined): readonly OperationDefinitionNode[] {
  const named = getOperationAST(document, name);
  return named ? [named] : document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION);
}

/** One for each response key. Fragments of a document that is not valid may hold each other. */
function rootFieldsOf(document: DocumentNode, { selectionSet }: OperationDefinitionNode, variables: Variables) {
  const fragments = fragmentsOf(document);
  const fields = new Map<string, FieldNode>();
  const visit = ({ selections }: SelectionSetNode) => {
    for (const selection of selections) {
      if (!isIncluded(selection, variables)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        if (!fields.has(key)) fields.set(key, selection);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        visit(selection.selectionSet);
      } else {
        const fragment = fragments.get(selection.name.value);
        fragments.delete(selection.name.value);
        if (fragment) visit(fragment.selectionSet);
      }
    }
  };
  visit(selectionSet);
  return fields.values();
}

/** A condition that cannot be read leaves nothing out. */
function isIncluded(node: SelectionSetNode['selections'][number], variables: Variables): boolean {
  const skipped = readable(() => getDirectiveValues(GraphQLSkipDirective, node, variables));
  const included = readable(() => getDirectiveValues(GraphQLIncludeDirective, node, variables));
  return skipped?.['if'] !== true && included?.['if'] !== false;
}

/** Arguments that are not of their types, as they stand. */
function untyped({ arguments: given = [] }: FieldNode, variables: Variables): Arguments {
  return Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value, variables)]));
}

function readable<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
}
