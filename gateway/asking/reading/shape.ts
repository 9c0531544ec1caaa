/** What an answer looks like, as far as its question says: which fields its objects have, and in which order. */

import { Kind, parse, print, type FieldNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

/** An object of an answer. GraphQL has its fields in the order in which they were asked for (section 6.3.2, CollectFields). */
export interface ObjectShape {
  readonly fields: readonly FieldShape[];
}

export interface FieldShape {
  /** The name under which the answer has it. */
  readonly key: string;
  /** What its objects look like; null where it has none. */
  readonly below: ObjectShape | null;
  /** Fields of one object that have the same source tell the same: the same field with the same arguments. */
  readonly source: string;
}

/**
 * The shape of the answers to a question. Null where the question does not settle it, because some of its fields are asked under
 * a condition or of some types only, or where it asks for more than is worth it.
 */
export function shapeOf(question: string): ObjectShape | null {
  try {
    const document = parse(question, { noLocation: true });
    const fragments = new Map<string, FragmentDefinitionNode>();
    const operations = [];
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
      else if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
    }
    const [only, ...others] = operations;
    return only && others.length === 0 ? toShape(fragments, [only.selectionSet], { left: mostFields }) : null;
  } catch {
    // It is for the program that is asked to say what is wrong with it.
    return null;
  }
}

/** Of a whole question. */
const mostFields = 400;

/** More in one object are no fast object of V8's. */
const mostOfObject = 60;

interface Room {
  left: number;
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;

function toShape(fragments: Fragments, sets: readonly SelectionSetNode[], room: Room): ObjectShape | null {
  const collected = new Map<string, FieldNode[]>();
  const types = new Set<string>();
  const visited = new Set<string>();
  if (!sets.every((set) => collect({ fragments, visited, collected, types }, set))) return null;
  // Fields of one type stand beside those of another, and never in one object.
  if (types.size > 1 || collected.size > mostOfObject || (room.left -= collected.size) < 0) return null;
  const fields: FieldShape[] = [];
  for (const [key, uses] of collected) {
    const below = uses.flatMap(({ selectionSet }) => selectionSet ?? []);
    const shape = below.length === 0 ? null : toShape(fragments, below, room);
    if (below.length > 0 && shape === null) return null;
    fields.push({ key, below: shape, source: sourceOf(uses[0]!) });
  }
  return { fields };
}

interface Collecting {
  readonly fragments: Fragments;
  /** Each fragment counts once, as in CollectFields. */
  readonly visited: Set<string>;
  readonly collected: Map<string, FieldNode[]>;
  /** On which fragments stand. */
  readonly types: Set<string>;
}

/** False where a condition decides. */
function collect(collecting: Collecting, { selections }: SelectionSetNode): boolean {
  const { fragments, visited, collected, types } = collecting;
  return selections.every((selection) => {
    if (selection.directives?.length) return false;
    if (selection.kind === Kind.FIELD) {
      const key = (selection.alias ?? selection.name).value;
      const uses = collected.get(key);
      if (uses) uses.push(selection);
      else collected.set(key, [selection]);
      return true;
    }
    if (selection.kind === Kind.FRAGMENT_SPREAD) {
      if (visited.has(selection.name.value)) return true;
      visited.add(selection.name.value);
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (!fragment || fragment.directives?.length) return false;
    if (fragment.typeCondition) types.add(fragment.typeCondition.name.value);
    return collect(collecting, fragment.selectionSet);
  });
}

function sourceOf({ name, arguments: given = [] }: FieldNode): string {
  return `${name.value}(${given.map(print).join()})`;
}
