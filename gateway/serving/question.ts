/**
 * A question of another engine, taken apart once: what the subgraph knows itself, its own root fields, and each `_entities`
 * in the form that the hub's sources read. Engines alias `_entities`, ask it several times, and name variables as they like.
 */

import {
  GraphQLError,
  Kind,
  parse,
  print,
  valueFromASTUntyped,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLUnionType,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
} from 'graphql';

import { narrow } from '../horizontal/narrow.ts';
import {
  applies,
  collectFields,
  fragmentsOf,
  isIncluded,
  type CollectedField,
  type SelectionScope,
  type Variables,
} from '../horizontal/selection.ts';

/** Which of a subgraph's fields and entities one source answers. */
export interface Logical {
  readonly hasRoot: (fieldName: string) => boolean;
  readonly hasType: (typeName: string) => boolean;
  /** Throws GraphQLError for what the source cannot be asked, though the subgraph's schema has it. */
  readonly check: (document: DocumentNode) => void;
}

/** One operation's parts. A part that the operation does not have is null or empty. */
export interface TakenApart<Own extends Logical = Logical> {
  readonly operation: OperationDefinitionNode;
  readonly scope: SelectionScope;
  /** Every root field, in the order in which the engine asked. */
  readonly fields: readonly CollectedField[];
  /** `_service`, introspection, `__typename`: no source is asked. */
  readonly own: DocumentNode | null;
  /** The other root fields, by who answers them. */
  readonly roots: readonly { readonly logical: Own; readonly document: DocumentNode }[];
  readonly entities: readonly EntitiesPart<Own>[];
}

/** One `_entities` of an operation. */
export interface EntitiesPart<Own extends Logical = Logical> {
  readonly key: string;
  readonly field: CollectedField;
  /** Each asks `_entities(representations: $representations)`; none where nothing but `__typename` is wanted. */
  readonly asked: readonly { readonly logical: Own; readonly document: DocumentNode }[];
  isIncluded(variables: Variables): boolean;
  representationsOf(variables: Variables): unknown;
}

/** The variable that sources find representations in; operations may use the name for nothing else inside entities. */
export const representationsName = 'representations';

/** Takes a valid operation apart; throws GraphQLError when a variable stands in the way of the sources' own. */
export function takeApart<Own extends Logical>(
  schema: GraphQLSchema,
  logicals: readonly Own[],
  document: DocumentNode,
  operation: OperationDefinitionNode,
): TakenApart<Own> {
  refuseOtherUse(operation);
  const scope = { schema, fragments: fragmentsOf(document) };
  const rootType = schema.getRootType(operation.operation)!;
  const fields = collectFields(scope, rootType, [{ set: operation.selectionSet, conditions: [] }]);
  const isOwn = ({ name }: CollectedField) => name.startsWith('__') || ownFields.has(name);
  const part = (wanted: readonly CollectedField[]): DocumentNode | null => {
    if (wanted.length === 0) return null;
    const roots = new Set(wanted.map(({ key }) => key));
    return parse(narrow(operation, document, { roots, without: new Set() }).text, { noLocation: true });
  };
  return {
    operation,
    scope,
    fields,
    own: part(fields.filter(isOwn)),
    roots: logicals.flatMap((logical) => {
      const isAsked = ({ name }: CollectedField) => name !== '_entities' && logical.hasRoot(name);
      return checked(logical, part(fields.filter((field) => !isOwn(field) && isAsked(field))));
    }),
    entities: fields
      .filter(({ name }) => name === '_entities')
      .map((field) => ({
        key: field.key,
        field,
        asked: logicals.flatMap((logical) =>
          checked(logical, toEntitiesDocument(scope, document, operation, field, logical)),
        ),
        isIncluded: (variables) => isIncluded(field, variables),
        representationsOf: (variables) =>
          valueFromASTUntyped(field.uses[0]!.node.arguments![0]!.value, { ...variables }),
      })),
  };
}

/** What a subgraph answers without a source. */
const ownFields: ReadonlySet<string> = new Set(['_service', '_member']);

function checked<Own extends Logical>(logical: Own, document: DocumentNode | null) {
  if (!document) return [];
  logical.check(document);
  return [{ logical, document }];
}

function refuseOtherUse({ variableDefinitions = [] }: OperationDefinitionNode): void {
  const own = variableDefinitions.find(({ variable }) => variable.name.value === representationsName);
  if (own === undefined || print(own.type) === print(representationsDefinition.type)) return;
  throw new GraphQLError(
    `$${representationsName} has to be ${print(representationsDefinition.type)}. Choose another name.`,
    {
      nodes: own,
    },
  );
}

function toEntitiesDocument(
  scope: SelectionScope,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { uses }: CollectedField,
  { hasType }: Logical,
): DocumentNode | null {
  const union = scope.schema.getType('_Entity') as GraphQLUnionType;
  // Sources add what they need to each type's own fragment: it has to count whatever conditions stand inside.
  const types = union.getTypes().filter(({ name }) => hasType(name));
  const selections = types.flatMap((type): InlineFragmentNode[] => {
    const wanted = uses.flatMap(({ node }) => withConditions(node.directives, ofType(scope, type, node.selectionSet!)));
    return wanted.length === 0 ? [] : [fragmentOn(wanted, type.name)];
  });
  if (selections.length === 0) return null;
  const field: FieldNode = {
    kind: Kind.FIELD,
    name: { kind: Kind.NAME, value: '_entities' },
    arguments: [
      {
        kind: Kind.ARGUMENT,
        name: { kind: Kind.NAME, value: representationsName },
        value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: representationsName } },
      },
    ],
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
  const others = (operation.variableDefinitions ?? []).filter(
    ({ variable }) => variable.name.value !== representationsName,
  );
  const asked: OperationDefinitionNode = {
    ...operation,
    variableDefinitions: [representationsDefinition, ...others],
    selectionSet: { kind: Kind.SELECTION_SET, selections: [field] },
  };
  return parse(narrow(asked, document, { roots: new Set(['_entities']), without: new Set() }).text, {
    noLocation: true,
  });
}

/** What a set of `_entities` selects of one type, without the fragments that choose the type. */
function ofType(scope: SelectionScope, type: GraphQLObjectType, { selections }: SelectionSetNode): SelectionNode[] {
  return selections.flatMap((selection): SelectionNode[] => {
    // The type's name is known from the representation.
    if (selection.kind === Kind.FIELD) return [];
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? scope.fragments.get(selection.name.value)! : selection;
    const condition = fragment.typeCondition?.name.value;
    if (!applies(scope, condition, type)) return [];
    const isUnion = condition === undefined || condition === '_Entity';
    const inner = isUnion ? ofType(scope, type, fragment.selectionSet) : fragment.selectionSet.selections;
    return withConditions(selection.directives, inner);
  });
}

function withConditions(directives: readonly DirectiveNode[] | undefined, selections: readonly SelectionNode[]) {
  if (selections.length === 0 || !directives || directives.length === 0) return [...selections];
  return [{ ...fragmentOn(selections), directives }];
}

function fragmentOn(selections: readonly SelectionNode[], typeName?: string): InlineFragmentNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    ...(typeName !== undefined && {
      typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: typeName } },
    }),
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
}

const representationsDefinition = (
  parse(`query ($${representationsName}: [_Any!]!) { __typename }`, { noLocation: true })
    .definitions[0] as OperationDefinitionNode
).variableDefinitions![0] as VariableDefinitionNode;
