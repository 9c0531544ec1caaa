/** Registered operations, and what they would show of a court that lacks something. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import {
  buildSchema,
  getOperationAST,
  GraphQLError,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FieldNode,
} from 'graphql';

import { argumentsFor, isSensitive } from '../../gateway/horizontal/told-values.ts';
import { withDefaults } from '../../gateway/horizontal/variables.ts';
import type { Contract } from '../../schema/horizontal/contract.ts';
import type { Capability } from '../../schema/horizontal/drift/capability.ts';
import { UsageFault } from '../command.ts';

/** Operations, and the schema that clients write them against. */
export interface Registered {
  readonly apiSdl: string;
  readonly operations: readonly Operation[];
}

export interface Operation {
  /** File and name. */
  readonly label: string;
  readonly document: DocumentNode;
  /** The variables that stand beside it. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Reads every `*.graphql` of a directory, with variables in a `*.json` of the same name; throws UsageFault. */
export function* readOperations(directory: string): Generator<Operation> {
  for (const name of filesOf(directory)) {
    const file = join(directory, name);
    const text = readFileSync(file, 'utf8');
    const beside = file.replace(/\.graphql$/, '.json');
    const given: unknown = existsSync(beside)
      ? parsed(beside, (): unknown => JSON.parse(readFileSync(beside, 'utf8')))
      : {};
    const document = parsed(file, () => parse(text));
    const operation = getOperationAST(document);
    if (!operation) throw new UsageFault(`${file} has to hold one operation.`);
    const label = [basename(name), operation.name?.value].filter((part) => part !== undefined).join(' ');
    yield { label, document, variables: withDefaults(operation, given as Operation['variables']) };
  }
}

/** One line for each thing that an operation would show otherwise. */
export function effectsOn({ apiSdl, operations }: Registered, contract: Contract, capability: Capability): string[] {
  if (capability.isWhole) return [];
  const types = new TypeInfo(buildSchema(apiSdl));
  return operations.flatMap(({ label, document, variables }) => {
    const effects = new Set<string>();
    visit(
      document,
      visitWithTypeInfo(types, {
        Field(node) {
          const effect = effectOf(contract, capability, types.getParentType()?.name, node, variables);
          if (effect !== undefined) effects.add(`${label}: ${effect}`);
        },
      }),
    );
    return [...effects];
  });
}

function effectOf(
  contract: Contract,
  capability: Capability,
  typeName: string | undefined,
  node: FieldNode,
  variables: Operation['variables'],
): string | undefined {
  const type = typeName === undefined ? undefined : contract.schema.getType(typeName);
  if (!isObjectType(type) && !isInterfaceType(type)) return undefined;
  const field = type.getFields()[node.name.value];
  // What other subgraphs answer is none of the court's.
  if (!field || contract.isExternal(type.name, field.name)) return undefined;
  const coordinate = `${type.name}.${field.name}`;
  const shown = shownWithout(contract, type.name, field.name);
  if (capability.lacksField(type.name, field.name)) return `${coordinate} is ${shown}.`;
  if (!isSensitive(capability, type.name, field)) return undefined;
  if (argumentsFor(capability, type.name, field, node, variables) === null) {
    return `${coordinate} is ${shown}: it is asked with what this court does not know.`;
  }
  const isOpen = node.arguments?.some(({ value }) => value.kind !== Kind.STRING && holdsVariable(value)) ?? false;
  return isOpen ? `${coordinate} is ${shown} whenever its variables say what this court does not know.` : undefined;
}

function shownWithout(contract: Contract, typeName: string, fieldName: string): string {
  if (contract.gatherOf(typeName, fieldName)) return 'without this court (REFUSED, UNSUPPORTED)';
  if (contract.routeOf(typeName, fieldName)) return 'null with an error (UPSTREAM_REFUSED)';
  if (contract.mergeOf(typeName, fieldName)) return 'without its part (DEGRADED)';
  return 'null in its rows (DEGRADED)';
}

function holdsVariable(value: Parameters<typeof visit>[0]): boolean {
  let found = false;
  visit(value, { Variable: () => void (found = true) });
  return found;
}

function filesOf(directory: string): string[] {
  try {
    return readdirSync(directory)
      .filter((name) => name.endsWith('.graphql'))
      .sort();
  } catch (error) {
    throw new UsageFault(`cannot read ${directory} (${(error as NodeJS.ErrnoException).code ?? 'unreadable'}).`);
  }
}

function parsed<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof GraphQLError) && !(error instanceof SyntaxError)) throw error;
    throw new UsageFault(`${file} cannot be read: ${error.message.replace(/\.$/, '')}.`);
  }
}
