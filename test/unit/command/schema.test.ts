import { type ASTNode, graphql, isObjectType, parse, printType, visit } from 'graphql';
import { expect, test } from 'vitest';
import { readContract } from '../../../schema/horizontal/contract.ts';
import { neighbourFaults } from '../../../schema/horizontal/neighbours.ts';
import { commandSchema, commandSdl } from '../../../subgraphs/command/schema.ts';
import { courtSdl } from '../../../subgraphs/court/schema.ts';

interface Described {
  readonly name: { readonly value: string };
  readonly description?: { readonly value: string } | undefined;
}

function isDescribed(node: ASTNode): node is ASTNode & Described {
  return /Definition$/.test(node.kind) && 'name' in node;
}

test('every type, field and argument is described, in English with the Chinese term', () => {
  const undescribed: string[] = [];
  let described = 0;
  visit(parse(commandSdl), {
    enter(node) {
      if (!isDescribed(node) || ['Query', 'Mutation'].includes(node.name.value)) return;
      const text = node.description?.value ?? '';
      if (/[a-z]/.test(text) && /\p{Script=Han}/u.test(text)) described += 1;
      else undescribed.push(`${node.kind} ${node.name.value}`);
    },
  });
  expect(undescribed).toEqual([]);
  expect(described).toBeGreaterThan(50);
});

test('roots and fields of entities that are no keys are nullable, so that one failure costs no sibling', () => {
  const nonNull = ['Query', 'Mutation', 'TaskForce', 'Court'].flatMap((name) => {
    const type = commandSchema.getType(name);
    if (!isObjectType(type)) throw new Error(`${name} is missing`);
    return Object.values(type.getFields())
      .filter((field) => !field.name.startsWith('_') && field.type.toString().endsWith('!'))
      .map((field) => `${name}.${field.name}`);
  });
  expect(nonNull).toEqual(['TaskForce.id', 'Court.code']);
});

test('answers no field of the court contract in the place of the courts, and redeclares none of its enums', () => {
  expect(neighbourFaults(readContract(courtSdl, 'court'), 'command', commandSdl)).toEqual([]);
});

test('takes as input the criteria that it gives out', () => {
  const fieldsOf = (name: string): string[] => printType(commandSchema.getType(name)!).match(/^ {2}\w+: .*$/gm)!;
  expect(fieldsOf('TaskForceCriteriaInput')).toEqual(fieldsOf('TaskForceCriteria'));
});

test('_service gives the SDL as it was written', async () => {
  const { data } = await graphql({ schema: commandSchema, source: '{ _service { sdl } }' });
  expect(data).toEqual({ _service: { sdl: commandSdl } });
});
