import { readFileSync } from 'node:fs';
import { buildSchema, Kind, parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { formatCaseNumber, parseCaseNumber } from '../../../common/case-number.ts';
import { readCourtRegistry } from '../../../common/court-registry.ts';
import { generateCity } from '../../../mocks/city/city.ts';
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

it('the examples’ own variables find something in the seeded city', () => {
  const registry = readCourtRegistry();
  const city = generateCity({ registry, casesPerCourt: 300, today: '2018-01-31' });
  const records = registry.courts.flatMap(({ code }) => [...city.casesOf(code)]);
  const [number, name] = (['case-by-number', 'debtor-across-courts'] as const).map(
    (one) => JSON.parse(examples[exampleNames.indexOf(one)]!.variables) as Record<string, string>,
  );
  const wanted = parseCaseNumber(number!['number']!);
  const found = records.find((record) => formatCaseNumber(parseCaseNumber(record.number)) === formatCaseNumber(wanted));
  expect(found?.parties.some(({ writ }) => writ !== null)).toBe(true);
  expect(records.some(({ parties }) => parties.some((party) => party.name.includes(name!['name']!)))).toBe(true);
});
