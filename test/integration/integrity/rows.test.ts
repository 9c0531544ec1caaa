import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  edgeKey,
  entityKey,
  harmless,
  keysChangedRound,
  lossesOf,
  lossesOfEdges,
  nullsWithoutError,
  spoilList,
  type ListFault,
} from './rows.ts';
import { sources, type Source } from './sources.ts';
import { judgeLie, startTrial, type Trial } from './trial.ts';

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial();
}, 120_000);
afterAll(() => trial[Symbol.asyncDispose]());

/** What the answer comes to when the liar's list of rows has a fault. */
async function faultsOf(source: Source, list: 'edges' | '_entities', fault: ListFault) {
  const { truth, given } = await trial.truthOf(source);
  const [question] = given[0]!;
  let isSpoiled = false;
  const found = await judgeLie(
    trial,
    source,
    truth,
    (own) => own === question,
    (answer) => {
      const spoiled = spoilList(answer, list, fault);
      isSpoiled = spoiled !== undefined;
      return spoiled;
    },
  );
  expect(isSpoiled).toBe(true);
  return found;
}

const ofEntities = sources.filter(({ name }) => /^(court: entities|reach|agency)/.test(name));
const ofPages = sources.filter(({ name }) => /^(city: rows|reach)/.test(name));

describe.each(ofEntities.map((source) => [source.name, source] as const))('%s: entities', (_, source) => {
  test.each(Object.entries(harmless))('that come %s are as good as any', async (__, fault) => {
    expect(await faultsOf(source, '_entities', fault)).toEqual([]);
  });

  const isLoss = ([fault]: readonly [string, ListFault]) =>
    !(source.isKnownByKeyAlone && fault === keysChangedRound) &&
    !(source.mayBeUnknown && nullsWithoutError.includes(fault));
  test.each(Object.entries(lossesOf(entityKey)).filter(isLoss))(
    'with %s: never a wrong pair, never a quiet null',
    async (__, fault) => {
      expect(await faultsOf(source, '_entities', fault)).toEqual([]);
    },
  );
});

describe.each(ofPages.map((source) => [source.name, source] as const))('%s: edges', (_, source) => {
  test.each(Object.entries({ ...harmless, ...lossesOf(edgeKey), ...lossesOfEdges }))(
    'with %s: never a wrong pair, never a quiet null',
    async (__, fault) => {
      expect(await faultsOf(source, 'edges', fault)).toEqual([]);
    },
  );
});
