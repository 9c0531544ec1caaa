/** Ways in which a court goes wrong, as behaviours of its front. */

import type { Answer, Question } from '../../common/wire.ts';
import { sendJson, type Behaviour } from './front.ts';

/** What upstreams say and no client may ever read. */
export const upstreamText = 'connect ECONNREFUSED 10.9.8.7:5432 at Court.answer (/srv/court/answer.js:12:7)';

/** Takes the question and never answers. */
export const hang: Behaviour = () => undefined;

/** Breaks the connection off without a word. */
export const reset: Behaviour = ({ response }) => void response.socket?.resetAndDestroy();

/** Answers something that is no GraphQL answer. */
export const garbage: Behaviour = ({ response }) =>
  void response.writeHead(200, { 'content-type': 'application/json' }).end(`<h1>${upstreamText}</h1>`);

/** Answers with an HTTP status and a page for people. */
export function httpError(status: number): Behaviour {
  return ({ response }) =>
    void response.writeHead(status, { 'content-type': 'text/html' }).end(`<h1>${status} ${upstreamText}</h1>`);
}

/** Announces a whole answer, sends half of it and breaks off. */
export const cutOff: Behaviour = async ({ response, answer }) => {
  const body = Buffer.from(JSON.stringify(await answer()));
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  response.write(body.subarray(0, body.length / 2), () => response.socket?.resetAndDestroy());
};

/** Answers every question with an error of its own. */
export const failing: Behaviour = ({ response }) =>
  sendJson(response, { data: null, errors: [{ message: upstreamText, extensions: { code: 'INTERNAL' } }] });

/** Answers truly but for what `change` makes of it; undefined leaves the answer as it is. */
export function altered(change: (answer: Answer, question: Question) => unknown): Behaviour {
  return async ({ question, response, answer }) => {
    const whole = await answer();
    sendJson(response, change(whole, question) ?? whole);
  };
}

/** Behaves so towards the questions that `concerns` names, and well towards the others. */
export function towards(concerns: (question: Question) => boolean, behaviour: Behaviour): Behaviour {
  const well = altered(() => undefined);
  return (exchange) => (concerns(exchange.question) ? behaviour : well)(exchange);
}

/** Whether a question asks for entities by their keys. */
export function asksEntities({ query }: Question): boolean {
  return query.includes('_entities');
}

/** Whether a question asks for no entities: the first hop. */
export function asksRoots(question: Question): boolean {
  return !asksEntities(question);
}

/** The lists of entities in an answer, by alias, to be changed in place. */
export function changeEntities({ data }: Answer, change: (entities: unknown[]) => unknown[]): void {
  for (const [key, value] of Object.entries(data ?? {})) {
    if (Array.isArray(value)) data![key] = change(value);
  }
}
