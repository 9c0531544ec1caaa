/** The pass over an answer: it completes every value, tells what is missing, and is where rules of fields act. */

import type { RequestContext } from '../../request-context.ts';
import { evaluated } from '../../generated-code.ts';
import { Verbatim } from '../../verbatim.ts';
import type { Row } from './places.ts';
import type { ObjectShape } from './selection.ts';
import { shaperCode } from './shaper-code.ts';

/** What a rule makes of a field's completed value; it has to be of the field's type. */
export type FieldRule = (value: unknown, context: RequestContext) => unknown;

/** The rules of the schema's fields. */
export type FieldRules = (typeName: string, fieldName: string) => FieldRule | undefined;

export interface Shaped {
  readonly data: Row | null;
  /** Where a value was missing that must not be, or was not of its type. */
  readonly missing: readonly (readonly (string | number)[])[];
}

export type Shaper = (data: Row, introspection: Row | null, context: RequestContext) => Shaped;

/** Generates the pass for this shape. */
export function compileShaper(shape: ObjectShape, rulesOf: FieldRules = () => undefined): Shaper {
  const rules: FieldRule[] = [];
  const { body, enums } = shaperCode(shape, (typeName, fieldName) => {
    const rule = rulesOf(typeName, fieldName);
    return rule && rules.push(rule) - 1;
  });
  const shaper = evaluated(body, { Verbatim, enums: enums.map((values) => new Set(values)), rules }) as (
    data: Row,
    introspection: Row | null,
    failed: (path: readonly (string | number)[]) => void,
    context: RequestContext,
  ) => Row | null;
  return (data, introspection, context) => {
    const missing: (readonly (string | number)[])[] = [];
    const shaped = shaper(data, introspection, (path) => missing.push(path), context);
    return { data: shaped, missing };
  };
}
