/** Fields that a member has and nobody could merge: what they are ordered, united or chosen by is lacking there. */

import { objectOf, objectTypesOf } from '../contract.ts';
import { orderFieldsOf } from '../order.ts';
import type { Comparison } from './comparison.ts';

/** Adds them to what is lacking. */
export function addConsequences(comparison: Comparison): void {
  const { contract, own, lacks } = comparison;
  const isLacking = (coordinate: string) =>
    lacks.some((lack) => lack.kind === 'field' && lack.coordinate === coordinate);
  for (const type of objectTypesOf(contract.schema)) {
    if (!own.schema.getType(type.name)) continue;
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`;
      const merge = contract.mergeOf(type.name, field.name);
      if (!merge || merge.key === null || isLacking(coordinate)) continue;
      const holder = merge.by === 'FIRST_BY' ? type : objectOf(field);
      const keys = merge.by === 'CONCAT' ? orderFieldsOf(merge.key) : [merge.key];
      if (!holder || merge.by === 'PAGE') continue;
      const because = keys.map((key) => `${holder.name}.${key}`).find(isLacking);
      if (because !== undefined) comparison.lack('field', coordinate, because);
    }
  }
}
