/** A question as the body of an HTTP request. */

import { keptWith } from '../../common/kept-with.ts';
import { toUtf8 } from '../../common/utf8.ts';
import type { Question } from '../../common/wire.ts';
import { knownJson } from '../json/writer.ts';

/**
 * The question's JSON. Representations of entities are nearly all of it, and several agencies are told the same list of them: it is
 * written once and kept with the list, which nobody changes any more.
 */
export function toBody(question: Question): string | Buffer {
  const { representations, ...others } = question.variables ?? {};
  if (!Array.isArray(representations)) return JSON.stringify(question);
  const head = JSON.stringify({ ...question, variables: undefined }).slice(0, -1);
  const told = JSON.stringify(others).slice(0, -1);
  const before = `${head},"variables":${told}${told === '{' ? '' : ','}"representations":`;
  return Buffer.concat([Buffer.from(before), bytesOf(representations), end]);
}

const end = Buffer.from('}}');

const written = keptWith<readonly unknown[], Buffer>();

function bytesOf(representations: readonly unknown[]): Buffer {
  const known = written.of(representations);
  if (known) return known;
  const bytes = knownJson.of(representations)?.(representations) ?? toUtf8(JSON.stringify(representations));
  written.keep(representations, bytes);
  return bytes;
}
