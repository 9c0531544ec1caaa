import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import { request } from 'undici';
import { expect, it } from 'vitest';

import { wireRequests, type WireRequest } from './requests.ts';
import { openHubsWay, openPlainWay, type Way } from './two-ways.ts';

it('answers as Apollo Server as it comes does: status, headers, text, and every hook of a plugin in order', async () => {
  await using hubs = await openHubsWay();
  await using plain = await openPlainWay();
  const statuses = new Set<number>();
  const hooks = new Set<string>();
  expect(wireRequests.length).toBeGreaterThan(100);
  // Twice, since the second time the document is known.
  for (const one of [...wireRequests, ...wireRequests]) {
    const expected = await sent(plain, one);
    expect(await sent(hubs, one), one.title).toEqual(expected);
    statuses.add(expected.status);
    for (const line of expected.noted) hooks.add(line.split(' ', 1)[0] ?? '');
  }
  // What is compared is not a hundred times the same refusal.
  expect([...statuses].sort()).toEqual([200, 202, 203, 400, 404, 405, 406, 409, 413, 415, 418, 451, 500]);
  expect([...hooks].sort()).toEqual([
    'didEncounterErrors',
    'didResolveOperation',
    'didResolveSource',
    'executionDidEnd',
    'executionDidStart',
    'invalidRequest',
    'parsingDidEnd',
    'parsingDidStart',
    'requestDidStart',
    'responseForOperation',
    'unexpectedError',
    'validationDidEnd',
    'validationDidStart',
    'willSendResponse',
  ]);
});

it.each<[string, Partial<HTTPGraphQLRequest>]>([
  ['a query by GET', { method: 'GET', search: '?query=%7Bgreeting%7D', body: undefined }],
  [
    'a mutation by GET',
    { method: 'GET', search: '?query=mutation%7Bchange(to:%7Bname:%22x%22%7D)%7D', body: undefined },
  ],
  ['a GET that a form can send', { method: 'GET', search: '?query=%7Bgreeting%7D', headers: new HeaderMap() }],
  ['text that a form can send', { headers: new HeaderMap([['content-type', 'text/plain']]) }],
  ['a batch', { body: [{ query: '{ greeting }' }, { query: '{ greeting }' }] }],
  ['a PATCH', { method: 'PATCH' }],
])('does the same with what its door lets nobody send: %s', async (_, given) => {
  await using hubs = await openHubsWay();
  await using plain = await openPlainWay();
  expect(await handed(hubs, given)).toEqual(await handed(plain, given));
});

it('shows plugins the whole answer, and holds none of it once its text is written', async () => {
  await using hubs = await openHubsWay();
  const { text, noted } = await sent(
    hubs,
    wireRequests.find(({ title }) => title.startsWith('of many rows'))!,
  );
  const shown = noted.find((line) => line.startsWith('willSendResponse'));
  expect(JSON.parse(text)).toHaveProperty('data.rows.length', 3000);
  expect(shown).toContain(text.trim().slice('{"data":'.length, -'}'.length));
  expect(hubs.witness.kept()).toEqual({ kind: 'single', singleResult: {} });
});

async function sent({ door, witness }: Way, { method, path, headers, body }: WireRequest) {
  const named = { ...headers, 'x-request-id': 'the-same' };
  const answer = await request(`${door.url}${path}`, { method, headers: named, body, reset: true });
  const text = await answer.body.text();
  const { date, ...rest } = answer.headers;
  expect(date).toBeDefined();
  return { status: answer.statusCode, headers: rest, text, noted: witness.taken() };
}

async function handed({ apollo, witness, ...way }: Way, given: Partial<HTTPGraphQLRequest>) {
  const whole = {
    method: 'POST',
    search: '',
    headers: new HeaderMap([['content-type', 'application/json']]),
    body: { query: '{ greeting }' },
  };
  const answer = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { ...whole, ...given },
    context: () => Promise.resolve(way.context()),
  });
  return { ...answer, headers: [...answer.headers], noted: witness.taken() };
}
