/**
 * Parts of an answer that go out as they came (decision 0065): lists of which nobody wants anything but that the client gets them. They are
 * held against what they have to be while they are read, and stay what they are: bytes.
 */

import type { GraphQLLeafType } from 'graphql';

import { keptWith } from '../common/kept-with.ts';
import type { Question } from '../common/wire.ts';

/** What a value has to be, so that what came of it may go out. */
export type VerbatimValue =
  | { readonly kind: 'leaf'; readonly isNonNull: boolean; readonly type: GraphQLLeafType }
  | { readonly kind: 'list'; readonly isNonNull: boolean; readonly item: VerbatimValue }
  | { readonly kind: 'object'; readonly isNonNull: boolean; readonly fields: readonly VerbatimField[] };

/** A field, by its response key: a value, or the name of the object's type. */
export type VerbatimField =
  { readonly key: string; readonly value: VerbatimValue } | { readonly key: string; readonly typeName: string };

/** By response key: lists that may stay as they come, and objects in which there are some. */
export type VerbatimTree = ReadonlyMap<string, VerbatimPart>;

export type VerbatimPart = { readonly list: VerbatimValue } | { readonly below: VerbatimTree };

/** What may stay as it comes in the entities of a fetch. */
export interface VerbatimFields {
  /** The same for all that say the same. */
  readonly name: string;
  readonly tree: VerbatimTree;
}

/** A list as it came: JSON as `JSON.stringify` would have it. */
export class Verbatim {
  /** The answer's bytes. */
  readonly view: DataView;
  readonly from: number;
  readonly to: number;

  constructor(view: DataView, from: number, to: number) {
    this.view = view;
    this.from = from;
    this.to = to;
  }

  /** Its value, where an answer is copied, compared or written by its JSON. */
  toJSON(): unknown {
    const { buffer, byteOffset } = this.view;
    return JSON.parse(Buffer.from(buffer, byteOffset + this.from, this.to - this.from).toString());
  }
}

/** What may stay as it comes in the answer to a question. It does not travel: what is asked is the same. */
export const takenVerbatim = keptWith<Question, VerbatimFields>();
