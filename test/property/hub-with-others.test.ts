import { parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';

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

const library = {
  ...randomLibrary(createDice([])),
  branches: ['a', 'b', 'c', 'd'].map((code) => ({
    code,
    currency: 'CNY',
    cards: new Map([
      ['1', { birthYear: null, isMember: null, hasConsented: null, lastSeenAt: null, visits: 1, home: null }],
    ]),
    loans: [1, 2].map((n) => ({
      number: `${code}-00${n}`,
      madeOn: '2020-05-05',
      kind: 'NOVEL',
      fee: 100n,
      title: `T${code}${n}`,
      isReturned: true,
      weight: 1,
      pages: 10,
      volume: null,
      notes: [],
      reader: '1',
      name: 'N',
    })),
  })),
};

const query =
  '{ statistics { count fees titles coverage { complete courts { court { code } status } } } loans(first: 1, order: NUMBER_ASC) { totalCount totalIsLowerBound coverage { complete } } subjects shelves { kind count } reader(id: "1") { visits fees statistics { count coverage { complete } } } }';

/** The hub has one branch more than the registry puts behind it. */
async function through(registered: readonly string[], code: string) {
  const city = toCity(library);
  const hub = toHubAsk({ branches: new Map([...city.branches].filter(([own]) => ['b', 'c', 'd'].includes(own))) });
  const branches = new Map([...city.branches].filter(([own]) => registered.includes(own)));
  const hubs = new Map([[code, { ask: hub, behind: ['b', 'c'] }]]);
  const own = await engine.answer({ ...city, branches, hubs }, parse(query), query, {});
  const direct = await engine.answer({ ...city, branches }, parse(query), query, {});
  return { own, direct };
}

it('counts a branch once that is asked itself and stands behind the hub too', async () => {
  const { own, direct } = await through(['a', 'b', 'c', 'd'], 'near');
  expect(own.data?.['statistics']).toEqual(direct.data?.['statistics']);
});

it('counts nothing of a branch that the registry does not have', async () => {
  const { own, direct } = await through(['a', 'b', 'c'], 'near');
  expect(own.data?.['statistics']).toEqual(direct.data?.['statistics']);
});
