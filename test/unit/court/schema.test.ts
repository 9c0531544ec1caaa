import { buildSchema, getNamedType, graphql, isEnumType, isInputObjectType, isObjectType, parse, print } from 'graphql';
import { expect, test } from 'vitest';
import { courtSchema, courtSdl } from '../../../subgraphs/court/schema.ts';

const types = Object.values(courtSchema.getTypeMap()).filter(({ name }) => !/^(__|_|link__|federation__)/.test(name));
const builtIn = new Set(['String', 'Int', 'Float', 'Boolean', 'ID', 'Query']);
const chinese = /\p{Script=Han}/u;

test('every type, field, argument, input field and enum value is described, in English with the Chinese term', () => {
  const described: [string, string | null | undefined][] = types.flatMap((type) => {
    const own: [string, string | null | undefined][] = builtIn.has(type.name) ? [] : [[type.name, type.description]];
    if (isEnumType(type))
      return [
        ...own,
        ...type.getValues().map((value) => [`${type.name}.${value.name}`, value.description] as [string, string]),
      ];
    if (!isObjectType(type) && !isInputObjectType(type)) return own;
    type Described = { readonly name: string; readonly description?: string | null | undefined };
    const fields: (Described & { readonly args?: readonly Described[] })[] = Object.values(type.getFields()).filter(
      ({ name }) => !name.startsWith('_'),
    );
    return [
      ...own,
      ...fields.map(({ name, description }) => [`${type.name}.${name}`, description] as [string, string]),
      ...fields.flatMap((field) =>
        'args' in field
          ? field.args.map(
              ({ name, description }) => [`${type.name}.${field.name}(${name})`, description] as [string, string],
            )
          : [],
      ),
    ];
  });
  expect(described.length).toBeGreaterThan(150);
  expect(described.filter(([, description]) => !chinese.test(description ?? '')).map(([name]) => name)).toEqual([]);
});

test('roots and fields of entities that are no keys are nullable, so that one failure costs no sibling', () => {
  const keys = new Set(['Case.number', 'Party.caseNumber', 'Party.id', 'Person.id', 'Court.code']);
  const nonNull = ['Query', 'Case', 'Party', 'Person', 'Court'].flatMap((name) => {
    const type = courtSchema.getType(name);
    if (!isObjectType(type)) throw new Error(`${name} is missing`);
    return Object.values(type.getFields())
      .filter((field) => !field.name.startsWith('_') && field.type.toString().endsWith('!'))
      .map((field) => `${name}.${field.name}`);
  });
  expect(new Set(nonNull)).toEqual(keys);
});

test('merge rules are printed as enum values, not as strings', () => {
  expect(courtSdl).toContain('@merge(by: PAGE, key: "number")');
  expect(courtSdl).not.toMatch(/by: "(SUM|PAGE|ANY|UNION)"/);
});

test('arguments with defaults stay nullable', () => {
  const field = courtSchema.getQueryType()!.getFields().cases!;
  expect(field.args.map(({ name, type, defaultValue }) => [name, type.toString(), defaultValue as unknown])).toEqual([
    ['filter', 'CaseFilter', undefined],
    ['first', 'Int', 20],
    ['after', 'String', undefined],
    ['orderBy', 'CaseOrder', 'FILED_ON_DESC'],
    ['completeness', 'Completeness', 'PARTIAL'],
  ]);
});

test('_service gives the contract as it was written, without the machinery of federation', async () => {
  const { data } = await graphql({ schema: courtSchema, source: '{ _service { sdl } }' });
  expect(data).toEqual({ _service: { sdl: courtSdl } });
  expect(courtSdl).not.toMatch(/_entities|_Any|link__/);
});

test('the contract parses, and prints the same again', () => {
  expect(print(parse(print(parse(courtSdl))))).toBe(print(parse(courtSdl)));
  const api = buildSchema(courtSdl.replace(/extend schema[\s\S]*?\n\n/, ''), { assumeValidSDL: true });
  expect(getNamedType(api.getQueryType()!.getFields().cases!.type).name).toBe('CaseConnection');
});
