/** Readers of answers, generated for the shape that a question gives them. */

import { lateKey } from '../../late.ts';
import { evaluated, property, quoted } from '../../generated-code.ts';
import type { VerbatimTree } from '../../verbatim.ts';
import { compileSkip, putOff } from './late.ts';
import { readAny, readBelow, readLeaf, unlessThere, type ReadObject, type Scan } from './scan.ts';
import type { ObjectShape } from './shape.ts';
import { compilePass, readVerbatim } from './verbatim.ts';

/** Reads the value at which a scan stands. */
export type Read = (scan: Scan) => unknown;

/** A reader of answers whose data have this shape. What it reads is what `JSON.parse` would, or is put off (`late.ts`); the shape makes it fast, or not. */
export function compileReader(shape: ObjectShape): Read {
  return toReader(shape, none).read;
}

/** The same, but for lists that stay as they came (`verbatim.ts`); null where none of them is asked for as it would go out. */
export function compileVerbatimReader(shape: ObjectShape, verbatim: VerbatimTree): Read | null {
  const { read, lists } = toReader(shape, verbatim);
  return lists === 0 ? null : read;
}

/** What is counted while code is made: places of strings, and lists that may stay as they came. */
interface Counts {
  places: number;
  lists: number;
}

function toReader(shape: ObjectShape, verbatim: VerbatimTree): { readonly read: Read; readonly lists: number } {
  // The first place is for strings where objects were expected.
  const counts: Counts = { places: 1, lists: 0 };
  const readRoot = compileObject(shape, counts, verbatim);
  const { places, lists } = counts;
  const read: Read = (scan) => {
    // New for each answer: nothing of an answer is kept, and to write young values into old objects would cost more than to make these.
    for (let place = 0; place < places; place += 1) scan.lasts.push({ from: 0, length: 0, isAscii: true, value: '' });
    return readBelow(scan, readRoot);
  };
  return { read, lists };
}

/**
 * Its fields are compared where they are expected, in their order, four bytes at a time: that is a fraction of what it costs to find out
 * which they are. The code for `{ status accounts { balance } }`:
 *
 *     return (scan) => {
 *       const { bytes, view, at: from } = scan;
 *       let at = from;
 *       if (view.getInt32(at, true) !== 1953702523 || view.getInt32(at + 4, true) !== … ) return readAny(scan, from);
 *       scan.at = at + 10;
 *       const v0 = readLeaf(scan, 1);
 *       at = scan.at;
 *       if (view.getInt32(at, true) !== …) return readAny(scan, from);
 *       scan.at = at + 12;
 *       const v1 = readBelow(scan, read1);
 *       at = scan.at;
 *       if (bytes[at] !== 125) return readAny(scan, from);
 *       scan.at = at + 1;
 *       return { "status": v0, "accounts": v1 };
 *     };
 */
function compileObject({ fields }: ObjectShape, counts: Counts, verbatim: VerbatimTree): ReadObject {
  const scope: Record<string, unknown> = { readAny, readBelow, readLeaf, putOff, readVerbatim };
  const lines = ['const { bytes, view, at: from } = scan;', 'let at = from;'];
  const bySource = new Map<string, number>();
  const expect = (text: string): void => {
    lines.push(unlessThere(text, 'return readAny(scan, from)'), `scan.at = at + ${text.length};`);
  };
  fields.forEach(({ key, below, source }, index) => {
    expect(`${index === 0 ? '{' : ','}${quoted(key)}:`);
    if (below) {
      const own = verbatim.get(key);
      const pass = own && 'list' in own ? compilePass(own.list, below) : null;
      scope[`read${index}`] = compileObject(below, counts, own && 'below' in own ? own.below : none);
      if (key === lateKey) scope[`skip${index}`] = compileSkip(below);
      if (pass) {
        scope[`pass${index}`] = pass;
        counts.lists += 1;
      }
      const read = key === lateKey ? `putOff(scan, read${index}, skip${index})` : `readBelow(scan, read${index})`;
      lines.push(`const v${index} = ${pass ? `readVerbatim(scan, pass${index}, read${index})` : read};`);
    } else {
      const place = bySource.get(source) ?? counts.places++;
      bySource.set(source, place);
      lines.push(`const v${index} = readLeaf(scan, ${place});`);
    }
    lines.push('at = scan.at;');
  });
  expect('}');
  const properties = fields.map(({ key }, index) => property(key, `v${index}`));
  lines.push(`return { ${properties.join(', ')} };`);
  return evaluated(`return (scan) => {\n${lines.join('\n')}\n};`, scope) as ReadObject;
}

const none: VerbatimTree = new Map();
