/** A planner's fetch from `city` or `reach`, compiled once: what members are asked, and how their answers become one. */

import { getNamedType, getOperationAST, valueFromASTUntyped, type DocumentNode, type GraphQLObjectType } from 'graphql';

import { objectOf, type Contract, type Gather } from '../../schema/horizontal/contract.ts';
import type { Capability } from '../../schema/horizontal/drift/capability.ts';
import { compileAnswerCheck, type CheckAnswer } from './answer-check.ts';
import { compileArguments } from './arguments.ts';
import { compileGathered } from './gathered-field.ts';
import type { CompileScope, Merge } from './merge.ts';
import { compileObject, compileValue } from './object-merge.ts';
import { cursorForHub, parseCursor } from './cursor.ts';
import {
  compileQuestions,
  wholeMember,
  type AskedMember,
  type MemberQuestion,
  type WriteQuestion,
} from './member-question.ts';
import type { Members } from '../members.ts';
import { isRequirementLost, lackingOf } from './requirement.ts';
import { checkPage, targetsOf } from './targets.ts';
import { prepareQuestion, type CursorSlot } from './question.ts';
import { compileRefill, type RefillPlan } from './refill-plan.ts';
import {
  collectFields,
  fragmentsOf,
  isIncluded,
  subselectionsOf,
  type CollectedField,
  type Variables,
} from './selection.ts';
import { withDefaults } from './variables.ts';
import { withWholeRows } from './whole-question.ts';
import type { RowsAhead, WholeSelection } from './whole-rows.ts';

/** One root field of the fetch. */
export interface GatheredRoot {
  readonly key: string;
  readonly name: string;
  readonly gather: Gather;
  /** The type it answers with. */
  readonly typeName: string;
  /** Of a page: the key of its rows; null for everything else. */
  readonly rowKey: readonly string[] | null;
  readonly merge: Merge;
  isIncluded(variables: Variables): boolean;
  argsOf(variables: Variables): Readonly<Record<string, unknown>>;
  /** Throws BAD_USER_INPUT for a wrong page size and BAD_CURSOR for a cursor that this hub never gave. */
  check(variables: Variables): void;
}

/** A gathered field of an owner-less entity. */
export interface GatheredPage {
  /** The entity's type. */
  readonly typeName: string;
  readonly key: string;
  isIncluded(variables: Variables): boolean;
  /** As for a root; the page size counts for each of so many entities. */
  check(variables: Variables, entities: number): void;
  /** The paths of what it requires that an entity brings with it and this one does not; empty when it may be asked. */
  lackingOf(representation: Representation): readonly string[];
  /** Whether an entity brings something with it that the field requires and a member would not read. */
  isRequirementLost(representation: Representation, capability: Capability): boolean;
  /** The members that neither arguments nor entity exclude; throws UNKNOWN_COURT. */
  targetsOf(variables: Variables, representation: Representation, members: Members): ReadonlySet<string>;
}

/** An entity as the planner names it: its type, its key, and what its fields require. */
export type Representation = Readonly<Record<string, unknown>>;

/** A compiled fetch: roots by response key, or entities of owner-less types. */
export interface GatherPlan {
  readonly roots: readonly GatheredRoot[];
  /** Merges by type of representation; null when the fetch is not one of entities. */
  readonly entities: ReadonlyMap<string, { readonly merge: Merge; readonly asksRows: boolean }> | null;
  /** Gathered fields of those entities. */
  readonly pages: readonly GatheredPage[];
  /** Takes out of a member's answer what does not conform. */
  readonly check: CheckAnswer;
  /** Variables with the operation's defaults filled in. */
  complete(variables: Variables): Record<string, unknown>;
  /**
   * The question to a member: some of the root fields, as far as its program has them; members' own positions in place of
   * the hub's cursors.
   */
  questionFor(
    keys: readonly string[],
    variables: Variables,
    without?: readonly string[],
    asked?: AskedMember,
    /** Rows to ask for by root field; absent: the whole page. */
    sizes?: ReadonlyMap<string, number>,
    /** Rows to ask for whole beside their page. */
    ahead?: RowsAhead,
  ): MemberQuestion;
  /** Whether rows can be asked for whole beside their page. */
  canBringWhole(ahead: RowsAhead): boolean;
  /** How members are asked for more rows of a page. */
  refill(ahead?: RowsAhead): RefillPlan;
}

/** How members are asked for whole rows beside a page. */
interface WholePlan {
  readonly write: WriteQuestion;
  readonly refill: RefillPlan;
}

const wholePages: ReadonlyMap<string, number> = new Map();

/** Compiles a fetch document of `city` or `reach`. */
export function compileGather(contract: Contract, document: DocumentNode): GatherPlan {
  const operation = getOperationAST(document)!;
  const { question, cursors, sizes: sizeSlots } = prepareQuestion(contract, document);
  const scope: CompileScope = {
    schema: contract.schema,
    contract,
    fragments: fragmentsOf(document),
    compileObject: (type, sets) => compileObject(scope, type, sets),
    compileValue: (type, field) => compileValue(scope, type, field),
  };
  const queryType = contract.schema.getQueryType()!;
  const fields = collectFields(scope, queryType, [{ set: operation.selectionSet, conditions: [] }]);
  const entities = fields.find((field) => field.name === '_entities');
  const write = compileQuestions(contract.schema, question);
  const roots = entities
    ? []
    : fields.filter((field) => field.name !== '__typename').map((field) => compileRoot(scope, queryType, field));
  const firstOf = (key: string, variables: Variables) =>
    roots.find((root) => root.key === key)?.argsOf(variables)['first'];
  let refill: RefillPlan | null = null;
  const wholes = new WeakMap<WholeSelection, WholePlan | null>();
  const wholeOf = (ahead: RowsAhead): WholePlan | null => {
    const known = wholes.get(ahead.selection);
    if (known !== undefined) return known;
    const asked = withWholeRows(question, ahead);
    const own = asked && {
      write: compileQuestions(contract.schema, asked),
      refill: compileRefill(contract, question, asked),
    };
    wholes.set(ahead.selection, own);
    return own;
  };
  return {
    roots,
    entities: entities ? compileEntities(scope, entities) : null,
    pages: entities ? compilePages(scope, entities) : [],
    check: compileAnswerCheck(contract.schema, question, [...contract.entities.keys()]),
    questionFor(keys, variables, without = [], { capability, behind } = wholeMember, sizes = wholePages, ahead) {
      const own = (ahead && wholeOf(ahead)?.write) ?? write;
      const told = ahead ? { ...ahead.variables, ...variables } : variables;
      return own(keys, told, without, capability, (isUsed) => {
        const hidden: Record<string, unknown> = {};
        for (const slot of cursors) {
          if (isUsed(slot.variable)) hidden[slot.variable] = handedOf(slot, variables, behind);
        }
        for (const slot of sizeSlots) {
          const key = keys.find((own) => slot.keys.has(own));
          if (key !== undefined) hidden[slot.variable] = sizes.get(key) ?? firstOf(key, variables);
        }
        return hidden;
      });
    },
    canBringWhole: (ahead) => wholeOf(ahead) !== null,
    refill: (ahead) => (ahead && wholeOf(ahead)?.refill) ?? (refill ??= compileRefill(contract, question)),
    complete: (variables) => withDefaults(operation, variables, contract.schema),
  };
}

function compileRoot(scope: CompileScope, queryType: GraphQLObjectType, field: CollectedField): GatheredRoot {
  const argsOf = compileArgs(queryType, field);
  return {
    key: field.key,
    name: field.name,
    gather: scope.contract.gatherOf(queryType.name, field.name)!,
    typeName: getNamedType(queryType.getFields()[field.name]!.type).name,
    rowKey: rowKeyOf(scope, queryType, field),
    merge: compileGathered(scope, queryType, field),
    isIncluded: (variables) => isIncluded(field, variables),
    argsOf,
    check: (variables) => {
      checkPage(scope.contract.gatherOf(queryType.name, field.name)!, argsOf(variables), 1);
    },
  };
}

function rowKeyOf({ contract }: CompileScope, queryType: GraphQLObjectType, { name }: CollectedField) {
  if (contract.mergeOf(queryType.name, name)?.by !== 'PAGE') return null;
  const edges = objectOf(queryType.getFields()[name]!)?.getFields()['edges'];
  const node = edges && objectOf(edges)?.getFields()['node'];
  return contract.entities.get(node ? objectOf(node)!.name : '')?.keyFields ?? [];
}

function compileArgs(type: GraphQLObjectType, field: CollectedField) {
  const definition = type.getFields()[field.name]!;
  return compileArguments(definition, field.uses[0]!.node);
}

function compilePages(scope: CompileScope, entities: CollectedField): GatheredPage[] {
  return [...scope.contract.entities.keys()].flatMap((name) => {
    const type = scope.schema.getType(name) as GraphQLObjectType;
    return collectFields(scope, type, subselectionsOf(entities)).flatMap((field): GatheredPage[] => {
      const gather = scope.contract.gatherOf(name, field.name);
      if (!gather) return [];
      const argsOf = compileArgs(type, field);
      const requirement = scope.contract.requirementOf(name, field.name) ?? [];
      return [
        {
          typeName: name,
          key: field.key,
          isIncluded: (variables) => isIncluded(field, variables),
          check: (variables, count) => checkPage(gather, argsOf(variables), count),
          lackingOf: (representation) => lackingOf(requirement, representation),
          isRequirementLost: (representation, capability) =>
            isRequirementLost(requirement, representation, (own) => capability.lacksRequirement(name, field.name, own)),
          targetsOf: (variables, representation, members) =>
            targetsOf(gather, { ...representation, ...argsOf(variables) }, members),
        },
      ];
    });
  });
}

function compileEntities(scope: CompileScope, entities: CollectedField) {
  const merges = new Map<string, { merge: Merge; asksRows: boolean }>();
  for (const entity of scope.contract.entities.values()) {
    const type = scope.schema.getType(entity.name) as GraphQLObjectType;
    const sets = subselectionsOf(entities);
    const fields = collectFields(scope, type, sets).filter((field) => field.name !== '__typename');
    if (fields.length === 0) continue;
    // A key is known from the representation.
    const asked = fields.filter((field) => !entity.keyFields.includes(field.name));
    const asksRows = asked.every((field) => scope.contract.gatherOf(type.name, field.name) !== undefined);
    merges.set(entity.name, { merge: compileObject(scope, type, sets), asksRows });
  }
  return merges;
}

/** A client's cursor as it is handed on: members know positions, hubs cursors like our own. */
function handedOf(slot: CursorSlot, variables: Variables, behind: readonly string[] | null): string | null {
  const cursor = valueFromASTUntyped(slot.value, variables);
  if (typeof cursor !== 'string') return null;
  const walk = parseCursor(cursor);
  return behind ? cursorForHub(walk, behind) : walk.position;
}
