import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Answer } from '../../../common/wire.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';
import { someViewer } from '../../support/viewers.ts';

const query = `{ cases(first: 20) { edges { node { debtors { bank { status reason requestNumber ticket expectedBy answeredAt } } } } } }`;

interface Bank {
  readonly status: string;
  readonly reason: string | null;
  readonly requestNumber: string | null;
  readonly ticket: string | null;
  readonly expectedBy: string | null;
  readonly answeredAt: string | null;
}

let city: TestCity;
beforeAll(async () => {
  city = await startTestCity({
    casesPerCourt: 5,
    deadlines: { requestMs: 15_000, courtMs: 14_000, agencyMs: 14_000 },
  });
});
afterAll(() => city[Symbol.asyncDispose]());

async function ask(inquiry?: unknown): Promise<Answer> {
  const contextValue = city.hub.contextOf(new AbortController().signal, undefined, someViewer);
  const extensions = inquiry === undefined ? {} : { inquiry };
  const { body } = await city.hub.apollo.executeOperation({ query, extensions }, { contextValue });
  if (body.kind !== 'single') throw new Error('The hub answers each question once.');
  return JSON.parse(JSON.stringify(body.singleResult)) as Answer;
}

async function banks(inquiry?: unknown): Promise<Bank[]> {
  const { data, errors } = await ask(inquiry);
  expect(errors).toBeUndefined();
  const cases = data as unknown as { cases: { edges: { node: { debtors: { bank: Bank }[] } }[] } };
  const all = cases.cases.edges.flatMap(({ node }) => node.debtors.map(({ bank }) => bank));
  // Nobody is asked about without a writ.
  return all.filter(({ requestNumber }) => requestNumber !== null);
}

const submits = () => city.upstreams.calls().bank.submit;

test('a request says how long all agencies are waited for, and what is late is found by its ticket later', async () => {
  city.upstreams.behave('bank', { delayMs: 400 });
  const pending = await banks({ wait: 0, purpose: '财产查控' });
  expect(pending.length).toBeGreaterThan(0);
  for (const { status, ticket, requestNumber, expectedBy, answeredAt } of pending) {
    expect(status).toBe('PENDING');
    expect(ticket).toBe(requestNumber);
    expect(expectedBy).not.toBeNull();
    expect(answeredAt).toBeNull();
  }
  const asked = submits();
  // Longer than an agency is waited for by default, and than the hub's own deadline for one.
  const answered = await banks({ wait: 'PT12S' });
  for (const { status, ticket, reason } of answered) {
    expect(['FOUND', 'NONE'], reason ?? status).toContain(status);
    expect(ticket).toBeNull();
  }
  expect(answered.map(({ requestNumber }) => requestNumber)).toEqual(pending.map(({ ticket }) => ticket));
  expect(submits()).toBe(asked);
  city.upstreams.behave('bank', {});
});

test('a request says how old an answer may be', async () => {
  const first = await banks({ wait: 'PT12S' });
  const asked = submits();
  expect(await banks({ maxAge: 'PT1H' })).toEqual(first);
  expect(submits()).toBe(asked);
  await new Promise<void>((resolve) => void setImmediate(resolve));
  const fresh = await banks({ maxAge: 0, wait: 'PT12S' });
  expect(submits()).toBeGreaterThan(asked);
  for (const [index, { status, answeredAt, requestNumber }] of fresh.entries()) {
    expect(status).toBe(first[index]?.status);
    expect(Date.parse(answeredAt ?? '')).toBeGreaterThan(Date.parse(first[index]?.answeredAt ?? ''));
    // The same number would be the same question.
    expect(requestNumber).not.toBe(first[index]?.requestNumber);
  }
});

test('what cannot be meant is refused before anybody is asked', async () => {
  const before = city.upstreams.calls();
  const { data, errors } = await ask({ wait: 'PT1H' });
  expect(data ?? null).toBeNull();
  expect(errors).toHaveLength(1);
  expect(errors?.[0]).toMatchObject({
    message: 'extensions.inquiry.wait has to be at most 15 seconds.',
    extensions: { code: 'BAD_USER_INPUT', argument: 'extensions.inquiry.wait' },
  });
  expect(city.upstreams.calls()).toEqual(before);
});
