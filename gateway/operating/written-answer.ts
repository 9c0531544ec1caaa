/**
 * Answers as bytes for the hub's own door: Apollo Server would have them as a text, which is put together, flattened, encoded and
 * collected for each request ([0061](../../decisions/0061-answers-are-written-as-bytes.md)). It asks for that text by its own option,
 * `stringifyResult`, when all plugins have seen the answer; where the bytes were taken the text is empty.
 */

import type { ApolloServerPlugin } from '@apollo/server';
import type { FormattedExecutionResult } from 'graphql';

import { keptWith } from '../../common/kept-with.ts';
import type { WriteJson } from '../json/writer.ts';
import type { RequestContext } from '../request-context.ts';
import type { RequestRecord } from './record.ts';

/** Where an answer waits for the door. */
interface Taken {
  bytes: Buffer | null;
}

interface Writing {
  readonly write: WriteJson;
  readonly taken: Taken;
}

const places = keptWith<RequestRecord, Taken | null>();
const writings = keptWith<object, Writing>();

/**
 * Says that the request is answered with bytes where that can be; gives what takes them, once: null when the answer was told as a text.
 * A request's record outlives its answer ([0036](../../decisions/0036-answers-are-let-go.md)), and must not keep it.
 */
export function takeBytes(record: RequestRecord): () => Buffer | null {
  const taken: Taken = { bytes: null };
  places.keep(record, taken);
  return () => {
    const { bytes } = taken;
    taken.bytes = null;
    return bytes;
  };
}

/** Whether a request is answered with bytes. */
export function takesBytes(record: RequestRecord): boolean {
  return places.of(record) != null;
}

/** Apollo Server's plugin that has requests answered with texts, whoever would take bytes. */
export function toldAsText(): ApolloServerPlugin<Pick<RequestContext, 'record'>> {
  return {
    requestDidStart({ contextValue }) {
      places.keep(contextValue.record, null);
      return Promise.resolve();
    },
  };
}

/** Says how the data of a request's answer are written, if anybody takes them so. */
export function keepWriter(record: RequestRecord, data: object, write: WriteJson): void {
  const taken = places.of(record);
  if (taken) writings.keep(data, { write, taken });
}

/** An answer's text, in the order of Apollo Server's own, which ends in a line feed; empty when its bytes were taken. */
export function textOrBytes(result: FormattedExecutionResult): string {
  const { errors, data, extensions } = result;
  const writing = data ? writings.of(data) : undefined;
  if (writing) {
    const before = errors === undefined ? '' : `"errors":${JSON.stringify(errors)},`;
    const after = extensions === undefined ? '' : `,"extensions":${JSON.stringify(extensions)}`;
    writing.taken.bytes = writing.write(data, `{${before}"data":`, `${after}}\n`);
    if (writing.taken.bytes) return '';
  }
  return `${JSON.stringify(result)}\n`;
}
