import { parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Answer, Ask } from '../../common/wire.ts';
import { startEngine, type Engine } from './engine.ts';
import { toHubAsk } from './hubs.ts';
import { libraryOf, loanOf } from './library/loans.ts';
import { toCity } from './trial.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const behind = ['b', 'c'];
const library = libraryOf((code) => (code === 'b' ? [loanOf('b-001')] : []));

type Row = Record<string, unknown>;

/** The loans in an answer, with their paths. */
function loansIn({ data }: Answer): (readonly [Row, readonly (string | number)[]])[] {
  const { loan: root, _entities: entities = [] } = (data ?? {}) as { loan?: Row | null; _entities?: Row[] };
  return [
    ...(root ? [[root, ['loan']] as const] : []),
    ...entities.map((own, at) => [own, ['_entities', at]] as const),
  ];
}

/** The branch fails to give a volume, and says so. */
const withoutVolume =
  (ask: Ask): Ask =>
  async (question, signal) => {
    const answer = structuredClone(await ask(question, signal));
    const lost = loansIn(answer).filter(([own]) => 'volume' in own);
    for (const [own] of lost) own['volume'] = null;
    const errors = lost.map(([, path]) => ({ message: 'It fails.', path: [...path, 'volume'] }));
    return errors.length === 0 ? answer : { ...answer, errors };
  };

/** What failed is a null beside its error, as any GraphQL server has it. */
const withNulls =
  (ask: Ask): Ask =>
  async (question, signal) => {
    const answer = structuredClone(await ask(question, signal));
    if (answer.errors) for (const [own] of loansIn(answer)) own['volume'] ??= null;
    return answer;
  };

/** What the neighbour is told that requires the volume of a loan. */
async function required(toHub: ((ask: Ask) => Ask) | null) {
  const city = toCity(library);
  const branches = new Map([...city.branches].map(([code, ask]) => [code, code === 'b' ? withoutVolume(ask) : ask]));
  const ask = toHubAsk({ branches: new Map([...branches].filter(([code]) => behind.includes(code))) });
  const hubs = toHub && new Map([['near', { ask: toHub(ask), behind }]]);
  const told: unknown[] = [];
  const bindery: Ask = (question, signal) => {
    told.push(...((question.variables?.['representations'] ?? []) as unknown[]));
    return city.bindery(question, signal);
  };
  const query = '{ loan(number: "b-001") { number condition { text } } }';
  await engine.answer({ ...city, bindery, branches, ...(hubs && { hubs }) }, parse(query), query, {});
  return told;
}

it('never passes a null on that a hub has told as failed', async () => {
  const direct = await required(null);
  expect(JSON.stringify(direct)).not.toContain('null');
  expect(await required((ask) => ask)).toEqual(direct);
  expect(await required(withNulls)).toEqual(direct);
});

interface Covered {
  readonly courts: readonly { readonly code: string; readonly status: string; readonly reason?: string }[];
}

/** The branch loses the loans of every reader, and says so. */
const withoutLoans =
  (ask: Ask): Ask =>
  async (question, signal) => {
    const answer = structuredClone(await ask(question, signal));
    const readers = (answer.data?.['_entities'] ?? []) as (Record<string, unknown> | null)[];
    const lost = readers.flatMap((own, at) => (own && 'loans' in own ? [{ own, at }] : []));
    for (const { own } of lost) own['loans'] = null;
    const errors = lost.map(({ at }) => ({ message: 'It fails.', path: ['_entities', at, 'loans'] }));
    return errors.length === 0 ? answer : { ...answer, errors };
  };

/** What is told about the loans of a reader whom only the branch knows that loses them. */
async function told(isThrough: boolean): Promise<{ readonly data: Answer['data']; readonly covered: Covered }> {
  const city = toCity(library);
  const branches = new Map([...city.branches].map(([code, ask]) => [code, code === 'b' ? withoutLoans(ask) : ask]));
  const ask = toHubAsk({ branches: new Map([...branches].filter(([code]) => behind.includes(code))) });
  const hubs = new Map([['near', { ask, behind }]]);
  const query = '{ loan(number: "b-001") { reader { id loans { number } } } }';
  const answer = await engine.answer({ ...city, branches, ...(isThrough && { hubs }) }, parse(query), query, {});
  return { data: answer.data, covered: (answer.extensions!['coverage'] as [Covered])[0] };
}

it('whom a hub below calls without anything is no gap because the one beside it failed', async () => {
  const direct = await told(false);
  expect(direct.data).toEqual({ loan: { reader: { id: '1', loans: null } } });
  expect(direct.covered.courts).toEqual([
    { code: 'a', status: 'NONE' },
    { code: 'b', status: 'UNREACHABLE', reason: 'SERVER_ERROR' },
    { code: 'c', status: 'NONE' },
    { code: 'd', status: 'NONE' },
  ]);
  expect(await told(true)).toEqual(direct);
});
