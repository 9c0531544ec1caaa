/** Ways in which a court or an agency goes wrong, as behaviours of a faulty server. */

import type { Answer, Question } from '../../common/wire.ts';
import { sendText, type Behaviour } from './faulty-court.ts';

/** What must never reach a client: upstreams say it, the hub does not repeat it. */
export const upstreamText =
  'connect ECONNREFUSED http://10.9.8.7:5432/ledger at Court.answer (/srv/court/answer.js:12:7) for 320312198001011232';

const privateParts = ['ECONNREFUSED', '10.9.8.7', '/srv/court', 'answer.js', 'node_modules', '320312198001011232'];

/** The private parts that stand in a text. */
export function leaksIn(text: string, url: string): string[] {
  const { host } = new URL(url);
  return [...privateParts, host, 'http://', 'https://'].filter((part) => text.includes(part));
}

/** Breaks the connection off without a word. */
export const reset: Behaviour = ({ response }) => void response.socket?.resetAndDestroy();

/** Takes the question and never answers. */
export const hang: Behaviour = () => undefined;

/** Answers truly, after so many milliseconds. */
export function slow(milliseconds: number): Behaviour {
  return async ({ response, answer }) => {
    const body = JSON.stringify(await answer());
    const timer = setTimeout(() => sendText(response, 200, body), milliseconds);
    response.once('close', () => clearTimeout(timer));
  };
}

/** Answers with an HTTP status and a page for people, as proxies do. */
export function page(status: number): Behaviour {
  const body = `<html><body><h1>${status}</h1><pre>${upstreamText}</pre></body></html>`;
  return ({ response }) => sendText(response, status, body, 'text/html; charset=utf-8');
}

/** Answers with this body, whatever was asked. */
export function says(body: string): Behaviour {
  return ({ response }) => sendText(response, 200, body);
}

/** A well-formed HTTP answer that ends in the middle of its JSON. */
export const truncated: Behaviour = async ({ response, answer }) => sendText(response, 200, half(await answer()));

/** Announces a whole answer, sends half of it and breaks off. */
export const cutOff: Behaviour = async ({ response, answer }) => {
  const whole = await answer();
  announce(response, whole).write(half(whole), () => response.socket?.resetAndDestroy());
};

/** Announces a whole answer, sends half of it and then nothing more. */
export const beginsAndHangs: Behaviour = async ({ response, answer }) => {
  const whole = await answer();
  announce(response, whole).write(half(whole));
};

/** A true answer in over 8 MiB. */
export const oversized: Behaviour = async ({ response, answer }) =>
  sendText(
    response,
    200,
    JSON.stringify({ ...(await answer()), extensions: { padding: 'x'.repeat(9 * 1024 * 1024) } }),
  );

/** Answers truly but for what `change` makes of it; undefined leaves the answer as it is. */
export function altered(change: (answer: Answer, question: Question) => unknown): Behaviour {
  return async ({ question, response, answer }) => {
    const whole = await answer();
    sendText(response, 200, JSON.stringify(change(whole, question) ?? whole));
  };
}

/** Behaves so towards the questions that `concerns` names, and well towards the others. */
export function towards(concerns: (question: Question) => boolean, behaviour: Behaviour): Behaviour {
  const well = altered((answer) => answer);
  return (exchange) => (concerns(exchange.question) ? behaviour : well)(exchange);
}

/** Whether a question asks for entities by their keys: every hop after the first. */
export function asksEntities({ query }: Question): boolean {
  return query.includes('_entities');
}

/** Whether a question asks for the city's cases. */
export function asksCases({ query }: Question): boolean {
  return /\bcases\s*\(/.test(query) && !query.includes('_entities');
}

function half(answer: Answer): string {
  const text = JSON.stringify(answer);
  return text.slice(0, Math.floor(text.length / 2));
}

function announce(response: Parameters<Behaviour>[0]['response'], answer: Answer) {
  const length = Buffer.byteLength(JSON.stringify(answer));
  return response.writeHead(200, { 'content-type': 'application/json', 'content-length': length });
}
