import { defaultFieldResolver, parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { startEngine, type Engine } from './engine.ts';
import { toHubAsk } from './hubs.ts';
import { toBranchAsk } from './library/asks.ts';
import { libraryOf, loanOf } from './library/loans.ts';
import { toCity } from './trial.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const days = new Map([
  ['a', '2021-01-01'],
  ['b', '2024-02-29'],
  ['c', '2020-05-05'],
]);
const library = libraryOf((code) => (days.has(code) ? [loanOf(`${code}-001`, { madeOn: days.get(code)! })] : []));

it.each(['{ statistics { latestTitle } }', '{ statistics { madeOn: latestTitle other: latestTitle latestOn } }'])(
  'a value that a hub gives is ordered by what that value goes by, not by the greatest that the hub knows: %s',
  async (query) => {
    const branches = new Map(
      library.branches.map((branch) => [
        branch.code,
        toBranchAsk(branch, (source, args, context, info) => {
          // The branch with the latest loan gives its day and not its title.
          if (branch.code === 'b' && info.fieldName === 'latestTitle') throw new Error('It fails.');
          return defaultFieldResolver(source, args, context, info);
        }),
      ]),
    );
    const behind = ['b', 'c'];
    const ask = toHubAsk({ branches: new Map([...branches].filter(([code]) => behind.includes(code))) });
    const hubs = new Map([['near', { ask, behind }]]);
    const city = { ...toCity(library), branches };
    const direct = await engine.answer(city, parse(query), query, {});
    const through = await engine.answer({ ...city, hubs }, parse(query), query, {});
    expect(JSON.stringify(direct.data)).toContain('Title of a-001');
    expect(through.data).toEqual(direct.data);
  },
);
