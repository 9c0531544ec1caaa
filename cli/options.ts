/** Reads a command line: what is wrong with it is one line that says what is right. */

import { parseArgs } from 'node:util';

import { UsageFault } from './command.ts';

interface OptionKind {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
}

type Options = Readonly<Record<string, OptionKind>>;

/** What was given of each option; a repeated one is a list where `multiple` says so, else its last value. */
export type OptionValues<O extends Options> = {
  [name in keyof O]?: O[name]['multiple'] extends true ? ValueOf<O[name]>[] : ValueOf<O[name]>;
};

type ValueOf<K extends OptionKind> = K['type'] extends 'boolean' ? boolean : string;

export interface CommandLine<O extends Options> {
  readonly values: OptionValues<O>;
  readonly positionals: readonly string[];
}

/**
 * The options and, where `words` says what they are, the other words of a command line. Throws UsageFault for an option
 * that the command does not have, for a missing value and for a word too many.
 */
export function parseOptions<const O extends Options>(
  args: readonly string[],
  options: O,
  words: string | null = null,
): CommandLine<O> {
  // Node's own faults take several sentences, and advise what does not hold here.
  const { values, positionals, tokens } = parseArgs({
    args: [...args],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'positional' && words === null) {
      throw new UsageFault(`"${token.value}" is one word too many: options only.`);
    }
    if (token.kind === 'option') checkOption(token, options);
  }
  return { values: values, positionals };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function checkOption({ name, rawName, value, inlineValue }: OptionToken, options: Options): void {
  const kind = Object.hasOwn(options, name) ? options[name] : undefined;
  const known = Object.keys(options).map((option) => `--${option}`);
  if (!kind) throw new UsageFault(`there is no option ${rawName}. Known: ${[...known, '--help'].join(', ')}.`);
  if (kind.type === 'boolean' && value !== undefined) {
    throw new UsageFault(`${rawName} takes no value: write ${rawName} alone.`);
  }
  // `--port --memory`: the next option is no value; `--port=-1` says that it is meant.
  const isForgotten = value === undefined || value === '' || (inlineValue !== true && /^--?[A-Za-z]/.test(value));
  if (kind.type === 'string' && isForgotten) throw new UsageFault(`${rawName} needs a value: ${rawName} VALUE.`);
}
