/** How a completed answer is written: as its shape has it, but for what depends on an object's type and what a rule has made. */

import type { JsonField, JsonShape } from '../../json/writer.ts';
import type { FieldRules } from './shaper.ts';
import type { ObjectShape, ValueShape } from './selection.ts';

/** The shape of the pass's answer as JSON. */
export function answerJson(shape: ObjectShape, rulesOf: FieldRules = () => undefined): JsonShape {
  const [fields, ...others] = shape.types.values();
  if (!fields || others.length > 0) return anything;
  return {
    kind: 'object',
    fields: fields.map((field): JsonField => {
      const isKnown = field.kind === 'value' && !rulesOf(field.typeName, field.fieldName);
      return { key: field.key, value: isKnown ? valueJson(field.value, rulesOf) : anything };
    }),
  };
}

function valueJson(value: ValueShape, rulesOf: FieldRules): JsonShape {
  switch (value.kind) {
    case 'leaf':
      return anything;
    case 'list':
      return { kind: 'list', item: valueJson(value.item, rulesOf) };
    case 'object':
      return answerJson(value.shape, rulesOf);
  }
}

const anything: JsonShape = { kind: 'value' };
