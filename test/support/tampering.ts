/** Changes to a program's answer that keep it well-formed and make it untrue. All work in place, at any depth. */

import type { Answer } from '../../common/wire.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Change = (key: string, value: Json, holder: Record<string, Json>) => void;

/** Visits every field of every object of the answer's data, outermost first. */
export function eachField({ data }: Answer, change: Change): void {
  visit(data as Json, change);
}

/** Changes the lists under response keys that end like `name`, whatever prefix the asker gave them. */
export function changeLists(answer: Answer, name: string, change: (list: Json[]) => Json[]): void {
  eachField(answer, (key, value, holder) => {
    if (key.endsWith(name) && Array.isArray(value)) holder[key] = change(value);
  });
}

/** Puts other values in the place of fields whose response keys end like `name`. */
export function changeFields(answer: Answer, name: string, change: (value: Json) => Json): void {
  eachField(answer, (key, value, holder) => {
    if (key.endsWith(name)) holder[key] = change(value);
  });
}

/** Takes fields out of the answer whose response keys end like `name`. */
export function dropFields(answer: Answer, name: string): void {
  eachField(answer, (key, _, holder) => {
    if (key.endsWith(name)) Reflect.deleteProperty(holder, key);
  });
}

/** Makes fields fail as a program's resolver does: null, and an error with the field's path beside the data. */
export function failFields(answer: Answer, name: string, message: string): Answer {
  const errors = [...(answer.errors ?? [])];
  const walk = (value: Json, path: readonly (string | number)[]) => {
    if (Array.isArray(value)) value.forEach((item, index) => walk(item, [...path, index]));
    else if (value !== null && typeof value === 'object') {
      for (const [key, own] of Object.entries(value)) {
        if (key !== name || own === null) walk(own, [...path, key]);
        else {
          value[key] = null;
          errors.push({ message, path: [...path, key], extensions: { code: 'INTERNAL', stacktrace: [message] } });
        }
      }
    }
  };
  walk(answer.data as Json, []);
  return { ...answer, errors };
}

function visit(value: Json, change: Change): void {
  if (Array.isArray(value)) value.forEach((item) => visit(item, change));
  else if (value !== null && typeof value === 'object') {
    for (const [key, own] of Object.entries(value)) {
      change(key, own, value);
      visit(value[key] ?? null, change);
    }
  }
}
