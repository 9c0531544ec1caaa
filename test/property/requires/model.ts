/** Random small federations over one truth: who gives which field, by which keys, and what computed fields require. */

import type { Dice } from '../dice.ts';

export type Graph = string;

export interface Model {
  readonly graphs: readonly Graph[];
  readonly entities: readonly Entity[];
}

export interface Entity {
  readonly name: string;
  readonly keys: readonly Key[];
  readonly fields: readonly Field[];
  /** Subgraphs in which operations may begin with it. */
  readonly roots: readonly Graph[];
}

/** One `@key` of an entity in one subgraph, in the order of declaration. */
export interface Key {
  readonly graph: Graph;
  readonly fields: (typeof keySets)[number];
  readonly isResolvable: boolean;
}

export const keySets = ['id', 'code', 'pair { left right }', 'id pair { left }'] as const;

/** `leaf`: text · `value`: an object without identity · `one`, `many`: entities · `computed`: text made of what is required. */
export interface Field {
  readonly kind: 'leaf' | 'value' | 'one' | 'many' | 'computed';
  readonly name: string;
  readonly graphs: readonly Graph[];
  readonly hasArgument: boolean;
  /** The entity that it leads to. */
  readonly to?: string;
  readonly requires?: readonly Required[];
}

/** A use of a field in `@requires`. */
export interface Required {
  readonly field: string;
  readonly n: number | null;
  readonly below?: readonly Required[];
}

/** Every entity with the same rows. */
export const rowCount = 3;

/** A federation of two to four subgraphs and one to three entities. */
export function randomModel(dice: Dice): Model {
  const graphs = ['g0', 'g1', 'g2', 'g3'].slice(0, 2 + dice.upTo(2));
  const names = ['A', 'B', 'C'].slice(0, 1 + dice.upTo(2));
  const drafts = names.map((name) => ({
    name,
    keys: graphs.flatMap((graph) => randomKeys(dice, graph)),
    fields: randomFields(dice, graphs, names),
    roots: graphs.filter((_, index) => index === 0 || dice.oneIn(2)),
  }));
  for (const draft of drafts) {
    const count = dice.upTo(4);
    for (let index = 0; index < count; index += 1) {
      const graph = dice.pick(graphs);
      const requires = randomRequired(dice, draft.name, graph, drafts, 2);
      if (requires.length === 0) continue;
      const name = `${draft.name.toLowerCase()}Sum${index}`;
      draft.fields.push({ kind: 'computed', name, graphs: [graph], hasArgument: dice.oneIn(4), requires });
    }
  }
  return { graphs, entities: drafts };
}

function randomKeys(dice: Dice, graph: Graph): Key[] {
  const keys: Key[] = keySets
    .filter((fields) => fields !== 'id' && dice.oneIn(3))
    .map((fields) => ({ graph, fields, isResolvable: dice.oneIn(3) }));
  keys.splice(dice.upTo(keys.length), 0, { graph, fields: 'id', isResolvable: !dice.oneIn(4) });
  return keys;
}

function randomFields(dice: Dice, graphs: readonly Graph[], names: readonly string[]): Field[] {
  const owners = () => {
    const owner = dice.pick(graphs);
    return dice.oneIn(4) ? [...new Set([owner, dice.pick(graphs)])] : [owner];
  };
  const leaves = Array.from({ length: 1 + dice.upTo(2) }, (_, index): Field => {
    return { kind: 'leaf', name: `leaf${index}`, graphs: owners(), hasArgument: !dice.oneIn(3) };
  });
  const more: Field[] = [];
  if (dice.oneIn(2)) more.push({ kind: 'value', name: 'value', graphs: owners(), hasArgument: dice.oneIn(2) });
  if (dice.oneIn(2)) {
    more.push({ kind: 'one', name: 'one', graphs: owners(), hasArgument: dice.oneIn(2), to: dice.pick(names) });
  }
  if (dice.oneIn(2))
    more.push({ kind: 'many', name: 'many', graphs: owners(), hasArgument: true, to: dice.pick(names) });
  return [...leaves, ...more];
}

type Draft = Pick<Entity, 'name' | 'fields'>;

/** Fields that others give; none when there are none. */
function randomRequired(
  dice: Dice,
  name: string,
  graph: Graph,
  drafts: readonly Draft[],
  depth: number,
  isBelow = false,
): Required[] {
  const { fields } = drafts.find((draft) => draft.name === name)!;
  const foreign = fields.filter(
    (field) =>
      !field.graphs.includes(graph) && (depth > 0 || field.to === undefined) && (!isBelow || field.kind !== 'computed'),
  );
  if (foreign.length === 0) return [];
  const chosen = new Set(Array.from({ length: 1 + dice.upTo(1) }, () => dice.pick(foreign)));
  return [...chosen].flatMap((field): Required[] => {
    const n = field.hasArgument && !dice.oneIn(3) ? 1 + dice.upTo(2) : null;
    const use = { field: field.name, n };
    if (field.kind === 'value') {
      return [{ ...use, below: dice.oneIn(2) ? [{ field: 'plain', n: null }] : [{ field: 'sized', n: dice.upTo(2) }] }];
    }
    if (field.to === undefined) return [use];
    const below = randomRequired(dice, field.to, graph, drafts, depth - 1, true);
    return [{ ...use, below: below.length > 0 ? below : [{ field: 'id', n: null }] }];
  });
}
