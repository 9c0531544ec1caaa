/**
 * Short strings, made of their characters. It takes a third of the time that Node takes to cut them out of bytes, and nothing else has to
 * be made: to cut them out of a string, the whole answer would have to be one, and V8 would keep it with what is longer than twelve
 * characters. Of ASCII alone they take half of the room.
 */

import { evaluated } from '../../generated-code.ts';

/** The longest that are made so, in UTF-16 code units. */
export const mostOfShort = 24;

/** The string of so many units from there on; they have to be there. */
export function shortText(units: Uint16Array, at: number, count: number): string {
  return makes[count]!(units, at);
}

/** For each length one: arguments that stand in the code cost little, and those out of a list as much as Node's way. */
const makes = Array.from({ length: mostOfShort + 1 }, (_, count) => {
  const all = Array.from({ length: count }, (__, index) => `units[at + ${index}]`);
  return evaluated(`return (units, at) => String.fromCharCode(${all.join(', ')});`, {}) as Make;
});

type Make = (units: Uint16Array, at: number) => string;
