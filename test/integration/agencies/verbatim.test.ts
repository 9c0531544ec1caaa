import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Answer } from '../../../common/wire.ts';
import { openRecord } from '../../../gateway/operating/record.ts';
import { takeBytes, textOrBytes } from '../../../gateway/operating/written-answer.ts';
import { takenVerbatim } from '../../../gateway/verbatim.ts';
import { digest } from '../../property/catalogue/world.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';
import { openWire } from '../../support/verbatim-wire.ts';
import { someViewer } from '../../support/viewers.ts';

const wire = openWire();
/** The agencies' answers before they are spoilt: they are the same whoever asks when. */
const told = new Map<string, string>();
interface World {
  readonly salt: number;
  /** One value in so many is another one; 0 for none. */
  readonly oddIn: number;
  readonly hasErrors: boolean;
}
let world: World;
const plain: World = { salt: 0, oddIn: 0, hasErrors: false };

let city: TestCity;
beforeAll(async () => {
  city = await startTestCity({
    casesPerCourt: 6,
    breaker: null,
    betweenAgency:
      (name, ask) =>
      async (question, ...how) => {
        const asked = name + JSON.stringify(question);
        const text = told.get(asked) ?? JSON.stringify(await ask(question, ...how));
        told.set(asked, text);
        const answer = spoilt(JSON.parse(text), [name]) as Answer;
        const path = ['_entities', 0, 'bank', 'accounts', 0, 'balance'];
        const isFaulty = world.hasErrors && digest(`${world.salt} ${name}`) % 2 === 0;
        const whole = isFaulty ? { ...answer, errors: [{ message: 'x', path }] } : answer;
        return wire.read(whole, question.query, takenVerbatim.of(question)) as Answer;
      },
  });
}, 120_000);
beforeEach(() => {
  world = plain;
  wire.stayed();
});
afterAll(() => city[Symbol.asyncDispose]());

const odd = [null, 7, 1.5, 'x', true, [], {}, '12.50', -0.5, 1e21, [null], 'FOUND', undefined];

/** What an agency might say instead, in some places below its entities. */
function spoilt(value: unknown, path: readonly (string | number)[]): unknown {
  const place = `${world.salt} ${path.join('/')}`;
  const isOdd = world.oddIn > 0 && path.length > 3 && digest(place) % world.oddIn === 0;
  if (isOdd && !String(path.at(-1)).startsWith('_nonet_')) return odd[digest(`${place} odd`) % odd.length];
  if (Array.isArray(value)) return value.map((item, index) => spoilt(item, [...path, index]));
  if (typeof value !== 'object' || value === null) return value;
  const own = Object.entries(value).map(([key, one]): [string, unknown] => [key, spoilt(one, [...path, key])]);
  const more = world.oddIn > 0 && digest(`${place} more`) % (3 * world.oddIn) === 0 ? [['more', 1]] : [];
  return Object.fromEntries([...own, ...more]) as unknown;
}

/** The answer's text, taken as bytes, as the hub's door takes it, or told. */
async function ask(query: string, asBytes: boolean, extensions: object = {}): Promise<string> {
  const record = openRecord();
  const taken = asBytes ? takeBytes(record) : () => null;
  const contextValue = city.hub.contextOf(new AbortController().signal, record, someViewer);
  const request = { query, extensions: { inquiry: { wait: 'PT12S' }, ...extensions } };
  const { body } = await city.hub.apollo.executeOperation(request, { contextValue });
  if (body.kind !== 'single') throw new Error('The hub answers each question once.');
  const text = textOrBytes(body.singleResult);
  return taken()?.toString() ?? text;
}

/** Asks until there is a writer of its answers. */
async function askOften(query: string): Promise<void> {
  for (let times = 0; times < 4; times += 1) await ask(query, true);
  wire.stayed();
}

/** Branches of a plan end in any order, and tell what is wrong in it. */
function sorted(text: string): unknown {
  const { errors = [], ...answer } = JSON.parse(text) as { errors?: unknown[] };
  return { ...answer, errors: errors.map((error) => JSON.stringify(error)).sort() };
}

const debtors = (selection: string) => `{ cases(first: 30) { edges { node { debtors { ${selection} } } } } }`;
const banks = 'coverage { complete asked banks { bankName status reason answeredAt } }';
const queries = [
  debtors(`name bank { status accounts { bankName balance priorFreezes { sequence amount until } } ${banks} }`),
  debtors('own: bank { accounts { balance } } bank { reason accounts { number bankName } }'),
  debtors('bank { s: status r: reason accounts { balance } coverage { banks { status } } }'),
  debtors('bank { status: reason reason: status accounts { __typename balance } }'),
  debtors('bank { ... { status } ... on BankInquiry { reason } accounts { openedOn } } realEstate { units { area } }'),
  debtors('vehicle { status vehicles { __typename model estimatedValue } } bank { accounts { balance currency } }'),
];

describe('lists of agencies that stay as they come', () => {
  it.each(queries)(
    'give the same answer, errors and coverage as values, whatever is wrong in them: %s',
    async (query) => {
      await askOften(query);
      expect(await ask(query, true)).toBe(await ask(query, false));
      expect(wire.stayed()).toBeGreaterThan(0);
      for (let salt = 1; salt <= 12; salt += 1) {
        world = { salt, oddIn: [400, 60, 2_000][salt % 3]!, hasErrors: salt > 8 };
        const [bytes, values] = [await ask(query, true), await ask(query, false)];
        expect(sorted(bytes), `${salt}`).toEqual(sorted(values));
      }
    },
  );

  it('are none where the answer is told, or explained', async () => {
    const query = queries[0]!;
    await askOften(query);
    await ask(query, false);
    await ask(query, true, { explain: 'RESULT' });
    expect(wire.stayed()).toBe(0);
    await ask(query, true);
    expect(wire.stayed()).toBeGreaterThan(0);
  });

  it('are none of what sums up what a debtor has', async () => {
    const query = debtors('bank { accounts { balance } } assets { __typename }');
    await askOften(query);
    expect(sorted(await ask(query, true))).toEqual(sorted(await ask(query, false)));
    expect(wire.stayed()).toBe(0);
  });

  it('say what became of each inquiry, under whatever name that is asked', async () => {
    const ways = [
      'status reason',
      's: status r: reason',
      'status: reason reason: status',
      '... on BankInquiry { status reason }',
      'status @include(if: true) reason @skip(if: false)',
      'answeredAt',
    ].map((outcome) => debtors(`bank { ${outcome} accounts { balance } }`));
    for (const salt of [0, 1, 2, 3]) {
      world = { salt, oddIn: 0, hasErrors: false };
      const coverage = [];
      for (const query of ways) {
        const { extensions } = JSON.parse(await ask(query, true)) as {
          extensions: { coverage: { agency?: string }[] };
        };
        coverage.push(extensions.coverage.filter(({ agency }) => agency === 'bank'));
      }
      expect(coverage[0]).toHaveLength(1);
      for (const [at, own] of coverage.entries()) expect(own, ways[at]).toEqual(coverage[0]);
    }
  });
});
