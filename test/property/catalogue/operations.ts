/** How the catalogue is asked. */

import type { Wording } from '../random-operation.ts';

export const catalogueWording: Wording = {
  given({ name }) {
    if (name === 'id')
      return { kind: 'id', valueFrom: (dice) => String(dice.upTo(5)), isAlways: true, isLiteral: true };
    if (name === 'first' || name === 'times') return { kind: 'count', valueFrom: (dice) => dice.upTo(3) };
    return null;
  },
};
