import type { CustomTypesConfig } from 'pg';

/** Reads one value of one type from PostgreSQL's text form. */
type Parse = (text: string) => unknown;

/** An array type and the type of its elements, by their numbers in `pg_type`. */
export interface ArrayType {
  readonly array: number;
  readonly element: number;
}

/**
 * How values come back on the connections that are given this, as `Database` promises; nothing is changed for anybody
 * else who uses the driver. What is in neither list is text.
 */
export function toValueTypes(arrays: readonly ArrayType[]): CustomTypesConfig {
  const parses = new Map(scalars);
  for (const { array, element } of arrays) {
    const parse = scalars.get(element) ?? same;
    parses.set(array, (text) => parseArrayText(text, parse));
  }
  return { getTypeParser: (type: number) => parses.get(type) ?? same };
}

const same: Parse = (text) => text;
const instant: Parse = (text) => text.replace(' ', 'T').replace(/\+00$/, 'Z');
const json: Parse = (text) => JSON.parse(text) as unknown;

/** The numbers of built-in types never change: https://www.postgresql.org/docs/15/catalog-pg-type.html */
const scalars: ReadonlyMap<number, Parse> = new Map<number, Parse>([
  [16, (text) => text === 't'], // boolean
  [17, (text) => new Uint8Array(Buffer.from(text.slice(2), 'hex'))], // bytea, in its hex form
  [20, BigInt], // int8
  [21, Number], // int2
  [23, Number], // int4
  [26, Number], // oid
  [114, json], // json
  [700, Number], // float4
  [701, Number], // float8
  [1114, instant], // timestamp
  [1184, instant], // timestamptz, written in UTC on our connections
  [3802, json], // jsonb
]);

/** Reads an array as PostgreSQL writes it: `{1,NULL,"a \"b\""}`, nested to any depth, perhaps `[2:3]={1,2}`. */
function parseArrayText(text: string, parse: Parse): unknown[] {
  let at = text.indexOf('{');
  return list();

  function list(): unknown[] {
    const values: unknown[] = [];
    at++;
    while (text[at] !== '}') {
      if (text[at] === ',') at++;
      values.push(text[at] === '{' ? list() : text[at] === '"' ? quoted() : bare());
    }
    at++;
    return values;
  }

  function quoted(): unknown {
    const start = ++at;
    while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
    return parse(text.slice(start, at++).replace(/\\([^])/g, '$1'));
  }

  function bare(): unknown {
    const start = at;
    while (text[at] !== ',' && text[at] !== '}') at++;
    const value = text.slice(start, at);
    return value === 'NULL' ? null : parse(value);
  }
}
