import { type ASTNode, graphql, isObjectType, parse, visit } from 'graphql';
import { expect, test } from 'vitest';
import { courtSchema, courtSdl } from '../../../subgraphs/court/schema.ts';

interface Described {
  readonly name: { readonly value: string };
  readonly description?: { readonly value: string } | undefined;
}

function isDescribed(node: ASTNode): node is ASTNode & Described {
  return /Definition$/.test(node.kind) && 'name' in node;
}

const chinese = /\p{Script=Han}/u;

test('every type, field, argument, enum value and directive is described, in English with the Chinese term', () => {
  const undescribed: string[] = [];
  let described = 0;
  visit(parse(courtSdl), {
    enter(node) {
      if (!isDescribed(node) || ['Query', 'Mutation'].includes(node.name.value)) return;
      const text = node.description?.value ?? '';
      if (/[a-z]/.test(text) && chinese.test(text)) described += 1;
      else undescribed.push(`${node.kind} ${node.name.value}`);
    },
  });
  expect(undescribed).toEqual([]);
  expect(described).toBeGreaterThan(150);
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
  expect(field.args.map(({ name, type, defaultValue }) => [name, type.toString(), defaultValue])).toEqual([
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
