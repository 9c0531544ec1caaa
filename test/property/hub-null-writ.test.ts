import { parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Ask } from '../../common/wire.ts';
import { createDice } from './dice.ts';
import { startEngine, type Engine } from './engine.ts';
import { toHubAsk } from './hubs.ts';
import { randomLibrary } from './library/rows.ts';
import { toCity } from './trial.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const behind = ['b', 'c'];
const loan = {
  number: 'b-001',
  madeOn: '2020-05-05',
  kind: 'NOVEL',
  fee: 100n,
  title: 'T',
  isReturned: true,
  weight: 1,
  pages: 10,
  volume: { title: 'v', year: 2000 },
  notes: [],
  reader: null,
  name: null,
};
const library = {
  ...randomLibrary(createDice([])),
  branches: ['a', 'b', 'c', 'd'].map((code) => ({
    code,
    currency: 'CNY',
    cards: new Map(),
    loans: code === 'b' ? [loan] : [],
  })),
};

/** What the neighbour that requires `volume` is told, when the hub says that it failed at b, with or without a null beside it. */
async function required(withNull: boolean, spoken: 'hub' | 'court') {
  const city = toCity(library);
  const failing: Ask = async (question, signal) => {
    const answer = structuredClone(await city.branches.get('b')!(question, signal)) as {
      data?: { _entities?: Record<string, unknown>[]; loan?: Record<string, unknown> };
      errors?: object[];
    };
    const tops = [
      ...(answer.data?._entities ?? []).map((own, at) => [own, ['_entities', at]] as const),
      ...(answer.data?.loan ? [[answer.data.loan, ['loan']] as const] : []),
    ];
    for (const [own, path] of tops) {
      if (!own || !('volume' in own)) continue;
      own['volume'] = null;
      (answer.errors ??= []).push({ message: 'x', path: [...path, 'volume'] });
    }
    return answer as never;
  };
  const branches = new Map([...city.branches].map(([code, own]) => [code, code === 'b' ? failing : own]));
  const honest = toHubAsk({ branches: new Map([...branches].filter(([code]) => behind.includes(code))) });
  const hub: Ask = async (question, signal) => {
    const answer = structuredClone(await honest(question, signal)) as {
      data?: { _entities?: Record<string, unknown>[]; loan?: Record<string, unknown> };
      errors?: object[];
    };
    if (withNull && answer.errors)
      for (const own of [...(answer.data?._entities ?? []), ...(answer.data?.loan ? [answer.data.loan] : [])])
        own['volume'] ??= null;
    return answer as never;
  };
  const told: unknown[] = [];
  const bindery: Ask = (question, signal) => {
    told.push(...((question.variables?.['representations'] ?? []) as unknown[]));
    return city.bindery(question, signal);
  };
  const query = '{ loan(number: "b-001") { number condition { text } } }';
  const hubs = new Map([['near', { ask: hub, behind }]]);
  const answer = await engine.answer(
    { ...city, bindery, branches, ...(spoken === 'hub' && { hubs }) },
    parse(query),
    query,
    {},
  );
  return {
    told,
    data: answer.data,
    errors: (answer.errors ?? []).map(({ extensions: e, path }) => [e?.['code'], e?.['court'] ?? e?.['hub'], path]),
  };
}

it('never passes a null on that a hub has told as failed', async () => {
  const direct = await required(false, 'court');
  expect(JSON.stringify(direct.told)).not.toContain('null');
  const absent = await required(false, 'hub');
  expect(absent.told).toEqual(direct.told);
  const withNull = await required(true, 'hub');
  expect(withNull.told).toEqual(direct.told);
});
