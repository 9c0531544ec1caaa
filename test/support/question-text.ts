/** Prints random questions: aliases, fragments and variables get their names here, so that none can clash. */

import type { Argument, Condition, Field, Given, Selection, Spread } from './random-selection.ts';

/** A GraphQL document with the values of its variables. */
export interface QuestionText {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** What a root field prints into: it hands out names and keeps what stands outside the operation's braces. */
export interface Printer {
  alias(): string;
  argument(argument: Argument): string;
  selection(selection: Selection, also?: readonly string[]): string;
  /** The whole document; `also` are variables that the caller gives itself, such as `$after: String`. */
  document(roots: readonly string[], also?: readonly string[]): QuestionText;
}

/** A printer for one question. */
export function createPrinter(): Printer {
  const variables: Record<string, unknown> = {};
  const definitions: string[] = [];
  const fragments: string[] = [];
  let count = 0;
  /** Names of fields that no random question asks for: an alias may be one of them and mean something else. */
  const others = ['subject', 'bank', 'court', 'vehicle', 'realEstate', 'criteria', 'purpose', 'accounts'];
  const next = (letter: string): string => `${letter}${(count += 1)}`;

  function value(type: string, given: unknown, how: Given): string {
    const literal = literalOf(given, type);
    if (how === 'literal') return literal;
    const name = next('v');
    if (how === 'variable') variables[name] = given;
    definitions.push(how === 'variable' ? `$${name}: ${type}` : `$${name}: ${type} = ${literal}`);
    return `$${name}`;
  }

  const directive = (condition: Condition | null): string =>
    condition === null ? '' : ` @${condition.directive}(if: ${value('Boolean!', condition.value, condition.given)})`;

  const argument = (one: Argument): string => `${one.name}: ${value(one.type, one.value, one.given)}`;

  /** Cursors are opaque, so their aliases say that they are cursors. */
  function aliasOf({ name, selection: below }: Field): string {
    if (/cursor$/i.test(name)) return `cu${next('a')}`;
    return (below === null ? others.shift() : undefined) ?? next('a');
  }

  function field(one: Field): string {
    const alias = one.aliased || one.arguments.length > 0 ? `${aliasOf(one)}: ` : '';
    const args = one.arguments.length === 0 ? '' : `(${one.arguments.map(argument).join(', ')})`;
    const below = one.selection === null ? '' : ` ${selection(one.selection)}`;
    return `${alias}${one.name}${args}${directive(one.condition)}${below}`;
  }

  function spread(one: Spread): string {
    const text = selection(one.selection);
    if (one.form !== 'named') {
      return `...${one.form === 'typed' ? ` on ${one.selection.type}` : ''}${directive(one.condition)} ${text}`;
    }
    const name = next('F');
    fragments.push(`fragment ${name} on ${one.selection.type} ${text}`);
    return `...${name}${directive(one.condition)}`;
  }

  function selection(one: Selection, also: readonly string[] = []): string {
    const items = one.items.map((item) => (item.kind === 'field' ? field(item) : spread(item)));
    return `{ ${[one.anchor, ...also, ...items].join(' ')} }`;
  }

  return {
    alias: () => next('r'),
    argument,
    selection,
    document: (roots, also = []) => {
      const all = [...also, ...definitions];
      const head = all.length === 0 ? 'query' : `query(${all.join(', ')})`;
      return { query: [`${head} { ${roots.join(' ')} }`, ...fragments].join('\n'), variables };
    },
  };
}

const enums = new Set(['CaseStage', 'CaseType', 'ClosingMode', 'PartyRole', 'CaseOrder', 'Completeness']);
const filterTypes: Readonly<Record<string, string>> = {
  stages: 'CaseStage',
  types: 'CaseType',
  closingModes: 'ClosingMode',
  role: 'PartyRole',
};

function literalOf(value: unknown, type: string): string {
  if (Array.isArray(value)) return `[${value.map((one) => literalOf(one, type)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([name, one]) => `${name}: ${literalOf(one, filterTypes[name] ?? '')}`);
    return `{${entries.join(', ')}}`;
  }
  return enums.has(type) && typeof value === 'string' ? value : JSON.stringify(value);
}
