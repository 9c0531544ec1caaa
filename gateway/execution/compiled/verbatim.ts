/**
 * What of an answer may go out as it came (decision 0065): lists of objects that one fetch asks for just as the client does, and that nobody
 * else reads: no other fetch requires something of them, adds something to them or goes on from there, and no rule acts in them.
 */

import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { getOperationAST, Kind, type FieldNode, type SelectionNode, type SelectionSetNode } from 'graphql';

import { longestQuestion } from '../../asking/reading/readers.ts';
import type { VerbatimField, VerbatimFields, VerbatimPart, VerbatimTree, VerbatimValue } from '../../verbatim.ts';
import { nameOf } from './verbatim-name.ts';
import type { FieldShape, ObjectShape, ValueShape } from './selection.ts';
import type { FieldRules } from './shaper.ts';
import { fetchesOf, type FetchStep, type Step } from './steps.ts';

interface Finding {
  readonly own: FetchStep;
  readonly all: readonly FetchStep[];
  readonly rulesOf: FieldRules;
}

/** By fetch; only those of which something may. */
export function findVerbatim(
  step: Step | null,
  shape: ObjectShape,
  rulesOf: FieldRules = () => undefined,
): ReadonlyMap<FetchStep, VerbatimFields> {
  const found = new Map<FetchStep, VerbatimFields>();
  const all = step ? fetchesOf(step) : [];
  const length = all.reduce((sum, { node }) => sum + node.operation.length, 0);
  if (length > mostCharacters || !all.every(({ path }) => path.every(isPlain))) return found;
  for (const own of all) {
    const object = shapeAt(shape, own.path, rulesOf);
    const fields = object && entityFields(own, object);
    if (!fields) continue;
    const tree = treeOf({ own, all, rulesOf }, object, fields, own.path);
    if (tree.size > 0) found.set(own, { name: nameOf(tree), tree });
  }
  return found;
}

/** Of all questions of a plan: each list is held against each of them, and answers to long ones are read by nobody's own code. */
const mostCharacters = 2 * longestQuestion;

/** Paths may hold types, too. */
function isPlain(step: string): boolean {
  return step === '@' || /^\w+$/.test(step);
}

/** The objects at a path, where they are all of one type, and no rule is handed what is around them. */
function shapeAt(root: ObjectShape, path: readonly string[], rulesOf: FieldRules): ObjectShape | null {
  let value: ValueShape = { kind: 'object', isNonNull: false, shape: root };
  for (const step of path) {
    if (step === '@') {
      if (value.kind !== 'list') return null;
      value = value.item;
      continue;
    }
    const field: FieldShape | undefined =
      value.kind === 'object' ? fieldsOf(value.shape)?.find((one) => sourceOf(one) === step) : undefined;
    if (field?.kind !== 'value' || rulesOf(field.typeName, field.fieldName)) return null;
    value = field.value;
  }
  return value.kind === 'object' ? value.shape : null;
}

function fieldsOf({ types, isAbstract }: ObjectShape): readonly FieldShape[] | null {
  return isAbstract ? null : [...types.values()][0]!;
}

function sourceOf(field: FieldShape): string | null {
  return field.kind === 'value' ? field.source : null;
}

/** What a fetch asks of entities of this one type; null where it may mean something else. */
function entityFields({ node, twins }: FetchStep, object: ObjectShape): readonly FieldNode[] | null {
  const document = node.operationDocumentNode;
  if (!node.requires || !document || twins !== null || node.outputRewrites?.length) return null;
  const [typeName, ...others] = [...object.types.keys()];
  const [root, ...beside] = getOperationAST(document)?.selectionSet.selections ?? [];
  if (others.length > 0 || root?.kind !== Kind.FIELD || root.name.value !== '_entities' || beside.length > 0)
    return null;
  const fields: FieldNode[] = [];
  for (const one of root.selectionSet?.selections ?? []) {
    if (one.kind !== Kind.INLINE_FRAGMENT || one.directives?.length) return null;
    if (one.typeCondition?.name.value !== typeName) return null;
    const own = plainFields(one.selectionSet);
    if (!own) return null;
    fields.push(...own);
  }
  return fields;
}

/** Fields that stand here without any condition. */
function plainFields(set: SelectionSetNode | undefined): FieldNode[] | null {
  const fields: FieldNode[] = [];
  for (const one of set?.selections ?? []) {
    if (one.kind !== Kind.FIELD || one.directives?.length) return null;
    fields.push(one);
  }
  return fields;
}

function treeOf(
  finding: Finding,
  object: ObjectShape,
  asked: readonly FieldNode[],
  place: readonly string[],
): VerbatimTree {
  const tree = new Map<string, VerbatimPart>();
  const nodesOf = byKey(asked);
  for (const field of fieldsOf(object) ?? []) {
    if (field.kind !== 'value' || finding.rulesOf(field.typeName, field.fieldName)) continue;
    const [node, ...others] = nodesOf.get(field.source) ?? [];
    if (!node || others.length > 0) continue;
    const at = [...place, field.source];
    if (field.value.kind === 'object') {
      const below = treeOf(finding, field.value.shape, plainFields(node.selectionSet) ?? [], at);
      if (below.size > 0) tree.set(field.source, { below });
    } else if (field.value.kind === 'list' && isOfObjects(field.value)) {
      const list = toValue(finding, field.value, node);
      if (list && !isWantedElsewhere(finding, at)) tree.set(field.source, { list });
    }
  }
  return tree;
}

function byKey(nodes: readonly FieldNode[]): ReadonlyMap<string, readonly FieldNode[]> {
  const found = new Map<string, FieldNode[]>();
  for (const node of nodes) {
    const known = found.get(keyOf(node));
    if (known) known.push(node);
    else found.set(keyOf(node), [node]);
  }
  return found;
}

/** Lists of leaves are short, and read as fast. */
function isOfObjects(value: ValueShape): boolean {
  return value.kind === 'list' ? isOfObjects(value.item) : value.kind === 'object';
}

/** What came has to be what goes out: the same fields under the same names, in the same order. */
function toValue(finding: Finding, value: ValueShape, node: FieldNode): VerbatimValue | null {
  const { isNonNull } = value;
  if (value.kind === 'leaf') return { kind: 'leaf', isNonNull, type: value.type };
  if (value.kind === 'list') {
    const item = toValue(finding, value.item, node);
    return item && { kind: 'list', isNonNull, item };
  }
  const shapes = fieldsOf(value.shape);
  const nodes = plainFields(node.selectionSet);
  if (!shapes || nodes?.length !== shapes.length) return null;
  const fields: VerbatimField[] = [];
  for (const [index, shape] of shapes.entries()) {
    const own = toField(finding, shape, nodes[index]!);
    if (!own) return null;
    fields.push(own);
  }
  return { kind: 'object', isNonNull, fields };
}

function toField(finding: Finding, shape: FieldShape, node: FieldNode): VerbatimField | null {
  const { key } = shape;
  if (keyOf(node) !== key) return null;
  if (shape.kind === 'typename') {
    const { typeName } = shape;
    return typeName !== null && node.name.value === '__typename' ? { key, typeName } : null;
  }
  if (shape.kind !== 'value' || shape.source !== key || shape.fieldName !== node.name.value) return null;
  if (finding.rulesOf(shape.typeName, shape.fieldName)) return null;
  const value = toValue(finding, shape.value, node);
  return value && { key, value };
}

/** Whether any fetch requires what stands at this place, asks for it as well, or is about something in it. */
function isWantedElsewhere({ own, all }: Finding, place: readonly string[]): boolean {
  return all.some((step) => {
    const { node, path } = step;
    const common = path.every((one, index) => index >= place.length || one === place[index]);
    if (!common) return false;
    if (path.length >= place.length) return true;
    const keys = place.slice(path.length).filter((one) => one !== '@');
    if (node.requires && isRequired(node.requires, keys)) return true;
    return step !== own && isAskedBy(step, keys);
  });
}

function isRequired(selections: readonly QueryPlanSelectionNode[], [key, ...below]: readonly string[]): boolean {
  if (key === undefined) return true;
  return selections.some((one) => {
    if (one.kind === 'InlineFragment') return isRequired(one.selections, [key, ...below]);
    return (one.alias ?? one.name) === key && isRequired(one.selections ?? [], below);
  });
}

function isAskedBy({ node }: FetchStep, keys: readonly string[]): boolean {
  const selections = (node.operationDocumentNode && getOperationAST(node.operationDocumentNode))?.selectionSet
    .selections;
  if (!selections) return true;
  return selects(selections, node.requires ? ['_entities', ...keys] : keys);
}

/** Whether something is selected there; a named fragment may select anything. */
function selects(selections: readonly SelectionNode[], [key, ...below]: readonly string[]): boolean {
  if (key === undefined) return true;
  return selections.some((one) => {
    if (one.kind === Kind.FRAGMENT_SPREAD) return true;
    if (one.kind === Kind.INLINE_FRAGMENT) return selects(one.selectionSet.selections, [key, ...below]);
    return keyOf(one) === key && selects(one.selectionSet?.selections ?? [], below);
  });
}

function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}
