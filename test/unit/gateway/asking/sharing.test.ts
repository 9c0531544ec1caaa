import { describe, expect, test } from 'vitest';

import type { Answer, Question } from '../../../../common/wire.ts';
import { askWithin } from '../../../../gateway/asking/ask.ts';
import { createUpstream } from '../../../../gateway/asking/upstream.ts';
import { openRecord } from '../../../../gateway/operating/record.ts';
import { settled } from '../../../support/fake-clock.ts';

/** A court that answers when it is told to, and a request that asks it. */
function open() {
  const asked: Question[] = [];
  const answers: ((answer: Answer) => void)[] = [];
  const ask = (question: Question) => {
    asked.push(question);
    return new Promise<Answer>((resolve) => answers.push(resolve));
  };
  const toRequest = (record = openRecord()) => {
    const context = { record, signal: new AbortController().signal };
    return (question: Question, id = '苏0312', deadlineMs = 10_000) =>
      askWithin(createUpstream({ kind: 'court', id, ask }), question, { deadlineMs, context });
  };
  return { asked, answers, toRequest };
}

const question = (first = 1): Question => ({ query: 'query ($first: Int) { cases }', variables: { first } });

describe('one request that asks the same twice at the same time', () => {
  test('asks once, and each asker gets an answer of its own', async () => {
    const { asked, answers, toRequest } = open();
    const record = openRecord();
    const ask = toRequest(record);
    const replies = Promise.all([ask(question()), ask(question()), ask(question())]);
    await settled();
    expect(asked).toHaveLength(1);
    answers[0]!({ data: { cases: [{ number: 1 }] } });
    const given = (await replies).map((reply) => (reply.kind === 'answered' ? reply.answer : null));
    for (const answer of given) expect(answer).toEqual({ data: { cases: [{ number: 1 }] } });
    (given[0]!.data!['cases'] as unknown[]).push('changed');
    expect(given[1]!.data).toEqual({ cases: [{ number: 1 }] });
    expect(given[2]!.data).toEqual({ cases: [{ number: 1 }] });
    expect(record.calls).toHaveLength(1);
  });

  test('is told the same failure', async () => {
    const upstream = createUpstream({ kind: 'court', id: 'x', ask: () => Promise.reject(new Error('down')) });
    const context = { record: openRecord(), signal: new AbortController().signal };
    const ask = () => askWithin(upstream, question(), { deadlineMs: 1_000, context });
    const [one, other] = await Promise.all([ask(), ask()]);
    expect(one).toMatchObject({ kind: 'failed', reason: 'DOWN' });
    expect(other).toEqual(one);
  });

  test('asks again when the first was answered already', async () => {
    const { asked, answers, toRequest } = open();
    const ask = toRequest();
    const first = ask(question());
    await settled();
    answers[0]!({ data: {} });
    await first;
    const second = ask(question());
    await settled();
    expect(asked).toHaveLength(2);
    answers[1]!({ data: {} });
    await second;
  });
});

test.each<[string, (toRequest: ReturnType<typeof open>['toRequest']) => unknown[]]>([
  ['other variables', (to) => toBoth(to(), (ask) => [ask(question(1)), ask(question(2))])],
  ['other texts', (to) => toBoth(to(), (ask) => [ask({ query: '{ a }' }), ask({ query: '{ b }' })])],
  ['other courts', (to) => toBoth(to(), (ask) => [ask(question()), ask(question(), '苏0311')])],
  ['other deadlines', (to) => toBoth(to(), (ask) => [ask(question()), ask(question(), '苏0312', 9_000)])],
  ['other requests', (to) => [to()(question()), to()(question())]],
  ['changes', (to) => toBoth(to(), (ask) => [ask({ query: 'mutation { a }' }), ask({ query: 'mutation { a }' })])],
])('nothing is shared by %s', async (_, askTwice) => {
  const { asked, answers, toRequest } = open();
  const replies = Promise.all(askTwice(toRequest));
  await settled();
  expect(asked).toHaveLength(2);
  for (const answer of answers) answer({ data: {} });
  await replies;
});

function toBoth<Asking>(ask: Asking, twice: (ask: Asking) => unknown[]): unknown[] {
  return twice(ask);
}
