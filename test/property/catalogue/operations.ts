/** Random operations that are valid for a schema with abstract types: fragments on everything, aliases, conditions, variables. */

import {
  getNamedType,
  isAbstractType,
  isCompositeType,
  isObjectType,
  isInterfaceType,
  parse,
  validate,
  type DocumentNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
} from 'graphql';

import type { Dice } from '../dice.ts';

export interface CatalogueOperation {
  readonly query: string;
  readonly document: DocumentNode;
  /** Names of its variables, by what they are of. */
  readonly flags: readonly string[];
  readonly counts: readonly string[];
}

interface Writer {
  readonly dice: Dice;
  readonly schema: GraphQLSchema;
  readonly flags: string[];
  readonly counts: string[];
  readonly fragments: string[];
  left: number;
  names: number;
}

/** Writes one from a tape of choices; undefined when the choices do not fit together. */
export function catalogueOperation(dice: Dice, schema: GraphQLSchema): CatalogueOperation | undefined {
  const writer: Writer = { dice, schema, flags: [], counts: [], fragments: [], left: 6 + dice.upTo(24), names: 0 };
  const isMutation = dice.oneIn(12);
  const root = (isMutation ? schema.getMutationType() : schema.getQueryType())!;
  const body = selectionOf(writer, root, 6);
  const definitions = [
    ...writer.flags.map((name) => `$${name}: Boolean${dice.oneIn(3) ? ' = true' : '!'}`),
    ...writer.counts.map((name) => `$${name}: Int${dice.oneIn(2) ? ' = 1' : ''}`),
  ];
  const head = `${isMutation ? 'mutation' : 'query'} ${dice.pick(['', 'Asked'])}${definitions.length > 0 ? `(${definitions.join(', ')})` : ''}`;
  const query = [`${head} ${body}`, ...writer.fragments].join('\n');
  const document = parse(query, { noLocation: true });
  const { flags, counts } = writer;
  return validate(schema, document).length === 0 ? { query, document, flags, counts } : undefined;
}

function selectionOf(writer: Writer, type: GraphQLCompositeType, levels: number): string {
  const selections = Array.from({ length: 1 + writer.dice.upTo(3) }, () => oneOf(writer, type, levels));
  return `{ ${selections.join(' ')} }`;
}

function oneOf(writer: Writer, type: GraphQLCompositeType, levels: number): string {
  const { dice, schema } = writer;
  const form = levels > 0 ? dice.upTo(9) : 0;
  if (form >= 7) {
    const types = [type, ...(isAbstractType(type) ? schema.getPossibleTypes(type) : type.getInterfaces())];
    const on = dice.pick(types);
    if (form < 9) return `... on ${on.name}${conditionOf(writer)} ${selectionOf(writer, on, levels - 1)}`;
    const name = `F${writer.names++}`;
    writer.fragments.push(`fragment ${name} on ${on.name} ${selectionOf(writer, on, levels - 1)}`);
    return `...${name}${conditionOf(writer)}`;
  }
  return fieldOf(writer, type, levels);
}

function fieldOf(writer: Writer, type: GraphQLCompositeType, levels: number): string {
  const { dice, schema } = writer;
  writer.left -= 1;
  const mayNest = writer.left > 0 && levels > 0;
  const all = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  const fields = all.filter((field) => mayNest || !isCompositeType(getNamedType(field.type)));
  const field = dice.oneIn(10) ? undefined : dice.pick([...fields, undefined]);
  if (!field && type === schema.getQueryType() && levels === 6 && dice.oneIn(3))
    return '__schema { queryType { name: description kind } }';
  if (!field) return `${dice.oneIn(3) ? `n${writer.names++}: ` : ''}__typename${conditionOf(writer)}`;
  const args = field.args.flatMap(({ name }) => {
    if (name === 'id') return [`id: "${dice.upTo(5)}"`];
    if (name !== 'first' && name !== 'times') return [];
    if (dice.oneIn(3)) return [];
    return [`${name}: ${dice.oneIn(3) ? variableOf(writer, writer.counts, 'c') : dice.upTo(3)}`];
  });
  const value = getNamedType(field.type);
  const below = isCompositeType(value) ? ` ${selectionOf(writer, value, levels - 1)}` : '';
  const names = [
    `n${writer.names++}`,
    dice.pick(all).name,
    dice.pick(['constructor', '__proto__', 'toString', 'value']),
  ];
  const alias = args.length > 0 || dice.oneIn(5) ? `${dice.pick([names[0]!, names[0]!, names[1]!, names[2]!])}: ` : '';
  return `${alias}${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${conditionOf(writer)}${below}`;
}

function conditionOf(writer: Writer): string {
  const { dice } = writer;
  if (!dice.oneIn(7)) return '';
  const value = dice.oneIn(5) ? String(dice.oneIn(2)) : variableOf(writer, writer.flags, 'f');
  return ` @${dice.pick(['include', 'skip'])}(if: ${value})`;
}

function variableOf({ dice, names }: Writer, known: string[], letter: string): string {
  const name = known.length > 0 && dice.oneIn(2) ? dice.pick(known) : `${letter}${names}_${known.length}`;
  if (!known.includes(name)) known.push(name);
  return `$${name}`;
}
