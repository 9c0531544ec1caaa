import fc from 'fast-check';
import { execute, parse, validate, type GraphQLSchema } from 'graphql';
import { expect, it } from 'vitest';

import { planningFaults } from '../../schema/planning/refusals.ts';
import { isSoak, randomRun, randomTimeoutMs, soakTimeoutMs } from '../support/random-run.ts';
import { composeSmall, startSmall, type Small } from '../support/small-federation.ts';
import { createDice, randomTape } from './dice.ts';
import { randomModel, type Model } from './requires/model.ts';
import { randomQuestion, type Question } from './requires/operation.ts';
import { rootOf, rowsOf, toSubgraphs } from './requires/subgraphs.ts';
import { keyPart, truthOf, truthOfValue, type Row, type Value } from './requires/truth.ts';
import { differenceOf } from './trial.ts';

/** How many operations are answered in all, and by each federation. */
const enough = isSoak ? 10_000 : 1_000;
const asked = 40;

it(
  'answers random operations of random federations truly, or they are refused with a reason',
  async () => {
    const counts = { answered: 0, refused: 0 };
    const questions = fc.array(randomTape(80), { minLength: asked, maxLength: asked });
    const property = fc.asyncProperty(randomTape(150), questions, async (writing, tapes) => {
      if (counts.answered >= enough) return;
      const model = randomModel(createDice(writing));
      const subgraphs = toSubgraphs(model);
      const supergraphSdl = composed(subgraphs);
      if (supergraphSdl === null || planningFaults(supergraphSdl).length > 0) {
        counts.refused += 1;
        return;
      }
      const federation = await startSmall(subgraphs, supergraphSdl);
      try {
        for (const tape of tapes) {
          const question = randomQuestion(createDice(tape), federation.schema);
          const right = await answerTruly(model, federation.schema, question);
          const answer = await federation.hub(question.query, question.variables);
          const difference = differenceOf(answer.data, right);
          if (difference !== null || answer.errors) throw described(difference, question, answer.errors, subgraphs);
          counts.answered += 1;
        }
      } finally {
        await federation.stop();
      }
    });
    // About half of all federations can be composed, so the run ends early.
    await fc.assert(property, randomRun(enough / 8));
    expect(counts.answered).toBeGreaterThanOrEqual(enough);
    expect(counts.refused).toBeGreaterThan(0);
  },
  isSoak ? soakTimeoutMs : randomTimeoutMs,
);

/** The supergraph; null when a field of it cannot be reached from everywhere. */
function composed(subgraphs: readonly Small[]): string | null {
  try {
    return composeSmall(subgraphs);
  } catch (error) {
    if (error instanceof Error && error.message.includes('cannot be satisfied by the subgraphs')) return null;
    throw error;
  }
}

/** The answer of one program that holds the truth. */
async function answerTruly(model: Model, schema: GraphQLSchema, { query, variables }: Question): Promise<unknown> {
  const document = parse(query);
  const faults = validate(schema, document);
  if (faults.length > 0) throw new Error(`A random operation is not valid: ${faults.join(' ')}\n${query}`);
  const { data, errors } = await execute({
    schema,
    document,
    variableValues: { ...variables },
    fieldResolver: (source: Row | Value | undefined, args: { n?: number | null }, _, { fieldName }) => {
      const n = args.n ?? null;
      if (source === undefined) {
        const entity = model.entities.find((own) => own.roots.some((graph) => rootOf(own.name, graph) === fieldName));
        return rowsOf(model, entity!.name, n);
      }
      if ('text' in source) return truthOfValue(source, fieldName, n);
      if (!('entity' in source)) return (source as Readonly<Record<string, unknown>>)[fieldName];
      const field = source.entity.fields.find(({ name }) => name === fieldName);
      return field ? truthOf(model, source, field, n) : keyPart(source, fieldName);
    },
  });
  if (errors) throw new Error(`The truth cannot be told: ${errors.join(' ')}\n${query}`);
  return JSON.parse(JSON.stringify(data)) as unknown;
}

/** Everything that is needed to see a failure by eye. */
function described(
  difference: string | null,
  { query, variables }: Question,
  errors: unknown,
  subgraphs: readonly Small[],
): Error {
  const sdls = subgraphs.map(({ name, sdl }) => `# ${name}\n${sdl}`);
  return new Error(
    [difference ?? 'an error', query, JSON.stringify(variables), JSON.stringify(errors), ...sdls].join('\n'),
  );
}
