/** What a fetch asks an agency for, by the names of fields: once per document, and what became of it by the inquiry's own word. */

import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isObjectType,
  Kind,
  type GraphQLObjectType,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

import { hiddenField, hiddenKey, withHidden } from '../horizontal/hidden.ts';
import {
  collectFields,
  isIncluded,
  subselectionsOf,
  type CollectedField,
  type SelectionScope,
  type Variables,
} from '../horizontal/selection.ts';

/** One field below an entity or a root. */
interface AskedField {
  readonly field: CollectedField;
  /** Whether its value says what became of the question. */
  readonly isTelling: boolean;
  readonly below: readonly AskedField[];
}

/** A root field of a fetch, or entities of one type. */
export interface AskedFields {
  /** The response keys at the top. */
  readonly keys: readonly string[];
  /** Those of them whose values say what became of their questions. */
  readonly telling: readonly string[];
  /** The fields at the top that these variables ask for. */
  fieldsFor(variables: Variables): readonly AskedTop[];
  /** The names of all leaves that these variables ask for, as JSON: `["bank.status","bank.accounts.balance"]`. */
  namesFor(variables: Variables): string;
}

/** A field at the top, by its response key and its name. */
export interface AskedTop {
  readonly key: string;
  readonly name: string;
}

/** So many names stand in one record; `…` stands for more. */
const mostNames = 200;

/** What is asked of entities, by the name of their type. */
export function compileAskedEntities(
  scope: SelectionScope,
  names: readonly string[],
  entities: CollectedField,
): ReadonlyMap<string, AskedFields> {
  const types = names.map((name) => scope.schema.getType(name)).filter(isObjectType);
  return new Map(types.map((type) => [type.name, toAsked(fieldsBelow(scope, type, subselectionsOf(entities)))]));
}

/** What is asked by each of these root fields, by its response key. */
export function compileAskedRoots(
  scope: SelectionScope,
  rootType: GraphQLObjectType,
  roots: readonly CollectedField[],
): ReadonlyMap<string, AskedFields> {
  return new Map(roots.map((root) => [root.key, toAsked([toAskedField(scope, rootType, root)])]));
}

function toAsked(fields: readonly AskedField[]): AskedFields {
  const hasConditions = fields.some(isConditional);
  const tops = fields.map(({ field }) => field);
  let known: string | null = null;
  return {
    keys: fields.map(({ field }) => field.key),
    telling: fields.flatMap(({ field, isTelling }) => (isTelling ? [field.key] : [])),
    fieldsFor: (variables) => tops.filter((field) => isIncluded(field, variables)),
    namesFor(variables) {
      if (known !== null && !hasConditions) return known;
      const names = [...new Set(fields.flatMap((own) => namesOf(own, variables, '')))];
      if (names.length > mostNames) names.splice(mostNames, Infinity, '…');
      known = JSON.stringify(names);
      return known;
    },
  };
}

/** The selection of an inquiry with what it says of itself, asked for whether the client asks for it or not, and once. */
export function withOutcome(set: SelectionSetNode): SelectionSetNode {
  const plain = new Set(set.selections.map(plainName));
  return withHidden(set, ...outcomeFields.filter(({ name }) => !plain.has(name.value)));
}

const outcomeFields = [hiddenField('status'), hiddenField('reason')];

/** The name of a field that stands here under its own name and in every case. */
function plainName(selection: SelectionNode): string | null {
  if (selection.kind !== Kind.FIELD || selection.directives?.length) return null;
  return selection.alias && selection.alias.value !== selection.name.value ? null : selection.name.value;
}

/** Whether objects of this type say what became of a question. */
export function tellsOutcome(type: unknown): type is GraphQLObjectType {
  return isObjectType(type) && outcomeNames.every((name) => name in type.getFields());
}

const outcomeNames = ['status', 'reason'];
const [statusKey, reasonKey] = [hiddenKey('status'), hiddenKey('reason')];

/** What became of a question. */
export interface Outcome {
  readonly status: string;
  readonly reason: string | null;
}

/** What a value says became of its question. One that says nothing of it, where it need not, was given, or is null. */
export function outcomeOfValue(value: unknown, isTelling: boolean): Outcome {
  if (value === undefined || (isTelling && value === null)) return failed;
  if (typeof value !== 'object' || value === null) return value === null ? absent : given;
  const own = value as Readonly<Record<string, unknown>>;
  const status = isTelling ? (own[statusKey] ?? own['status']) : own[statusKey];
  const reason = isTelling ? (own[reasonKey] ?? own['reason']) : own[reasonKey];
  if (typeof status !== 'string') return isTelling ? unsaid : given;
  if (reason === null && (status === 'FOUND' || status === 'NONE')) return plain[status];
  return { status, reason: typeof reason === 'string' ? reason : null };
}

/** Nearly all. */
const plain = {
  FOUND: { status: 'FOUND', reason: null },
  NONE: { status: 'NONE', reason: null },
} as const satisfies Record<string, Outcome>;
const failed: Outcome = { status: 'UNREACHABLE', reason: 'NO_VALUE' };
const absent: Outcome = { status: 'NONE', reason: 'NULL' };
const given: Outcome = { status: 'FOUND', reason: 'NO_STATUS' };
const unsaid: Outcome = { status: 'UNREACHABLE', reason: 'NO_STATUS' };

function fieldsBelow(
  scope: SelectionScope,
  type: GraphQLObjectType,
  sets: Parameters<typeof collectFields>[2],
): AskedField[] {
  const fields = collectFields(scope, type, sets).filter(({ name }) => name !== '__typename');
  return fields.map((field) => toAskedField(scope, type, field));
}

function toAskedField(scope: SelectionScope, type: GraphQLObjectType, field: CollectedField): AskedField {
  const own = type.getFields()[field.name]?.type;
  const inner = getNamedType(own);
  const types = isAbstractType(inner) ? scope.schema.getPossibleTypes(inner) : [inner];
  const isTelling = tellsOutcome(getNullableType(own));
  return {
    field,
    isTelling,
    below: types.filter(isObjectType).flatMap((own) => fieldsBelow(scope, own, subselectionsOf(field))),
  };
}

function isConditional({ field, below }: AskedField): boolean {
  return field.uses.some(({ conditions }) => conditions.length > 0) || below.some(isConditional);
}

function namesOf({ field, below }: AskedField, variables: Variables, path: string): string[] {
  if (!isIncluded(field, variables)) return [];
  const name = `${path}${field.name}`;
  const hasBelow = field.uses.some(({ node }) => node.selectionSet);
  return hasBelow ? below.flatMap((own) => namesOf(own, variables, `${name}.`)) : [name];
}
