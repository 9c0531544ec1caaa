import { parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { startEngine, type Engine } from './engine.ts';
import { toHubAsk } from './hubs.ts';
import { libraryOf, loanOf } from './library/loans.ts';
import { toCity } from './trial.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const visitor = { birthYear: null, isMember: null, hasConsented: null, lastSeenAt: null, visits: 1, home: null };
const library = libraryOf((code) => [loanOf(`${code}-001`), loanOf(`${code}-002`)], new Map([['1', visitor]]));

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
