import { writeFileSync } from 'node:fs';

import { defaultFieldResolver, GraphQLError } from 'graphql';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Answer, Ask } from '../../common/wire.ts';
import { AskError } from '../../gateway/asking/reply.ts';
import { createDice, randomTape } from './dice.ts';
import { startEngine, type City, type Engine } from './engine.ts';
import { toHubAsk } from './hubs.ts';
import { toBranchAsk } from './library/asks.ts';
import { randomLibrary } from './library/rows.ts';
import { randomOperation } from './operations.ts';
import { toCity, withoutMeasures, differenceOf } from './trial.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await startEngine();
});
afterAll(() => engine.stop());

const fields = [
  'title',
  'fee',
  'volume',
  'notes',
  'name',
  'names',
  'visits',
  'isMember',
  'birthYear',
  'home',
  'byKind',
  'count',
  'anyKept',
  'coverage',
  'loans',
  'loanConnection',
  'statistics',
  'recent',
  'subjects',
  'shelves',
  'reader',
  'totalCount',
  'madeOn',
  'edges',
  'node',
  'hasConsented',
  'fees',
  'loan',
];
const kindsOfFault = ['down', 'late', 'refused', ...fields] as const;

const kept = new Map<string, { n: number; sample: string }>();

it('answers through a hub as without it, whatever one branch fails to do', async () => {
  const trials = fc.array(fc.tuple(randomTape(250), randomTape(40)), { minLength: 6, maxLength: 6 });
  let asked = 0;
  const property = fc.asyncProperty(randomTape(250), trials, async (writing, tapes) => {
    const sample = randomLibrary(createDice(tapes[0]![0]));
    const operation = randomOperation(() => createDice(writing), engine.schema, sample, { isIdentified: true });
    for (const [rows, choices] of tapes) {
      const library = randomLibrary(createDice(rows));
      const dice = createDice(choices);
      const fault = dice.pick(kindsOfFault);
      const bad = dice.pick(['b', 'c']);
      const branches = new Map(
        library.branches.map((branch): [string, Ask] => {
          if (branch.code !== bad) return [branch.code, toBranchAsk(branch)];
          if (fault === 'down') return [branch.code, () => Promise.reject(new AskError('DOWN', 'x'))];
          if (fault === 'late') return [branch.code, () => Promise.reject(new AskError('DEADLINE', 'x'))];
          if (fault === 'refused')
            return [
              branch.code,
              () => Promise.resolve({ errors: [{ message: 'x', extensions: { code: 'NO_LEGAL_BASIS' } }] }),
            ];
          return [
            branch.code,
            toBranchAsk(branch, (source, args, context, info) => {
              if (info.fieldName === fault) throw new GraphQLError('SECRET');
              return defaultFieldResolver(source, args, context, info);
            }),
          ];
        }),
      );
      const city: City = { ...toCity(library), branches };
      const behind = ['b', 'c'];
      const near = new Map([
        [
          'near',
          { ask: toHubAsk({ branches: new Map([...branches].filter(([code]) => behind.includes(code))) }), behind },
        ],
      ]);
      const three = ['b', 'c', 'd'];
      const far = new Map([
        [
          'far',
          {
            ask: toHubAsk({ branches: new Map([...branches].filter(([code]) => three.includes(code))), hubs: near }),
            behind: three,
          },
        ],
      ]);
      const hubs = process.env['NESTED'] ? far : near;
      const variables = operation.variablesFor(dice, library);
      const direct = await engine.answer(city, operation.document, operation.query, variables);
      const through = await engine.answer({ ...city, hubs }, operation.document, operation.query, variables);
      asked += 1;
      const strip = (a: Answer) =>
        JSON.parse(
          JSON.stringify(withoutMeasures(a.data)).replace(/"(endCursor|startCursor|cursor)":"[^"]*"/g, '"$1":""'),
        ) as unknown;
      const difference =
        differenceOf(strip(through), strip(direct), 'data') ??
        differenceOf(told(through), told(direct), 'errors') ??
        differenceOf(covered(through), covered(direct), 'ext');
      if (difference === null) continue;
      const sort = `${fault}: ${difference
        .replace(/[.]\d+/g, '.N')
        .replace(/data.*[.](\w+:)/, 'data … $1')
        .slice(0, 150)}`;
      const known = kept.get(sort);
      const text = [
        operation.query,
        JSON.stringify(variables),
        `bad ${bad}`,
        'THROUGH',
        JSON.stringify(through),
        'DIRECT',
        JSON.stringify(direct),
      ].join('\n');
      kept.set(sort, {
        n: (known?.n ?? 0) + 1,
        sample: known && known.sample.length < text.length ? known.sample : text,
      });
    }
  });
  await fc.assert(property, { numRuns: Number(process.env['RUNS'] ?? 150), seed: Number(process.env['SEED'] ?? 7) });
  const list = [...kept].sort((a, b) => b[1].n - a[1].n);
  if (process.env['REPORT']) writeFileSync(process.env['REPORT'], JSON.stringify(list, null, 1));
  console.log(
    `asked ${asked}`,
    list
      .map(([sort, { n }]) => `${n} ${sort}`)
      .slice(0, 80)
      .join('\n'),
  );
  expect(kept.size).toBe(0);
}, 300_000);

function told({ errors = [] }: Answer) {
  return [
    ...new Set(
      errors.map(({ extensions: e }) => `${String(e?.['code'])} ${String(e?.['court'])} ${String(e?.['hub'])}`),
    ),
  ].sort();
}

function covered({ extensions }: Answer) {
  return [...((extensions?.['coverage'] ?? []) as { path: string }[])].sort((a, b) => (a.path < b.path ? -1 : 1));
}
