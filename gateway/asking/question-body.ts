/** A question as the body of an HTTP request, and the digest of it that is signed. */

import { createHash, type Hash } from 'node:crypto';

import { keptWith } from '../../common/kept-with.ts';
import { sha256 } from '../../common/proof.ts';
import { toUtf8 } from '../../common/utf8.ts';
import type { Question } from '../../common/wire.ts';
import { knownJson } from '../json/writer.ts';

/** A body that is ready to be sent. */
export interface QuestionBody {
  readonly bytes: string | Buffer;
  /** SHA-256, base64url. */
  readonly digest: () => string;
}

/**
 * The question's JSON. Representations of entities are nearly all of it, and several agencies are told the same list of them: it is
 * written and digested once and kept with the list, which nobody changes any more. So it stands first.
 */
export function toBody(question: Question): QuestionBody {
  const { representations, ...others } = question.variables ?? {};
  if (!Array.isArray(representations)) {
    const text = JSON.stringify(question);
    return { bytes: text, digest: () => sha256(text) };
  }
  const beginning = beginningOf(representations);
  const told = JSON.stringify(others).slice(1);
  const rest = JSON.stringify({ ...question, variables: undefined }).slice(1);
  const end = Buffer.from(`${told === '}' ? '' : ','}${told},${rest}`);
  return {
    bytes: Buffer.concat([beginning.bytes, end]),
    digest() {
      beginning.hash ??= createHash('sha256').update(beginning.bytes);
      return beginning.hash.copy().update(end).digest('base64url');
    },
  };
}

/** What is the same in all questions about these entities. */
interface Beginning {
  readonly bytes: Buffer;
  /** Of these bytes; what follows goes into copies. */
  hash: Hash | null;
}

const beginnings = keptWith<readonly unknown[], Beginning>();

function beginningOf(representations: readonly unknown[]): Beginning {
  const known = beginnings.of(representations);
  if (known) return known;
  const before = '{"variables":{"representations":';
  const bytes =
    knownJson.of(representations)?.(representations, before) ?? toUtf8(`${before}${JSON.stringify(representations)}`);
  const own: Beginning = { bytes, hash: null };
  beginnings.keep(representations, own);
  return own;
}
