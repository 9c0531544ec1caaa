import type { IncomingMessage } from 'node:http';
import { SpanKind, trace } from '@opentelemetry/api';
import { HeaderMap } from '@apollo/server';
import type { ApolloServer, BaseContext } from '@apollo/server';
import { toUtf8 } from '../../common/utf8.ts';
import { letGoOfAnswer } from '../operating/let-go.ts';
import type { RequestRecord } from '../operating/record.ts';
import { inSpan } from '../operating/span.ts';
import { takeBytes } from '../operating/written-answer.ts';
import { readJsonObject } from './body.ts';
import type { Reply } from './reply.ts';

/** One operation on its way: the server that answers it and its context, both of one moment. */
export interface Entrance<C extends BaseContext> {
  readonly apollo: ApolloServer<C>;
  readonly context: C;
  /** To be called when it has been answered, or will not be. */
  leave(): void;
}

/** Answers one GraphQL operation: the door reads the body, Apollo Server owns everything from there to the answer's text. */
export async function answerGraphql<C extends BaseContext>(
  request: IncomingMessage,
  record: RequestRecord,
  enter: () => Entrance<C>,
  maxBytes: number,
): Promise<Reply> {
  const body = await readJsonObject(request, maxBytes);
  const span = {
    name: 'POST /graphql',
    kind: SpanKind.SERVER,
    attributes: { 'nonet.request': record.id },
    parent: record.trace,
  };
  return inSpan(span, async (own) => {
    record.trace = trace.setSpan(record.trace, own);
    const entrance = enter();
    const httpGraphQLRequest = { method: 'POST', headers: headersOf(request), search: '', body };
    const taken = takeBytes(record);
    const answer = await entrance.apollo
      .executeHTTPGraphQLRequest({ httpGraphQLRequest, context: () => Promise.resolve(entrance.context) })
      .finally(() => {
        letGoOfAnswer(record);
        entrance.leave();
      });
    if (answer.body.kind !== 'complete') throw new Error('graphql 16 knows no incremental delivery.');
    const { operation = null, outcome = 'refused' } = record.end ?? {};
    own.setAttributes({ 'nonet.outcome': outcome, ...(operation !== null && { 'graphql.operation.name': operation }) });
    return {
      status: answer.status ?? 200,
      headers: Object.fromEntries(answer.headers),
      body: taken() ?? toUtf8(answer.body.string),
    };
  });
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
