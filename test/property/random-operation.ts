/** Random operations that are valid for a schema: fragments on everything, aliases that deceive, conditions, variables. */

import {
  astFromValue,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  parse,
  print,
  validate,
  type DocumentNode,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLSchema,
} from 'graphql';

import type { Dice } from './dice.ts';

export interface RandomOperation {
  readonly query: string;
  readonly document: DocumentNode;
  /** Values for its variables; those that need none are left out now and then. */
  variablesFrom(dice: Dice): Record<string, unknown>;
}

/** How a schema is asked. */
export interface Wording {
  /** What an argument may be given; null leaves it out. */
  readonly given: (argument: GraphQLArgument, fieldName: string) => Given | null;
  /** What the response keys of fields of this name begin with. */
  readonly markOf?: (fieldName: string) => string;
  /** How many levels an operation has at most, and fields in about. */
  readonly levels?: number;
  readonly fields?: number;
}

export interface Given {
  /** By its name and type: a variable that stands for one may stand for another. */
  readonly kind: string;
  readonly valueFrom: (dice: Dice) => unknown;
  /** Whether it is never left out. */
  readonly isAlways?: boolean;
  /** Whether it is never a variable. */
  readonly isLiteral?: boolean;
}

interface Variable {
  readonly name: string;
  readonly kind: string;
  readonly type: string;
  readonly byDefault: string | null;
  readonly valueFrom: (dice: Dice) => unknown;
}

interface Writer {
  readonly dice: Dice;
  readonly schema: GraphQLSchema;
  readonly wording: Wording;
  readonly levels: number;
  readonly variables: Variable[];
  readonly fragments: string[];
  left: number;
  names: number;
}

/** Writes one from a tape of choices; undefined when the choices do not fit together. */
export function randomOperation(dice: Dice, schema: GraphQLSchema, wording: Wording): RandomOperation | undefined {
  const { levels = 6, fields = 24 } = wording;
  const left = 6 + dice.upTo(fields);
  const writer: Writer = { dice, schema, wording, levels, variables: [], fragments: [], left, names: 0 };
  const isMutation = dice.oneIn(12);
  const root = (isMutation ? schema.getMutationType() : schema.getQueryType())!;
  const body = selectionOf(writer, root, levels);
  const { variables } = writer;
  const definitions = variables.map(
    ({ name, type, byDefault }) => `$${name}: ${type}${byDefault === null ? '' : ` = ${byDefault}`}`,
  );
  const head = `${isMutation ? 'mutation' : 'query'} ${dice.pick(['', 'Asked'])}${definitions.length > 0 ? `(${definitions.join(', ')})` : ''}`;
  const query = [`${head} ${body}`, ...writer.fragments].join('\n');
  const document = parse(query, { noLocation: true });
  if (validate(schema, document).length > 0) return undefined;
  const variablesFrom = (own: Dice) =>
    Object.fromEntries(
      variables.flatMap(({ name, type, byDefault, valueFrom }) => {
        const mayLack = byDefault !== null || !type.endsWith('!');
        return mayLack && own.oneIn(3) ? [] : [[name, valueFrom(own)]];
      }),
    );
  return { query, document, variablesFrom };
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
  const { dice, schema, wording } = writer;
  writer.left -= 1;
  const mayNest = writer.left > 0 && levels > 0;
  const all = isObjectType(type) || isInterfaceType(type) ? Object.values(type.getFields()) : [];
  const fields = all.filter((field) => mayNest || !isCompositeType(getNamedType(field.type)));
  const field = dice.oneIn(10) ? undefined : dice.pick([...fields, undefined]);
  if (!field && type === schema.getQueryType() && levels === writer.levels && dice.oneIn(3))
    return '__schema { queryType { name: description kind } }';
  if (!field) return `${dice.oneIn(3) ? `n${writer.names++}: ` : ''}__typename${conditionOf(writer)}`;
  const args = field.args.flatMap((argument) => argumentOf(writer, argument, field.name));
  const value = getNamedType(field.type);
  const below = isCompositeType(value) ? ` ${selectionOf(writer, value, levels - 1)}` : '';
  const mark = wording.markOf?.(field.name) ?? '';
  const names = [
    `n${writer.names++}`,
    dice.pick(all).name,
    dice.pick(['constructor', '__proto__', 'toString', 'value']),
  ];
  const alias = dice.pick([names[0]!, names[0]!, names[1]!, names[2]!]);
  const isNamed = args.length > 0 || mark !== '' || dice.oneIn(5);
  return `${isNamed ? `${mark}${alias}: ` : ''}${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${conditionOf(writer)}${below}`;
}

function argumentOf(writer: Writer, argument: GraphQLArgument, fieldName: string): string[] {
  const { dice, wording } = writer;
  const given = wording.given(argument, fieldName);
  if (!given || (given.isAlways !== true && dice.oneIn(3))) return [];
  if (given.isLiteral !== true && dice.oneIn(3)) {
    return [`${argument.name}: ${variableOf(writer, { ...given, type: argument.type })}`];
  }
  return [`${argument.name}: ${literal(given.valueFrom(dice), argument.type)}`];
}

function conditionOf(writer: Writer): string {
  const { dice } = writer;
  if (!dice.oneIn(7)) return '';
  const directive = dice.pick(['include', 'skip']);
  const { type } = writer.schema.getDirective(directive)!.args[0]!;
  const flag = { kind: 'flag', type, valueFrom: (own: Dice) => own.oneIn(2) };
  return ` @${directive}(if: ${dice.oneIn(5) ? String(dice.oneIn(2)) : variableOf(writer, flag)})`;
}

function variableOf(
  { dice, names, variables }: Writer,
  { kind, type, valueFrom }: Given & Pick<GraphQLArgument, 'type'>,
): string {
  const fitting = variables.filter((known) => known.kind === kind && known.type === String(type));
  if (fitting.length > 0 && dice.oneIn(2)) return `$${dice.pick(fitting).name}`;
  const name = `v${names}_${variables.length}`;
  const byDefault = dice.oneIn(3) ? literal(valueFrom(dice), type) : null;
  variables.push({ name, kind, type: String(type), byDefault, valueFrom });
  return `$${name}`;
}

function literal(value: unknown, type: GraphQLArgument['type']): string {
  return print(astFromValue(value, type)!);
}
