/**
 * What may stand in an answer when branches failed. A value has to be one that the oracle has at that place over all rows
 * but those of some of the branches that failed; null stands only where such a branch had a part. Rows are known by keys.
 */

import { isDeepStrictEqual } from 'node:util';

import {
  getNamedType,
  getNullableType,
  isListType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import { getArgumentValues, getVariableValues } from 'graphql/execution/values.js';
import { getOperationAST } from 'graphql';

import { parseCursor } from '../../gateway/horizontal/cursor.ts';
import type { FaultName } from './faults.ts';
import { toOracle } from './library/oracle.ts';
import type { Program } from './library/program.ts';
import type { Library } from './library/rows.ts';
import { openSitting } from './library/sitting.ts';
import { identities, measured } from './operations.ts';

type Values = Readonly<Record<string, unknown>>;
/** What each program has at a place; null where it has nothing. The first is over the rows of those that did not fail. */
type Truths = readonly unknown[];

export interface Claim {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly variables: Values;
  readonly data: unknown;
  readonly library: Library;
  readonly harms: ReadonlyMap<string, ReadonlySet<FaultName>>;
  /** Whether pages are asked for in shares: whoever fails to give more ends a page where its rows, or its hub's, end. */
  readonly inShares: boolean;
}

/** Throws with the first place of the data at which something stands that may not. */
export function checkTruth({ schema, document, variables, data, library, harms, inShares }: Claim): void {
  const operation = getOperationAST(document)!;
  const { coerced = {} } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  const fragments = Object.fromEntries(
    document.definitions
      .filter((own): own is FragmentDefinitionNode => own.kind === Kind.FRAGMENT_DEFINITION)
      .map((own) => [own.name.value, own]),
  );
  const programs = subsetsOf([...harms.keys()]).map((without) =>
    toOracle({ ...library, branches: library.branches.filter(({ code }) => !without.includes(code)) }),
  );
  const fails = harms.size > 0;
  // Rows in themselves are whole unless one of these took some out, which may end a page early.
  const mayShorten = [...harms.values()].some(
    (own) => inShares || ['throws', 'drops', 'ill-typed', 'foreign'].some((name) => own.has(name as FaultName)),
  );
  const isHarmed = (number: unknown) => harms.has(String(number).slice(0, 1));

  const rootType = schema.getRootType(operation.operation)!;
  const roots = collectFields(schema, fragments, coerced, rootType, operation.selectionSet);
  checkObject(
    rootType,
    roots,
    data,
    programs.map(({ root }) => root),
    fails,
    'data',
  );

  function checkObject(
    type: GraphQLObjectType,
    fields: ReadonlyMap<string, readonly FieldNode[]>,
    value: unknown,
    truths: Truths,
    mayLack: boolean,
    path: string,
  ): void {
    if (typeof value !== 'object' || value === null) throw new Error(`${path} is no object.`);
    for (const [key, nodes] of fields) {
      const at = `${path}.${key}`;
      const own = (value as Values)[key];
      const name = nodes[0]!.name.value;
      if (own === undefined) throw new Error(`${at} is absent.`);
      if (name === '__typename') {
        if (own !== type.name) throw new Error(`${at} is ${JSON.stringify(own)}.`);
      } else checkField(type, name, nodes, own, truths, mayLack, at);
    }
  }

  function checkField(
    type: GraphQLObjectType,
    name: string,
    nodes: readonly FieldNode[],
    value: unknown,
    truths: Truths,
    mayLack: boolean,
    at: string,
  ): void {
    const definition = type.getFields()[name]!;
    const args = getArgumentValues(definition, nodes[0]!, coerced);
    const values = truths.map((truth) => valueOf(truth, name, args));
    const named = getNamedType(definition.type);
    const isList = isListType(getNullableType(definition.type));
    if (measured.has(name) || name === 'missingFields' || name === 'reason') return;
    if (type.name === 'PageInfo' || name === 'totalIsLowerBound' || name === 'complete') {
      checkMade(name, value, values, at);
    } else if (name === 'cursor') {
      const positions = values.flatMap((own) => (typeof own === 'string' ? parseCursor(own).position : []));
      // A row that moved up in place of one that was left out stands in no page of the oracle.
      const isKnown = positions.length > 0 || !fails;
      if (isKnown && !positions.includes(parseCursor(String(value)).position))
        throw new Error(`${at} is another row's.`);
    } else if (value === null) {
      if (!mayLack && !values.includes(null)) throw new Error(`${at} is null, and nobody failed who had a part in it.`);
    } else if (type.name === 'Coverage' && name === 'courts') {
      checkCourts(nodes, value, args, truths, at);
    } else if (!isObjectType(named)) {
      const possible = values.map((own) => JSON.parse(JSON.stringify(own ?? null)) as unknown);
      if (!possible.some((own) => isDeepStrictEqual(own, value)))
        throw new Error(`${at} is ${JSON.stringify(value)}; possible are ${JSON.stringify(possible)}.`);
    } else {
      const fields = collectSubfields(schema, fragments, coerced, named, nodes);
      if (isList) checkList(named, fields, value, values, mayLack, args['first'], at);
      else checkOne(named, fields, value, values, mayLack, at);
    }
  }

  /** What the hub makes itself: true of those that did not fail, and not surer than it may be. */
  function checkMade(name: string, value: unknown, values: Truths, at: string): void {
    if (name.endsWith('Cursor') || (fails && name !== 'hasNextPage' && name !== 'hasPreviousPage')) return;
    const isMore = name === 'hasNextPage' && fails;
    if (isMore ? values[0] === true && value !== true : value !== values.at(-1))
      throw new Error(`${at} is ${String(value)}.`);
  }

  function checkOne(
    type: GraphQLObjectType,
    fields: ReadonlyMap<string, readonly FieldNode[]>,
    value: unknown,
    values: Truths,
    mayLack: boolean,
    at: string,
  ): void {
    const found = entitiesOf(type.name, value as Values);
    const stated = values.filter((own) => own != null);
    // A row that moved up in place of one that was left out stands in no page of the oracle, and still is a row.
    const known = stated.length === 0 && mayShorten ? (found ?? []).filter((own) => own != null) : stated;
    if (known.length === 0) throw new Error(`${at} is there, and the oracle has nothing.`);
    const keys = identities[type.name] ?? [];
    const keysOf = (own: unknown) => keys.map((name) => valueOf(own, name, {})).join(' ');
    const given = keys.map((name) => (value as Values)[`key_${name}`]).join(' ');
    if (!known.some((own) => keysOf(own) === given)) throw new Error(`${at} is ${given}, a wrong one.`);
    const isOwned = type.name === 'Loan' || type.name === 'Note';
    const number = (value as Values)['key_number'] ?? (value as Values)['key_loanNumber'];
    checkObject(
      type,
      fields,
      value,
      found ?? values,
      isOwned ? isHarmed(number) : type.name === 'Reader' ? fails : mayLack,
      at,
    );
  }

  /** What all programs have of this very entity; undefined for values and groups. */
  function entitiesOf(typeName: string, value: Values): Truths | undefined {
    const each = (find: (program: Program) => unknown) => programs.map(find);
    if (typeName === 'Loan') return each(({ loanOf }) => loanOf(String(value['key_number'])));
    if (typeName === 'Reader') return each(({ readerOf }) => readerOf(String(value['key_id'])));
    if (typeName !== 'Note') return undefined;
    const key = { loanNumber: String(value['key_loanNumber']), position: Number(value['key_position']) };
    return each(({ noteAt }) => noteAt(key));
  }

  function checkList(
    type: GraphQLObjectType,
    fields: ReadonlyMap<string, readonly FieldNode[]>,
    value: unknown,
    values: Truths,
    mayLack: boolean,
    first: unknown,
    at: string,
  ): void {
    const items = value as Values[];
    const lists = values.map((own) => (own ?? []) as unknown[]);
    if (type.name === 'LoanEdge') {
      checkEdges(type, fields, items, lists as Values[][], at);
      return;
    }
    const keys = identities[type.name] ?? [];
    const givenOf = (item: Values) => keys.map((name) => item[`key_${name}`]).join(' ');
    const keysOf = (own: unknown) => keys.map((name) => valueOf(own, name, {})).join(' ');
    for (const [index, item] of items.entries()) {
      const same = lists.map((list) => list.find((own) => keysOf(own) === givenOf(item)) ?? null);
      checkOne(type, fields, item, same, mayLack, `${at}.${index}`);
    }
    const least = lists[0]!.map(keysOf);
    const due =
      mayLack && first === undefined ? least.filter((key) => items.some((item) => givenOf(item) === key)) : least;
    checkRows(items.map(givenOf), due, type.name === 'Loan', first, at);
  }

  /** A page: in order, and whatever those who did not fail have before its end. */
  function checkEdges(
    type: GraphQLObjectType,
    fields: ReadonlyMap<string, readonly FieldNode[]>,
    items: readonly Values[],
    lists: readonly (readonly Values[])[],
    at: string,
  ): void {
    const nodeKey = [...fields].find(([, [node]]) => node!.name.value === 'node')?.[0];
    if (nodeKey === undefined) {
      if (!fails && items.length !== lists[0]!.length) throw new Error(`${at} has another number of rows.`);
      return;
    }
    const numberOf = (edge: Values) => (edge[nodeKey] as Values)['key_number'];
    for (const [index, item] of items.entries()) {
      const same = lists.map((list) => list.find(({ node }) => valueOf(node, 'number', {}) === numberOf(item)) ?? null);
      checkObject(type, fields, item, same, false, `${at}.${index}`);
    }
    const least = lists[0]!.map(({ node }) => valueOf(node, 'number', {}));
    checkRows(items.map(numberOf), least, true, mayShorten ? undefined : least.length, at);
  }

  function checkRows(given: Truths, least: Truths, isOwned: boolean, first: unknown, at: string): void {
    if (new Set(given).size < given.length) throw new Error(`${at} has a row twice.`);
    const sure = isOwned ? given.filter((key) => !isHarmed(key)) : given.filter((key) => least.includes(key));
    if (!isDeepStrictEqual(sure, least.slice(0, sure.length))) {
      throw new Error(`${at} has ${sure.join()} of ${least.join()}.`);
    }
    const isCut = isOwned && fails && (first === undefined || mayShorten || given.length >= Number(first));
    if (!isCut && sure.length < least.length) throw new Error(`${at} lacks rows: ${sure.join()} of ${least.join()}.`);
  }

  /** Those that did not fail are what they are; the others may be anything. */
  function checkCourts(nodes: readonly FieldNode[], value: unknown, args: Values, truths: Truths, at: string): void {
    const own = truths.at(-1) as { courts: (args: Values) => readonly { court: { code: string }; status: string }[] };
    const type = schema.getType('BranchCoverage') as GraphQLObjectType;
    const fields = [...collectSubfields(schema, fragments, coerced, type, nodes)];
    const statusKey = fields.find(([, [node]]) => node!.name.value === 'status')?.[0];
    if (statusKey === undefined || args['only'] === 'GAPS') return;
    for (const [index, { court, status }] of own.courts(args).entries()) {
      const said = (value as Values[])[index]?.[statusKey];
      if (!harms.has(court.code) && said !== status) throw new Error(`${at} says ${String(said)} of ${court.code}.`);
    }
  }

  function valueOf(truth: unknown, name: string, args: Values): unknown {
    if (typeof truth !== 'object' || truth === null) return null;
    const property = (truth as Values)[name];
    if (typeof property !== 'function') return property ?? null;
    try {
      return (property as (...given: readonly unknown[]) => unknown)(args, openSitting(), { path: undefined }) ?? null;
    } catch {
      // What the oracle refuses is not there.
      return null;
    }
  }
}

/** All sets of these, the whole one first, the empty one last. */
function subsetsOf(codes: readonly string[]): string[][] {
  const [code, ...others] = codes;
  if (code === undefined) return [[]];
  const rest = subsetsOf(others);
  return [...rest.map((own) => [code, ...own]), ...rest];
}
