/** The bytes of an answer as a value, by a reader that knows the question's shape where the question has been asked before. */

import { isUtf8 } from 'node:buffer';

import { fromUtf8 } from '../../../common/utf8.ts';
import type { VerbatimFields } from '../../verbatim.ts';
import { compileReader, compileVerbatimReader, type Read } from './reader.ts';
import { comma, expectText, openScan, quote, rightBrace, skipSpace, unreadable, type Scan } from './scan.ts';
import { shapeOf, type ObjectShape } from './shape.ts';

/** What is known of the answers to a question. */
interface Known {
  /** How many of them came. */
  times: number;
  /** How many more of them may be of another shape before they are all left to `JSON.parse`. */
  patience: number;
  /** Made when it is worth it. */
  readers: OfShape | null;
}

/** Readers of answers of one shape: as values, and by the names of what stays as it came. */
interface OfShape {
  readonly shape: ObjectShape;
  readonly read: Read;
  readonly verbatim: Map<string, Read>;
}

export interface Readers {
  /**
   * The JSON in these bytes; undefined when they hold none. It is what `JSON.parse` makes of their text, but for objects that are put off, and for
   * lists that stay as they came where that is taken.
   */
  read(bytes: Buffer, question: string, verbatim?: VerbatimFields): unknown;
}

/** Smaller answers cost little in any case. */
const least = 2_048;

/** A reader is made when a question has been answered so often: most are asked again and again, or never again. */
const worth = 4;

/** What is made of a question is many times as large as the question. */
const mostKept = 500;

/** Characters of a question; answers to longer ones are left to `JSON.parse`. */
export const longestQuestion = 16_384;

/** So many answers in a row may be of another shape than their question says. */
const patience = 4;

/** Keeps what is known of the questions that were answered last; none yet. */
export function createReaders(most = mostKept): Readers {
  const known = new Map<string, Known>();
  const knownOf = (question: string): Known => {
    const own = known.get(question) ?? { times: 0, patience, readers: null };
    known.delete(question);
    known.set(question, own);
    const [eldest] = known.keys();
    if (known.size > most && eldest !== undefined) known.delete(eldest);
    own.times += 1;
    if (own.times === worth) {
      const shape = shapeOf(question);
      own.readers = shape && { shape, read: compileReader(shape), verbatim: new Map() };
    }
    return own;
  };
  return {
    read(bytes, question, verbatim) {
      const own = bytes.length < least || question.length > longestQuestion ? null : knownOf(question);
      if (!own?.readers || !isUtf8(bytes)) return parsed(fromUtf8(bytes));
      const scan = openScan(bytes, 0);
      const answer = readAnswer(scan, readerFor(own.readers, verbatim), own.readers.read);
      own.patience = scan.isRegular ? patience : own.patience - 1;
      if (own.patience === 0) own.readers = null;
      return answer === undefined ? parsed(fromUtf8(bytes)) : answer;
    },
  };
}

/** So many operations may want the answers to one question in ways of their own. */
const mostWays = 8;

function readerFor({ shape, read, verbatim: known }: OfShape, verbatim: VerbatimFields | undefined): Read {
  if (!verbatim) return read;
  const own = known.get(verbatim.name);
  if (own) return own;
  const [eldest] = known.keys();
  if (known.size >= mostWays && eldest !== undefined) known.delete(eldest);
  const made = compileVerbatimReader(shape, new Map([['_entities', { below: verbatim.tree }]])) ?? read;
  known.set(verbatim.name, made);
  return made;
}

/** The data stand first, as the GraphQL specification would have it (section 7.1); what stands beside them has no shape. */
function readAnswer(scan: Scan, read: Read, readValues: Read): unknown {
  try {
    expectText(scan, start);
    const data = read(scan);
    const next = scan.bytes[scan.at];
    scan.at += 1;
    skipSpace(scan);
    if (next === rightBrace && scan.at === scan.bytes.length) return { data };
    if (next !== comma || scan.bytes[scan.at] !== quote) throw unreadable;
    const rest = JSON.parse(`{${scan.bytes.toString('utf8', scan.at)}`) as object;
    // Errors speak of values.
    const isOfValues = read === readValues || !('errors' in rest);
    return { data: isOfValues ? data : readData(scan.bytes, readValues), ...rest };
  } catch {
    // It may be no JSON, or lists may be too many in each other: JSON.parse has the last word.
    scan.isRegular = false;
    return undefined;
  }
}

const start = '{"data":';

function readData(bytes: Buffer, read: Read): unknown {
  return read(openScan(bytes, start.length));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
