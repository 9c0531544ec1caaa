/** Random operations that are valid for a schema: aliases, fragments, conditions, variables, many roots, deep entities. */

import {
  getNamedType,
  GraphQLBoolean,
  GraphQLNonNull,
  isObjectType,
  parse,
  validate,
  type DocumentNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

import type { Dice } from './dice.ts';
import type { Library } from './library/rows.ts';
import { asVariable, randomArguments, type VariableBook } from './values.ts';

export interface Operation {
  readonly query: string;
  readonly document: DocumentNode;
  /** Lawful variables for these rows. */
  variablesFor(dice: Dice, library: Library): Record<string, unknown>;
}

/** What every object of a type is asked under fixed names, so that it can be told from others. */
export const identities: Readonly<Record<string, readonly string[]>> = {
  Loan: ['number'],
  Note: ['loanNumber', 'position'],
  Reader: ['id'],
  Club: ['id'],
  KindLoans: ['kind'],
  YearLoans: ['year'],
};

/** Fields of coverage that say how it went, not what there is. */
export const measured: ReadonlySet<string> = new Set(['elapsedMs', 'asOf', 'receivedAt']);

interface Writer {
  readonly dice: Dice;
  readonly library: Library;
  readonly schema: GraphQLSchema;
  /** Whether objects are asked for what tells them from others. */
  readonly isIdentified: boolean;
  readonly book: VariableBook;
  readonly fragments: { readonly name: string; readonly type: string; text: string | null }[];
  /** How many more fields may be written. */
  left: number;
  names: number;
  /** Whether aliases may look like other fields. */
  mayDeceive: boolean;
}

/** Writes an operation from a tape of choices; an alias that makes it invalid is not used. */
export function randomOperation(
  openDice: () => Dice,
  schema: GraphQLSchema,
  library: Library,
  { isIdentified = false } = {},
): Operation {
  for (const mayDeceive of [true, false]) {
    const operation = writeOperation(openDice(), schema, library, isIdentified, mayDeceive);
    const faults = validate(schema, operation.document);
    if (faults.length === 0) return operation;
    if (!mayDeceive) throw new Error(`A random operation is not valid: ${faults.join(' ')}\n${operation.query}`);
  }
  throw new Error('No operation could be written.');
}

function writeOperation(
  dice: Dice,
  schema: GraphQLSchema,
  library: Library,
  isIdentified: boolean,
  mayDeceive: boolean,
): Operation {
  const book: VariableBook = { list: [] };
  const writer: Writer = {
    dice,
    library,
    schema,
    isIdentified,
    book,
    fragments: [],
    left: 12 + dice.upTo(30),
    names: 0,
    mayDeceive,
  };
  const hasLoans = library.branches.some(({ loans }) => loans.length > 0);
  const isMutation = hasLoans && dice.oneIn(24);
  const root = (isMutation ? schema.getMutationType() : schema.getQueryType())!;
  const body = writeSelection(writer, root, { entities: 4, levels: 12 });
  const definitions = book.list.map(({ definition }) => definition);
  const head = `${isMutation ? 'mutation' : 'query'}${definitions.length > 0 ? ` (${definitions.join(', ')})` : ''}`;
  const fragments = writer.fragments.map(({ name, type, text }) => `fragment ${name} on ${type} ${text!}`);
  const query = [`${head} ${body}`, ...fragments].join('\n');
  return {
    query,
    document: parse(query, { noLocation: true }),
    variablesFor(own, rows) {
      const given = book.list.filter(({ hasDefault }) => !hasDefault || own.oneIn(2));
      return Object.fromEntries(given.map(({ name, draw }) => [name, draw(own, rows)]));
    },
  };
}

/** How much deeper it may go. */
interface Depth {
  readonly entities: number;
  readonly levels: number;
}

function writeSelection(writer: Writer, type: GraphQLObjectType, depth: Depth): string {
  const { dice } = writer;
  const selections = Array.from({ length: 1 + dice.upTo(3) }, () => writeOne(writer, type, depth));
  return `{ ${[...identityOf(writer, type), ...selections].join(' ')} }`;
}

function identityOf({ isIdentified }: Writer, type: GraphQLObjectType): string[] {
  if (!isIdentified) return [];
  return (identities[type.name] ?? []).map((name) => `key_${name}: ${name}`);
}

function writeOne(writer: Writer, type: GraphQLObjectType, depth: Depth): string {
  const { dice } = writer;
  const form = depth.levels > 0 ? dice.upTo(11) : 0;
  if (form === 9) return `...${writeCondition(writer)} ${writeSelection(writer, type, deeper(depth))}`;
  if (form === 10) return `... on ${type.name}${writeCondition(writer)} ${writeSelection(writer, type, deeper(depth))}`;
  if (form === 11) return `...${fragmentOf(writer, type, depth)}${writeCondition(writer)}`;
  return writeField(writer, type, depth);
}

/** A named fragment on this type: one that is there already, or a new one. */
function fragmentOf(writer: Writer, type: GraphQLObjectType, depth: Depth): string {
  const known = writer.fragments.filter((own) => own.type === type.name && own.text !== null);
  if (known.length > 0 && writer.dice.oneIn(2)) return writer.dice.pick(known).name;
  const fragment: Writer['fragments'][number] = { name: `F${writer.names++}`, type: type.name, text: null };
  writer.fragments.push(fragment);
  fragment.text = writeSelection(writer, type, deeper(depth));
  return fragment.name;
}

function writeField(writer: Writer, type: GraphQLObjectType, depth: Depth): string {
  const { dice, book, library } = writer;
  writer.left -= 1;
  const fields = Object.values(type.getFields()).filter((field) => mayGo(writer, field, depth));
  const field = dice.oneIn(12) ? undefined : dice.pick([...fields, undefined]);
  if (!field) return `${dice.oneIn(4) ? `n${writer.names++}: ` : ''}__typename${writeCondition(writer)}`;
  const args = randomArguments(dice, field.args, library, book);
  const alias = aliasOf(writer, type, field, args !== '');
  const value = getNamedType(field.type);
  const isEntity = value.name in identities && !value.name.endsWith('Loans');
  const next = { entities: depth.entities - (isEntity ? 1 : 0), levels: depth.levels - 1 };
  const selection = isObjectType(value) ? ` ${writeSelection(writer, value, next)}` : '';
  return `${alias}${field.name}${args}${writeCondition(writer)}${selection}`;
}

/** A field with arguments has a name of its own, so that nothing else is asked under it. */
function aliasOf(
  writer: Writer,
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  hasArguments: boolean,
): string {
  const { dice, mayDeceive } = writer;
  // What is measured has to be found by its name, and nothing else under it.
  if (measured.has(field.name)) return '';
  if (mayDeceive && dice.oneIn(10)) {
    return `${dice.pick(Object.keys(type.getFields()).filter((name) => !measured.has(name)))}: `;
  }
  return hasArguments || dice.oneIn(5) ? `n${writer.names++}: ` : '';
}

function mayGo({ left }: Writer, field: GraphQLField<unknown, unknown>, { entities, levels }: Depth): boolean {
  const value = getNamedType(field.type);
  if (!isObjectType(value)) return true;
  if (left <= 0 || levels <= 0) return false;
  return entities > 0 || !(value.name in identities || value.name === 'LoanConnection');
}

function deeper({ entities, levels }: Depth): Depth {
  return { entities, levels: levels - 1 };
}

function writeCondition(writer: Writer): string {
  const { dice, book, library } = writer;
  if (!dice.oneIn(9)) return '';
  const directive = dice.pick(['include', 'skip']);
  if (dice.oneIn(5)) return ` @${directive}(if: ${dice.oneIn(2)})`;
  const draw = (own: Dice) => own.oneIn(2);
  return ` @${directive}(if: ${asVariable(dice, new GraphQLNonNull(GraphQLBoolean), draw, library, book)})`;
}
