/** Settings of a command: options first, then the environment, then defaults. Every fault is told at once. */

import { SettingsFault } from './command.ts';
import { parseOptions } from './options.ts';

/** Where one setting may stand; the option wins, and an empty variable counts as none. */
export interface Place {
  readonly option?: string;
  readonly variable?: string;
}

export interface Settings {
  /** The words of the command line that are no options. */
  readonly words: readonly string[];
  text(place: Place): string | undefined;
  /** What was given of an option that may be repeated. */
  texts(option: string): readonly string[];
  flag(option: string): boolean;
  /** A whole number within bounds; anything else is a fault, and then what is returned means nothing. */
  whole(place: Place, fallback: number, minimum: number, maximum: number): number;
  /** An http or https address without user, password and fragment; anything else is a fault. */
  address(place: Place, fallback: string): string;
  /** Something read from the setting by `read`; what that throws is a fault, and then the answer is null. */
  read<Value>(read: () => Value): Value | null;
  fault(text: string): void;
  /** Throws SettingsFault when there was any. */
  check(): void;
}

/**
 * Opens the settings on a command line that may have these options and, where `words` says what they are, other words;
 * `strings` may be repeated. Throws UsageFault for others.
 */
export function openSettings(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  options: Readonly<Record<string, 'string' | 'strings' | 'boolean'>>,
  words: string | null = null,
): Settings {
  const kinds = Object.fromEntries(Object.entries(options).map(([name, kind]) => [name, toKind(kind)]));
  const line = parseOptions(args, kinds, words);
  const values: Readonly<Record<string, string | boolean | readonly string[] | undefined>> = line.values;
  const faults: string[] = [];
  const find = ({ option, variable }: Place): { name: string; value: string } | null => {
    const given = option === undefined ? undefined : values[option];
    if (typeof given === 'string') return { name: `--${option ?? ''}`, value: given };
    const value = variable === undefined ? '' : (env[variable] ?? '');
    return value === '' ? null : { name: variable!, value };
  };
  return {
    words: line.positionals,
    text: (place) => find(place)?.value,
    texts: (option) => [values[option] ?? []].flat().filter((value) => typeof value === 'string'),
    flag: (option) => values[option] === true,
    whole(place, fallback, minimum, maximum) {
      const found = find(place);
      if (found === null) return fallback;
      const value = Number(found.value);
      if (!/^-?\d+$/.test(found.value) || value < minimum || value > maximum) {
        faults.push(`${found.name} is "${found.value}"; it has to be a whole number from ${minimum} to ${maximum}.`);
      }
      return value;
    },
    address(place, fallback) {
      const found = find(place);
      if (found === null) return fallback;
      // The text itself is not repeated: what is wrong with it may be that a password stands in it.
      if (!isPlainAddress(found.value)) {
        faults.push(
          `${found.name} is no address; it has to be http://host:port/path or https, without user, password and fragment.`,
        );
      }
      return found.value;
    },
    read(read) {
      try {
        return read();
      } catch (error) {
        faults.push(error instanceof Error ? error.message : String(error));
        return null;
      }
    },
    fault: (text) => void faults.push(text),
    check() {
      if (faults.length > 0) throw new SettingsFault(faults);
    },
  };
}

function toKind(kind: 'string' | 'strings' | 'boolean') {
  return kind === 'strings' ? { type: 'string' as const, multiple: true } : { type: kind };
}

function isPlainAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hash } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '' && hash === '';
}
