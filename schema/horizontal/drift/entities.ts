/** Entities of a member: matched by the contract's key, and told what the contract's fields require. */

import { isObjectType, Kind, parse, type ConstDirectiveNode } from 'graphql';

import type { Entity, Requirement } from '../contract.ts';
import { leavesOf } from '../uses.ts';
import type { Comparison } from './comparison.ts';
import { argumentOf, textOf } from './links.ts';

/** Compares keys, whether entities can be asked for at all, and what members read of representations. */
export function compareEntities(comparison: Comparison): void {
  const { contract, own } = comparison;
  let count = 0;
  for (const entity of contract.entities.values()) {
    if (entity.foreign || !isObjectType(own.schema.getType(entity.name))) continue;
    count += 1;
    compareKey(comparison, entity);
    compareRequirements(comparison, entity);
  }
  if (count > 0 && own.servesEntities === false) {
    comparison.fault(
      'Query._entities',
      'It has entities and no way to ask for them.',
      'Serve Query._entities as a federation subgraph does.',
    );
  }
}

function compareKey({ own, fault }: Comparison, { name, keyFields }: Entity): void {
  const keys = own.directivesOf(name).filter((directive) => directive.name.value === 'key');
  const remedy = `Declare ${name} @key(fields: "${keyFields.join(' ')}").`;
  if (keys.length === 0) {
    fault(name, 'It has no key here, so no row of it could be asked for.', remedy);
    return;
  }
  const same = keys.filter((key) => fieldsOf(key) === [...keyFields].sort().join(' '));
  if (same.length === 0) {
    const given = keys.map((key) => `"${textOf(argumentOf(key, 'fields')) ?? ''}"`).join(', ');
    fault(name, `Its key is ${given} here and "${keyFields.join(' ')}" in the contract.`, remedy);
  } else if (same.every(isUnresolvable)) {
    fault(name, 'It cannot be asked for here (resolvable: false).', remedy);
  }
}

function fieldsOf(key: ConstDirectiveNode): string {
  const fields = textOf(argumentOf(key, 'fields')) ?? '';
  return fields
    .split(/[\s,]+/)
    .filter((field) => field !== '')
    .sort()
    .join(' ');
}

function isUnresolvable(key: ConstDirectiveNode): boolean {
  const value = argumentOf(key, 'resolvable');
  return value?.kind === Kind.BOOLEAN && !value.value;
}

/** What an entity brings with it is read by the member when it declares it and, where it says what it requires, names it. */
function compareRequirements(comparison: Comparison, { name }: Entity): void {
  const { contract, own } = comparison;
  const [known, served] = [contract.schema.getType(name), own.schema.getType(name)];
  if (!isObjectType(known) || !isObjectType(served)) return;
  for (const field of Object.keys(known.getFields())) {
    const ownField = served.getFields()[field];
    if (!ownField) continue;
    const required = contract.requirementOf(name, field) ?? [];
    const ownRequired = requirementOf(own.directivesOf(name, field));
    for (const path of required) {
      const declared = declaredIn(comparison, name, path);
      const isNamed = !ownRequired || ownRequired.some((candidate) => candidate.join('.') === path.join('.'));
      if (declared.isWhole && isNamed) continue;
      comparison.requirements.add(`${name}.${field} ${path.join('.')}`);
      if (!comparison.lacks.some((lack) => lack.coordinate === declared.coordinate)) {
        comparison.lack('requirement', declared.coordinate);
      }
    }
    for (const path of ownRequired ?? []) {
      if (required.some((candidate) => candidate.join('.') === path.join('.'))) continue;
      comparison.fault(
        `${name}.${field}`,
        `It requires ${path.join('.')}, which the contract does not, so it would never be told.`,
        `Let it require no more than "${required.map((candidate) => candidate.join('.')).join(' ')}".`,
      );
    }
  }
}

/** The requirement that a field states; undefined when it states none that can be read. */
function requirementOf(directives: readonly ConstDirectiveNode[]): Requirement | undefined {
  const requires = directives.find((directive) => directive.name.value === 'requires');
  const fields = requires && textOf(argumentOf(requires, 'fields'));
  if (fields === undefined) return undefined;
  try {
    const [operation] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
    return operation?.kind === Kind.OPERATION_DEFINITION ? leavesOf(operation.selectionSet) : undefined;
  } catch {
    return undefined;
  }
}

/** How far a path is declared: the coordinate of its first step that is not, else of its leaf. */
function declaredIn({ contract, own }: Comparison, typeName: string, path: readonly string[]) {
  let name = typeName;
  let coordinate = typeName;
  for (const step of path) {
    coordinate = `${name}.${step}`;
    const [known, served] = [contract.schema.getType(name), own.schema.getType(name)];
    if (!isObjectType(served) || !(step in served.getFields())) return { isWhole: false, coordinate };
    name = isObjectType(known) ? namedTypeOf(String(known.getFields()[step]?.type)) : '';
  }
  return { isWhole: true, coordinate };
}

function namedTypeOf(type: string): string {
  return type.replaceAll(/[[\]!]/g, '');
}
