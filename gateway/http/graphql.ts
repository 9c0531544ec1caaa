import type { IncomingMessage } from 'node:http';
import { HeaderMap } from '@apollo/server';
import type { ApolloServer, BaseContext } from '@apollo/server';
import { readJsonObject } from './body.ts';
import type { Reply } from './reply.ts';

/** Answers one GraphQL operation: the door reads the body, Apollo Server owns everything from there to the answer's text. */
export async function answerGraphql<C extends BaseContext>(
  apollo: ApolloServer<C>,
  request: IncomingMessage,
  context: () => Promise<C>,
  maxBytes: number,
): Promise<Reply> {
  const body = await readJsonObject(request, maxBytes);
  const answer = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: 'POST', headers: headersOf(request), search: '', body },
    context,
  });
  if (answer.body.kind !== 'complete') throw new Error('graphql 16 knows no incremental delivery.');
  return {
    status: answer.status ?? 200,
    headers: Object.fromEntries(answer.headers),
    body: Buffer.from(answer.body.string),
  };
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}
