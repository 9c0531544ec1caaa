/** Random operations over a random federation: aliases that look like fields, arguments, fragments, conditions. */

import { getNamedType, isObjectType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';

import type { Dice } from '../dice.ts';

export interface Question {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

interface Writer {
  readonly dice: Dice;
  readonly definitions: string[];
  readonly fragments: string[];
  readonly variables: Record<string, unknown>;
  /** How many more fields may be written. */
  left: number;
}

export function randomQuestion(dice: Dice, schema: GraphQLSchema): Question {
  const writer: Writer = { dice, definitions: [], fragments: [], variables: {}, left: 6 + dice.upTo(18) };
  const selection = selectionOf(writer, schema.getQueryType()!, 4, new Set());
  const definitions = writer.definitions.length > 0 ? `(${writer.definitions.join(' ')})` : '';
  return {
    query: [`query ${definitions} { ${selection} }`, ...writer.fragments].join('\n'),
    variables: writer.variables,
  };
}

function selectionOf(writer: Writer, type: GraphQLObjectType, depth: number, keys: Set<string>): string {
  const { dice } = writer;
  const fields = Object.values(type.getFields()).filter(
    (field) => !field.name.startsWith('nothingOf') && (depth > 0 || !isObjectType(getNamedType(field.type))),
  );
  const parts: string[] = [];
  const count = 1 + dice.upTo(3);
  for (let index = 0; index < count && (writer.left > 0 || parts.length === 0); index += 1) {
    writer.left -= 1;
    const field = dice.pick(fields);
    const names = [...fields.map(({ name }) => name), 'other', '__typename'];
    const key = dice.oneIn(3) ? dice.pick(names.filter((name) => name !== '__typename')) : field.name;
    if (keys.has(key)) continue;
    keys.add(key);
    const below = getNamedType(field.type);
    const inner = isObjectType(below) ? ` { ${selectionOf(writer, below, depth - 1, new Set())} }` : '';
    const argument = field.args.length > 0 ? argumentOf(writer) : '';
    const text = `${key === field.name ? '' : `${key}: `}${field.name}${argument}${conditionOf(writer)}${inner}`;
    parts.push(dice.oneIn(6) ? spread(writer, type, text) : text);
  }
  return parts.length > 0 ? parts.join(' ') : '__typename';
}

function argumentOf(writer: Writer): string {
  const { dice } = writer;
  if (dice.oneIn(3)) return '';
  const n = dice.upTo(3);
  return `(n: ${dice.oneIn(3) ? variable(writer, 'Int', n) : n})`;
}

function conditionOf(writer: Writer): string {
  const { dice } = writer;
  if (!dice.oneIn(10)) return '';
  return ` @${dice.pick(['include', 'skip'])}(if: ${variable(writer, 'Boolean!', dice.oneIn(2))})`;
}

function variable(writer: Writer, type: string, value: unknown): string {
  const name = `v${writer.definitions.length}`;
  writer.definitions.push(`$${name}: ${type}`);
  writer.variables[name] = value;
  return `$${name}`;
}

function spread(writer: Writer, type: GraphQLObjectType, text: string): string {
  if (writer.dice.oneIn(2)) return `... on ${type.name} { ${text} }`;
  const name = `F${writer.fragments.length}`;
  writer.fragments.push(`fragment ${name} on ${type.name} { ${text} }`);
  return `...${name}`;
}
