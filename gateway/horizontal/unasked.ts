/** Fields of a question that one member is not asked for, because its program does not have them or their arguments. */

import { FailedValue } from './failed.ts';
import { hiddenKey } from './hidden.ts';
import { holds, type Condition, type Variables } from './selection.ts';

export interface Unasked {
  /** Response keys from the root field to the object that would hold it; empty for a root field. */
  readonly path: readonly string[];
  /** The same as a client reads it: `@` for every item of a list, nothing for `_entities`. */
  readonly place: readonly string[];
  readonly key: string;
  readonly field: string;
  readonly typeName: string;
  readonly conditions: readonly Condition[];
  /** Asked for by the hub itself: nobody else misses it. */
  readonly isHidden: boolean;
}

/** Why a member is not asked, or not asked for everything: its program does not have it. */
export const unsupported = 'UNSUPPORTED';

/** Stands where a whole gathered field was not asked. */
export function unsupportedMark(): FailedValue {
  return new FailedValue('REFUSED', unsupported);
}

/** Whether the field would have been asked in this request. */
export function isWanted({ conditions }: Unasked, variables: Variables): boolean {
  return conditions.every((condition) => holds(condition, variables));
}

/** Puts `undefined` where unasked fields would stand in an answer, and tells each place. Objects that did not come lack nothing. */
export function leaveUnasked(
  data: Record<string, unknown>,
  all: readonly Unasked[],
  found: (unasked: Unasked, holder: Record<string, unknown>, entity?: number) => void,
): void {
  for (const unasked of all) {
    if (unasked.path.length === 0) continue;
    const visit = (value: unknown, depth: number, entity?: number): void => {
      if (typeof value !== 'object' || value === null || value instanceof FailedValue) return;
      if (Array.isArray(value)) {
        const isEntities = depth === 1 && unasked.path[0] === '_entities';
        for (const [index, item] of (value as unknown[]).entries()) visit(item, depth, isEntities ? index : entity);
        return;
      }
      const holder = value as Record<string, unknown>;
      if (depth < unasked.path.length) {
        visit(holder[unasked.path[depth]!], depth + 1, entity);
        return;
      }
      const typeName = holder[hiddenKey('__typename')];
      // Another type's field may stand under the same key.
      if (holder[unasked.key] !== undefined || (typeof typeName === 'string' && typeName !== unasked.typeName)) return;
      holder[unasked.key] = undefined;
      if (!unasked.isHidden) found(unasked, holder, entity);
    };
    visit(data, 0);
  }
}
