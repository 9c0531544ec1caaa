/** A fetch from a subgraph whose entities have one holder each: its parts, and the questions made of them. */

import {
  getNamedType,
  getNullableType,
  getOperationAST,
  OperationTypeNode,
  TypeInfo,
  Kind,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type InlineFragmentNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

import { wholeCapability, type Capability } from '../../schema/horizontal/drift/capability.ts';
import { argumentsOf } from '../horizontal/arguments.ts';
import { compileAnswerCheck, type CheckAnswer } from '../horizontal/answer-check.ts';
import { compileCapable, type CapableQuestion } from '../horizontal/capable.ts';
import { hiddenField, withHidden } from '../horizontal/hidden.ts';
import { narrow, type NarrowedQuestion } from '../horizontal/narrow.ts';
import {
  collectFields,
  fragmentsOf,
  isIncluded,
  type CollectedField,
  type Variables,
} from '../horizontal/selection.ts';
import { keysOf, type AskedKeys } from '../horizontal/asked-keys.ts';
import { withDefaults } from '../horizontal/variables.ts';
import type { WholeSelection } from '../horizontal/whole-rows.ts';
import {
  compileAskedEntities,
  compileAskedRoots,
  tellsOutcome,
  withOutcome,
  type AskedFields,
} from '../trail/asked-fields.ts';
import { withChangedThings } from './changed-things.ts';
import { compileOwnRows, type KeepOwnRows } from './foreign-rows.ts';
import type { OwnedTypes } from './owned-types.ts';

/** One root field of the fetch. */
export interface OwnedRoot {
  readonly key: string;
  readonly name: string;
  isIncluded(variables: Variables): boolean;
  argsOf(variables: Variables): Readonly<Record<string, unknown>>;
}

export interface OwnedPlan {
  readonly isEntities: boolean;
  /** Whether the fetch changes something: what is not answered may have happened. */
  readonly isMutation: boolean;
  readonly roots: readonly OwnedRoot[];
  /** Its response keys. */
  readonly asked: AskedKeys;
  /** Takes rows of others out of an answer. */
  readonly keepOwn: KeepOwnRows;
  /** Takes out of an answer what does not conform. */
  readonly check: CheckAnswer;
  /** Variables with the operation's defaults filled in. */
  complete(variables: Variables): Record<string, unknown>;
  /** What is asked of entities by the name of their type, and of each root field; null where nobody records it. Changes are recorded. */
  readonly recorded: RecordedFields | null;
  /** What it asks of each entity, where that can be asked for in another place: of one type, without named fragments. */
  readonly wholeRows: WholeSelection | null;
  /** The question with these root fields only, as far as the holder's program has them. */
  questionFor(keys: readonly string[], variables: Variables, capability?: Capability): CapableQuestion;
}

export interface RecordedFields {
  readonly entities: ReadonlyMap<string, AskedFields>;
  /** By the root field's key. */
  readonly roots: ReadonlyMap<string, AskedFields>;
}

/**
 * Compiles a fetch; entities are asked to echo their type and keys. Where questions are recorded inquiries are asked to
 * tell what became of them, and changes what they are about.
 */
export function compileOwned(document: DocumentNode, types: OwnedTypes, isRecorded = false): OwnedPlan {
  const isMutation = getOperationAST(document)!.operation === OperationTypeNode.MUTATION;
  const echoing = withEchoedKeys(document, types);
  const shown = isRecorded ? withOutcomes(echoing, types) : echoing;
  // What a change is about is set aside before its answer is held against the question.
  const prepared = isMutation ? withEchoedKeys(withChangedThings(shown, types.schema), types) : shown;
  const operation = getOperationAST(prepared)!;
  const rootType = types.schema.getRootType(operation.operation)!;
  const scope = { schema: types.schema, fragments: fragmentsOf(shown) };
  const set = getOperationAST(shown)!.selectionSet;
  // The name of the root's type is the executor's to say.
  const fields = collectFields(scope, rootType, [{ set, conditions: [] }]).filter(({ name }) => name !== '__typename');
  const roots = fields.map((field) => toRoot(rootType, field));
  const fit = compileCapable(types.schema, prepared);
  const questions = new Map<string, NarrowedQuestion>();
  return {
    isEntities: roots.some((root) => root.name === '_entities'),
    isMutation,
    roots,
    asked: keysOf(prepared),
    keepOwn: compileOwnRows(types, shown, rootType, fields),
    check: compileAnswerCheck(types.schema, shown, types.names, { wholeValues: true }),
    wholeRows: wholeRowsOf(operation, types),
    recorded: isRecorded || isMutation ? recordedFields(document, types, rootType) : null,
    complete: (variables) => withDefaults(operation, variables, types.schema),
    questionFor(keys, variables, capability = wholeCapability) {
      if (!capability.isWhole) return fit(capability, { roots: new Set(keys), without: new Set() }, variables);
      const name = keys.length === 1 ? keys[0]! : keys.join(' ');
      let known = questions.get(name);
      if (!known) {
        known = narrow(operation, prepared, { roots: new Set(keys), without: new Set() });
        questions.set(name, known);
      }
      return { text: known.text, used: known.used, roots: keys, unasked: [], variables };
    },
  };
}

function wholeRowsOf(
  { selectionSet, variableDefinitions = [] }: OperationDefinitionNode,
  { keyFieldsOf }: OwnedTypes,
): WholeSelection | null {
  const [root, ...others] = selectionSet.selections;
  if (root?.kind !== Kind.FIELD || root.name.value !== '_entities' || !root.selectionSet || others.length > 0)
    return null;
  const types = root.selectionSet.selections.map((one) =>
    one.kind === Kind.INLINE_FRAGMENT ? one.typeCondition?.name.value : undefined,
  );
  const [typeName] = types;
  if (typeName === undefined || types.some((own) => own !== typeName)) return null;
  const used = new Set<string>();
  const fragments = new Set<string>();
  visit(root.selectionSet, {
    FragmentSpread: ({ name }) => void fragments.add(name.value),
    Variable: ({ name }) => void used.add(name.value),
  });
  const variables = variableDefinitions.filter(({ variable }) => used.has(variable.name.value));
  const keyFields = keyFieldsOf(typeName);
  return fragments.size > 0 ? null : { typeName, keyFields, selectionSet: root.selectionSet, variables };
}

/** From the document as the planner made it: what the hub asks for itself is nobody's question. */
function recordedFields(document: DocumentNode, types: OwnedTypes, rootType: GraphQLObjectType): RecordedFields {
  const scope = { schema: types.schema, fragments: fragmentsOf(document) };
  const set = getOperationAST(document)!.selectionSet;
  const fields = collectFields(scope, rootType, [{ set, conditions: [] }]);
  const entities = fields.find(({ name }) => name === '_entities');
  return {
    entities: entities ? compileAskedEntities(scope, types.names, entities) : new Map(),
    roots: compileAskedRoots(scope, rootType, fields),
  };
}

/** Inquiries, which are fields of entities or roots, tell what became of them, whether the client asks for it or not. */
function withOutcomes(document: DocumentNode, { schema, names }: OwnedTypes): DocumentNode {
  const types = new TypeInfo(schema);
  const asked = new Set<unknown>([...names.map((name) => schema.getType(name)), ...rootTypes(schema)]);
  return visit(
    document,
    visitWithTypeInfo(types, {
      Field: {
        leave(node) {
          const isInquiry = asked.has(types.getParentType()) && tellsOutcome(getNullableType(types.getType()));
          return isInquiry && node.selectionSet ? { ...node, selectionSet: withOutcome(node.selectionSet) } : undefined;
        },
      },
    }),
  );
}

function rootTypes(schema: GraphQLSchema): unknown[] {
  return [schema.getQueryType(), schema.getMutationType()];
}

function toRoot(rootType: GraphQLObjectType, field: CollectedField): OwnedRoot {
  return {
    key: field.key,
    name: field.name,
    isIncluded: (variables) => isIncluded(field, variables),
    argsOf(variables) {
      const definition = rootType.getFields()[field.name];
      return definition ? argumentsOf(definition, field.uses[0]!.node, variables) : {};
    },
  };
}

/** Entities echo type and keys, root rows their keys, and every owned row inside them the key that names its holder. */
function withEchoedKeys(document: DocumentNode, { schema, keyFieldsOf, ownerKeyOf }: OwnedTypes): DocumentNode {
  const keysOf = (typeName: string) => keyFieldsOf(typeName).map((name) => hiddenField(name));
  const types = new TypeInfo(schema);
  const fragments = fragmentsOf(document);
  return visit(
    document,
    visitWithTypeInfo(types, {
      SelectionSet: {
        leave(set) {
          const ownerKey = ownerKeyOf(types.getParentType()?.name ?? '');
          return ownerKey === null ? undefined : withHidden(set, hiddenField(ownerKey));
        },
      },
      Field(node) {
        if (!node.selectionSet) return undefined;
        if (node.name.value === '_entities')
          return { ...node, selectionSet: withEntityKeys(node.selectionSet, keysOf, fragments) };
        const parent = types.getParentType();
        if (parent !== schema.getQueryType()) return undefined;
        const keys = keysOf(getNamedType(types.getType())?.name ?? '');
        return keys.length === 0 ? undefined : { ...node, selectionSet: withHidden(node.selectionSet, ...keys) };
      },
    }),
  );
}

/** Whatever of an entity is asked under a condition, or inside a fragment of fragments: who it is, is asked in every case. */
function withEntityKeys(
  set: SelectionSetNode,
  keysOf: (typeName: string) => FieldNode[],
  fragments: Fragments,
): SelectionSetNode {
  const hiddenOf = (typeName: string) => [hiddenField('__typename'), ...keysOf(typeName)];
  const sure = new Set<string>();
  const selections = set.selections.map((selection) => {
    if (selection.kind !== Kind.INLINE_FRAGMENT || !selection.typeCondition) return selection;
    const typeName = selection.typeCondition.name.value;
    if ((selection.directives?.length ?? 0) === 0) sure.add(typeName);
    return { ...selection, selectionSet: withHidden(selection.selectionSet, ...hiddenOf(typeName)) };
  });
  const unsure = [...typesIn(set, fragments)].filter((typeName) => !sure.has(typeName));
  return { ...set, selections: [...selections, ...unsure.map((typeName) => fragmentOn(typeName, hiddenOf(typeName)))] };
}

type Fragments = ReturnType<typeof fragmentsOf>;

/** The types that entities are asked as, also inside named fragments and fragments without a type. */
function typesIn({ selections }: SelectionSetNode, fragments: Fragments): Set<string> {
  return new Set(
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [];
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (fragment?.typeCondition) return [fragment.typeCondition.name.value];
      return fragment ? [...typesIn(fragment.selectionSet, fragments)] : [];
    }),
  );
}

function fragmentOn(typeName: string, selections: readonly FieldNode[]): InlineFragmentNode {
  return {
    kind: Kind.INLINE_FRAGMENT,
    typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: typeName } },
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  };
}
