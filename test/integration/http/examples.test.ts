import { readFileSync } from 'node:fs';
import { buildSchema, Kind, parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { exampleNames, readExamples } from '../../../gateway/explorer/examples.ts';

const schemaFolder = new URL('../../../schema/', import.meta.url);
const schema = buildSchema(readFileSync(new URL('emitted/api.graphql', schemaFolder), 'utf8'));
const examples = readExamples(new URL('operations/', schemaFolder));

it.each(exampleNames.map((name, place) => [name, examples[place]!] as const))(
  'the example %s fits the public schema, and its variables are those it declares',
  (_, { query, variables }) => {
    const document = parse(query);
    expect(validate(schema, document).map(({ message }) => message)).toEqual([]);
    const declared = document.definitions.flatMap((definition) =>
      definition.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : [],
    );
    expect(Object.keys(JSON.parse(variables) as object).sort()).toEqual(
      declared.map(({ variable }) => variable.name.value).sort(),
    );
  },
);

it('puts variables given for this hub in the place of an example’s own', () => {
  const own = readExamples(new URL('operations/', schemaFolder), { 'case-by-number': { number: '（2018）苏03执7号' } });
  expect(JSON.parse(own[exampleNames.indexOf('case-by-number')]!.variables)).toEqual({ number: '（2018）苏03执7号' });
  expect(own[0]).toEqual(examples[0]);
});
