/** Ways in which a court or an agency goes wrong, as behaviours of a fault proxy. */

import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gzipSync } from 'node:zlib';

import { requestIdHeader } from '../../common/request-id.ts';
import type { Answer, Question } from '../../common/wire.ts';
import { sendText, well, type Behaviour } from './fault-proxy.ts';

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

/** Sends a true answer so slowly that it never ends: one byte of it every so many milliseconds. */
export function trickle(everyMs: number): Behaviour {
  return async ({ response, answer }) => {
    const whole = await answer();
    const text = JSON.stringify(whole);
    announce(response, whole);
    let sent = 0;
    const timer = setInterval(() => response.write(text.charAt((sent += 1) - 1)), everyMs);
    response.once('close', () => clearInterval(timer));
  };
}

/** A true answer among so much else, in bytes; as fast as the asker reads. `told` hears how much was sent so far. */
export function oversized(bytes = 9 * mebibyte, told: (sent: number) => void = () => undefined): Behaviour {
  return async ({ response, answer }) => {
    await sendPadded(response, await answer(), bytes, told);
  };
}

/** So many bytes of JSON in a thousandth of them, compressed whether the asker reads that or not. */
export function gzipBomb(bytes: number): Behaviour {
  const padded = Buffer.concat([Buffer.from('{"data":{"padding":"'), Buffer.alloc(bytes, 'x'), Buffer.from('"}}')]);
  const body = gzipSync(padded);
  return ({ response }) => void response.writeHead(200, gzipType).end(body);
}

/** A true answer, compressed if the asker reads that. */
export const gzipped: Behaviour = async (exchange) => {
  const { headers, response, answer } = exchange;
  if (headers['accept-encoding']?.includes('gzip') !== true) return well(exchange);
  const text = JSON.stringify(await answer());
  response.writeHead(200, gzipType).end(gzipSync(text));
};

/** A compressed answer that ends in the middle. */
export const truncatedGzip: Behaviour = async ({ response, answer }) => {
  const body = gzipSync(JSON.stringify(await answer()));
  response.writeHead(200, gzipType).end(body.subarray(0, body.length / 2));
};

/** Behaves otherwise from question to question, in turn and round again. */
export function inTurn(...behaviours: readonly Behaviour[]): Behaviour {
  let count = 0;
  return (exchange) => behaviours[count++ % behaviours.length]!(exchange);
}

/** Behaves as each request has it: told apart by the id that the hub passes on. */
export function byRequest(behaviourOf: (requestId: string) => Behaviour | undefined): Behaviour {
  return (exchange) => (behaviourOf(String(exchange.headers[requestIdHeader])) ?? well)(exchange);
}

/** Answers truly but for what `change` makes of it; undefined leaves the answer as it is. */
export function altered(change: (answer: Answer, question: Question) => unknown): Behaviour {
  return async ({ question, response, answer }) => {
    const whole = await answer();
    sendText(response, 200, JSON.stringify(change(whole, question) ?? whole));
  };
}

/** Behaves so towards the questions that `concerns` names, and well towards the others. */
export function towards(concerns: (question: Question) => boolean, behaviour: Behaviour): Behaviour {
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

const jsonType: OutgoingHttpHeaders = { 'content-type': 'application/json' };
const gzipType: OutgoingHttpHeaders = { ...jsonType, 'content-encoding': 'gzip' };
const mebibyte = 1024 * 1024;

function announce(response: ServerResponse, answer: Answer) {
  return response.writeHead(200, { ...jsonType, 'content-length': Buffer.byteLength(JSON.stringify(answer)) });
}

/** Sends a JSON object in which the answer stands behind so much padding, no faster than it is taken. */
async function sendPadded(response: ServerResponse, answer: Answer, bytes: number, told: (sent: number) => void) {
  const piece = 'x'.repeat(mebibyte / 4);
  function* pieces() {
    yield '{"extensions":{"padding":"';
    for (let sent = 0; sent < bytes; sent += piece.length) {
      told(sent);
      yield piece;
    }
    yield `"},${JSON.stringify({ data: answer.data, errors: answer.errors }).slice(1)}`;
  }
  response.writeHead(200, jsonType);
  await pipeline(Readable.from(pieces()), response);
}
