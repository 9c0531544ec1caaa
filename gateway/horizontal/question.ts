/**
 * What members are asked instead of the planner's own fetch: the hub's hidden fields are added (cursors, keys, what
 * merges go by), and what the hub makes itself (coverage) is asked in the one form that it can read.
 */

import {
  Kind,
  TypeInfo,
  isObjectType,
  print,
  visit,
  visitWithTypeInfo,
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type SelectionSetNode,
  type ValueNode,
  type VariableDefinitionNode,
} from 'graphql';

import { objectOf, type Contract } from '../../schema/horizontal/contract.ts';
import { orderFieldsOf } from '../../schema/horizontal/refusals.ts';
import { orderKeyOf, hiddenField, hiddenPrefix, plainField, withHidden } from './hidden.ts';

/** An `after` argument: members get their own position in it, in a variable of the hub. */
export interface CursorSlot {
  readonly variable: string;
  /** The value as the client gave it: a literal or a variable. */
  readonly value: ValueNode;
}

/** The page size of a root field: members get their share of it, in a variable of the hub. */
export interface SizeSlot {
  readonly variable: string;
  /** The root fields that ask for the same, by their response keys. */
  readonly keys: Set<string>;
}

/** A question to members, and which of its variables the hub fills in. */
export interface PreparedQuestion {
  readonly question: DocumentNode;
  readonly cursors: readonly CursorSlot[];
  readonly sizes: readonly SizeSlot[];
}

/** The planner's fetch document, made ready for members of this contract. */
export function prepareQuestion(contract: Contract, document: DocumentNode): PreparedQuestion {
  const types = new TypeInfo(contract.schema);
  const cursors: CursorSlot[] = [];
  const sizes = new Map<string, SizeSlot>();
  const sized = (node: FieldNode): FieldNode => {
    const args = node.arguments ?? [];
    const words = [node.name.value, ...args.map(print).sort()].join(' ');
    const slot = sizes.get(words) ?? { variable: `${hiddenPrefix}first${sizes.size}`, keys: new Set() };
    sizes.set(words, slot);
    slot.keys.add(node.alias?.value ?? node.name.value);
    return withArguments(node, { first: slot.variable });
  };
  const question = visit(
    document,
    visitWithTypeInfo(types, {
      Argument(node) {
        const parent = types.getParentType();
        const field = types.getFieldDef();
        if (node.name.value !== 'after' || !parent || !field) return undefined;
        if (contract.mergeOf(parent.name, field.name)?.by !== 'PAGE') return undefined;
        // A field that stands in several selections is one field, so its arguments have to stay the same.
        const known = cursors.find(({ value }) => print(value) === print(node.value));
        const variable = known?.variable ?? `${hiddenPrefix}after${cursors.length}`;
        if (!known) cursors.push({ variable, value: node.value });
        return { ...node, value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variable } } };
      },
      Field: {
        leave(node) {
          const parent = types.getParentType();
          // A client's coverage is made by the hub from the hidden one.
          if (!isObjectType(parent)) return undefined;
          if (node.name.value === 'coverage' && isCovered(parent)) return null;
          if (isRootPage(contract, parent, node)) return sized(node);
          const keys = itemKeysOf(contract, parent, node.name.value);
          if (keys.length === 0 || !node.selectionSet) return undefined;
          return { ...node, selectionSet: withHidden(node.selectionSet, ...keys.map((name) => hiddenField(name))) };
        },
      },
      SelectionSet: {
        leave(set) {
          const type = types.getParentType();
          if (!isObjectType(type)) return undefined;
          return withHidden(set, ...hiddenFieldsOf(contract, type, set));
        },
      },
    }),
  );
  // Named fragments stand behind the operation, so its variables are known only now.
  const added = [
    ...cursors.map(({ variable }) => definitionOf(variable, 'String')),
    ...[...sizes.values()].map(({ variable }) => definitionOf(variable, 'Int')),
  ];
  return { question: withVariables(question, added), cursors, sizes: [...sizes.values()] };
}

/** Whether a field is a page at the root, of which members may be asked for a share each. */
export function isRootPage(contract: Contract, parent: GraphQLObjectType, { name }: FieldNode): boolean {
  return parent === contract.schema.getQueryType() && contract.mergeOf(parent.name, name.value)?.by === 'PAGE';
}

/** A field with variables of the hub in place of these arguments. */
export function withArguments(node: FieldNode, variables: Readonly<Record<string, string>>): FieldNode {
  const added = Object.entries(variables).map(([name, variable]): ArgumentNode => ({
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: name },
    value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variable } },
  }));
  const kept = (node.arguments ?? []).filter(({ name }) => !(name.value in variables));
  return { ...node, arguments: [...kept, ...added] };
}

/** A document whose operation has these variables too. */
export function withVariables(document: DocumentNode, added: readonly VariableDefinitionNode[]): DocumentNode {
  return visit(document, {
    OperationDefinition: (node) => ({ ...node, variableDefinitions: [...(node.variableDefinitions ?? []), ...added] }),
  });
}

/** The definition of a variable that may be null. */
export function definitionOf(variable: string, typeName: 'Int' | 'String'): VariableDefinitionNode {
  return {
    kind: Kind.VARIABLE_DEFINITION,
    variable: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variable } },
    type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: typeName } },
  };
}

/** Connections and statistics carry coverage. */
export function isCovered(type: GraphQLObjectType): boolean {
  return 'coverage' in type.getFields();
}

function hiddenFieldsOf(contract: Contract, type: GraphQLObjectType, set: SelectionSetNode): FieldNode[] {
  const fields = type.getFields();
  const hidden: FieldNode[] = [];
  if (isCovered(type)) hidden.push(coverageField(type));
  if ('edges' in fields && 'pageInfo' in fields) {
    hidden.push(hiddenField('pageInfo', [plainField('hasNextPage')]));
    if (!hasPlainField(set, 'edges')) hidden.push(hiddenField('edges', edgeFields(contract, fields['edges'])));
  }
  if ('cursor' in fields && 'node' in fields) {
    hidden.push(hiddenField('cursor'));
    if (!hasPlainField(set, 'node')) hidden.push(hiddenField('node', nodeFields(contract, fields['node'])));
  }
  const entity = contract.entities.get(type.name);
  if (entity && !entity.foreign) hidden.push(...entity.keyFields.map((name) => hiddenField(name)));
  if (entity && !entity.foreign && entity.ownerKey === null) hidden.push(hiddenField('__typename'));
  for (const field of Object.values(fields)) {
    const merge = contract.mergeOf(type.name, field.name);
    if (merge?.by !== 'FIRST_BY' || merge.key === null) continue;
    const orderField = merge.key;
    hidden.push(
      ...keysOf(set, field.name).map((key) => hiddenField(orderField, undefined, orderKeyOf(orderField, key))),
    );
  }
  return hidden;
}

/** The fields by which the items of this list are ordered or united. */
function itemKeysOf(contract: Contract, type: GraphQLObjectType, fieldName: string): string[] {
  const merge = contract.mergeOf(type.name, fieldName);
  if (merge?.by === 'CONCAT') return orderFieldsOf(merge.key);
  return merge?.by === 'UNION' && merge.key !== null ? [merge.key] : [];
}

function coverageField(type: GraphQLObjectType): FieldNode {
  const coverage = objectOf(type.getFields()['coverage']!)!;
  const court = objectOf(coverage.getFields()['courts']!)!;
  // When an answer came, its sender cannot say.
  const leaves = Object.keys(court.getFields()).filter((name) => name !== 'court' && name !== 'receivedAt');
  return hiddenField('coverage', [
    plainField('courts', [plainField('court', [plainField('code')]), ...leaves.map((name) => plainField(name))]),
  ]);
}

function edgeFields(contract: Contract, edges: Parameters<typeof objectOf>[0]): FieldNode[] {
  const node = objectOf(edges)!.getFields()['node']!;
  return [hiddenField('cursor'), hiddenField('node', nodeFields(contract, node))];
}

function nodeFields(contract: Contract, node: Parameters<typeof objectOf>[0]): FieldNode[] {
  const keys = contract.entities.get(objectOf(node)!.name)?.keyFields ?? [];
  return keys.map((name) => hiddenField(name));
}

/** The response keys under which a field is asked for here; fragments are selection sets of their own. */
function keysOf(set: SelectionSetNode, name: string): string[] {
  return set.selections.flatMap((selection) =>
    selection.kind === Kind.FIELD && selection.name.value === name ? [selection.alias?.value ?? name] : [],
  );
}

/** Whether a field stands in a selection set without alias and condition, so that the hub can rely on it. */
function hasPlainField(set: SelectionSetNode, name: string): boolean {
  return set.selections.some(
    (selection) =>
      selection.kind === Kind.FIELD &&
      selection.name.value === name &&
      selection.alias === undefined &&
      (selection.directives?.length ?? 0) === 0,
  );
}
