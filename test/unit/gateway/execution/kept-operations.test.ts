import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { createApollo } from '../../../../gateway/apollo.ts';
import { createGateway } from '../../../../gateway/execution/gateway.ts';
import { createKeptOperations, mostOperations } from '../../../../gateway/execution/kept-operations.ts';
import type { Source } from '../../../../gateway/explain/foresight.ts';
import { fetchOf } from '../../../../gateway/sources/fetch.ts';
import { composeSmall, toContext } from '../../../support/small-federation.ts';

const distinct = 5_000;

/** What compiled operations hold, seen from outside: each has the documents of its fetches. */
const documents: WeakRef<object>[] = [];
const source: Source = {
  foresee: () => {
    throw new Error('Nothing is explained here.');
  },
  process(options) {
    documents.push(new WeakRef(fetchOf(options).document));
    return Promise.resolve({ data: { thing: { id: '1' } } });
  },
};
const supergraphSdl = composeSmall([
  { name: 'things', sdl: 'type Query { thing(number: Int): Thing } type Thing { id: ID }', resolvers: {} },
]);
const apollo = createApollo(createGateway(supergraphSdl, new Map([['things', source]])));
beforeAll(() => apollo.start());
afterAll(() => apollo.stop());

async function ask(number: number): Promise<unknown> {
  const query = `query Q${number} { thing(number: ${number}) { id } }`;
  const { body } = await apollo.executeOperation({ query }, { contextValue: toContext() });
  return body.kind === 'single' ? body.singleResult.data : null;
}

it(
  'of five thousand operations that are asked once, no more are kept than so many; those in use stay',
  { timeout: 240_000 },
  async () => {
    const data = { thing: { id: '1' } };
    for (let number = 0; number < distinct; number += 1) {
      expect(await ask(number)).toEqual(data);
      // In use all the time.
      if (number % 100 === 0) await ask(0);
    }
    const first = documents[0]!;
    await settled();
    const kept = new Set(documents.map((own) => own.deref()));
    kept.delete(undefined);
    expect(kept.size).toBeLessThanOrEqual(mostOperations);
    expect(kept.size).toBeGreaterThan(mostOperations * 0.9);
    expect(kept).toContain(first.deref());
    const asked = documents.length;
    await ask(0);
    expect(documents[asked]!.deref()).toBe(first.deref());
  },
);

/** Everything that nobody holds is gone: weak references are kept to the end of the turn in which they were read. */
async function settled(): Promise<void> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let turn = 0; turn < 4; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
}

it('operations of one document are counted one by one', () => {
  const kept = createKeptOperations<string>(3);
  const [one, two] = [parse('{ a }'), parse('query A { a } query B { a } query C { a }')];
  kept.keep(one, '', 'one');
  for (const name of ['A', 'B', 'B']) kept.keep(two, name, name);
  expect([kept.of(one, ''), kept.of(two, 'A'), kept.of(two, 'B')]).toEqual(['one', 'A', 'B']);
  kept.keep(two, 'C', 'C');
  expect([kept.of(one, ''), kept.of(two, 'A'), kept.of(two, 'C')]).toEqual([undefined, 'A', 'C']);
  kept.keep(two, 'D', 'D');
  expect(['A', 'B', 'C', 'D'].map((name) => kept.of(two, name))).toEqual([undefined, undefined, undefined, undefined]);
});
