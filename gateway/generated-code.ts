/**
 * Code that is made at run time: how text becomes part of it. Nothing of a request or an answer stands in generated code but
 * through `quoted`, and names of variables are made by the generator itself.
 */

/** Text as a JavaScript string literal; what JSON leaves as it is and JavaScript once read as an end of line is escaped. */
export function quoted(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** Reads an own property of an object: names that every object inherits are not found on its prototype. */
export function reading(object: string, key: string): string {
  const name = quoted(key);
  return key in Object.prototype
    ? `(Object.hasOwn(${object}, ${name}) ? ${object}[${name}] : undefined)`
    : `${object}[${name}]`;
}

/** A property of an object literal; `__proto__` in a computed name is a name like any other. */
export function property(key: string, value: string): string {
  return key === '__proto__' ? `["__proto__"]: ${value}` : `${quoted(key)}: ${value}`;
}

/** The function that this text of a function body gives, with these values under their names in it. */
export function evaluated(body: string, scope: Readonly<Record<string, unknown>>): unknown {
  // The one place where text becomes code.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const make: unknown = new Function(...Object.keys(scope), `"use strict";\n${body}`);
  return (make as (...values: unknown[]) => unknown)(...Object.values(scope));
}
