/** The keys of entities as texts, and whether an answer's entity echoes the key of one that was asked about. */

import { keptWith } from '../../common/kept-with.ts';
import { hiddenKey } from '../horizontal/hidden.ts';
import type { OwnedTypes } from './owned-types.ts';

export type Representation = Readonly<Record<string, unknown>>;

export interface EntityKeys {
  /** Two representations have the same text exactly when they have the same type and key, whatever stands in them. */
  textOf(own: Representation): string;
  /** Those of a list, which nobody changes any more: several agencies are told the same, and it is read once for all whose keys are alike. */
  textsOf(list: readonly Representation[]): KeyTexts;
  /** The same where the key is known; null where a part of it is absent. */
  textOfKnown(own: Representation): string | null;
  /** The same for the key that an entity of an answer echoes. */
  textOfEcho(entity: Representation): string;
  /** Whether an entity certainly echoes this key. When it is false the texts decide. */
  isEcho(entity: Representation, own: Representation): boolean;
}

/** The keys of a list as texts. */
export interface KeyTexts {
  readonly texts: readonly string[];
  /** Whether nothing is named twice. */
  readonly areDistinct: boolean;
}

interface KeyFields {
  readonly names: readonly string[];
  readonly hidden: readonly string[];
}

/** Reads the keys of these types once. */
export function createEntityKeys({ names, keyFieldsOf }: Pick<OwnedTypes, 'names' | 'keyFieldsOf'>): EntityKeys {
  const fieldsOf = (typeName: string): KeyFields => {
    const fields = keyFieldsOf(typeName);
    return { names: fields, hidden: fields.map(hiddenKey) };
  };
  const known = new Map(names.map((name) => [name, fieldsOf(name)]));
  const echoedType = hiddenKey('__typename');
  const namesOf = (typeName: string) => (known.get(typeName) ?? fieldsOf(typeName)).names;
  const textOf = (own: Representation): string => {
    const typeName = String(own['__typename']);
    return textOfKey(typeName, own, namesOf(typeName));
  };
  const alike = JSON.stringify([...known].map(([name, fields]) => [name, fields.names]).sort());
  return {
    textOf,
    textsOf(list) {
      const read = readTexts.of(list);
      if (read?.alike === alike) return read;
      const texts = list.map(textOf);
      const own = { alike, texts, areDistinct: new Set(texts).size === texts.length };
      readTexts.keep(list, own);
      return own;
    },
    textOfKnown(own) {
      const typeName = String(own['__typename']);
      const names = namesOf(typeName);
      return names.length > 0 && names.every((name) => own[name] != null) ? textOfKey(typeName, own, names) : null;
    },
    textOfEcho(entity) {
      const typeName = String(entity[echoedType]);
      return textOfKey(typeName, entity, (known.get(typeName) ?? fieldsOf(typeName)).hidden);
    },
    isEcho(entity, own) {
      const fields = known.get(own['__typename'] as string);
      if (!fields || entity[echoedType] !== own['__typename']) return false;
      for (let place = 0; place < fields.names.length; place += 1) {
        if (entity[fields.hidden[place]!] !== own[fields.names[place]!]) return false;
      }
      return true;
    },
  };
}

const readTexts = keptWith<readonly Representation[], KeyTexts & { readonly alike: string }>();

/** Each part with its length before it, so that no value can look like two. */
function textOfKey(typeName: string, row: Representation, fields: readonly string[]): string {
  let text = `${typeName.length}:${typeName}`;
  for (const field of fields) {
    const value = row[field];
    if (typeof value === 'string') {
      text += `${value.length}:${value}`;
    } else {
      const other = JSON.stringify(value ?? null);
      text += `=${other.length}:${other}`;
    }
  }
  return text;
}
