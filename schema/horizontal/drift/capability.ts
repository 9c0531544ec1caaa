/** What a member cannot be asked, held against the contract: it changes routing alone, never what clients see. */

import { createHash } from 'node:crypto';

import { print, type ConstValueNode } from 'graphql';

/** What kind of thing a member does not have; a requirement is what an entity brings with it from another subgraph. */
export type LackKind = 'type' | 'field' | 'argument' | 'inputField' | 'enumValue' | 'requirement';

/** One thing of the contract that a member does not have. */
export interface Lack {
  readonly kind: LackKind;
  /** A schema coordinate: `Measure`, `Case.measures`, `Query.cases(orderBy:)`, `CaseFilter.province`, `CaseStage.SHIELDED`. */
  readonly coordinate: string;
  /** The coordinate of the lack that this one follows from, when the member itself does have it. */
  readonly because?: string;
}

/** Answers of routing: what of the contract a member cannot be asked for, or told. */
export interface Capability {
  /** Nothing is lacking, and nothing means something else there. */
  readonly isWhole: boolean;
  /** Equal for members that lack the same and have the same defaults. */
  readonly digest: string;
  /** Everything that is lacking, in the contract's order. Fields of a lacking type, and arguments of a lacking field, are not listed. */
  readonly lacks: readonly Lack[];
  lacksType(typeName: string): boolean;
  lacksField(typeName: string, fieldName: string): boolean;
  lacksArgument(typeName: string, fieldName: string, argument: string): boolean;
  lacksInputField(inputName: string, fieldName: string): boolean;
  /** Whether a value would not be understood where it is told to the member. */
  lacksEnumValue(enumName: string, value: string): boolean;
  /** Whether a path that the contract's field requires of its entity is not read there. */
  lacksRequirement(typeName: string, fieldName: string, path: readonly string[]): boolean;
  /** The contract's own default where leaving an argument out means something else to the member: it has to be written out. */
  defaultOf(typeName: string, fieldName: string, argument: string): ConstValueNode | undefined;
  /** The same for a field of an input object. */
  inputDefaultOf(inputName: string, fieldName: string): ConstValueNode | undefined;
  /** Whether an argument takes no null there, which the contract lets through: null is a value, and not the default. */
  refusesNull(typeName: string, fieldName: string, argument: string): boolean;
  /** The same for a field of an input object. */
  inputRefusesNull(inputName: string, fieldName: string): boolean;
}

/** What comparing a member with the contract found. */
export interface Findings {
  readonly lacks: readonly Lack[];
  /** By `Type.field(argument:)` or `Input.field`. */
  readonly defaults: ReadonlyMap<string, ConstValueNode>;
  /** Likewise: what takes no null. */
  readonly strict: ReadonlySet<string>;
  /** By `Type.field path.of.requirement`. */
  readonly requirements: ReadonlySet<string>;
}

/** Makes findings answerable. */
export function toCapability({ lacks, defaults, strict, requirements }: Findings): Capability {
  const lacking = new Map<string, Set<LackKind>>();
  for (const { coordinate, kind } of lacks) {
    lacking.set(coordinate, (lacking.get(coordinate) ?? new Set<LackKind>()).add(kind));
  }
  const has = (kind: LackKind, coordinate: string) => lacking.get(coordinate)?.has(kind) ?? false;
  const lacksType = (typeName: string) => has('type', typeName);
  const lacksField = (typeName: string, fieldName: string) =>
    lacksType(typeName) || has('field', `${typeName}.${fieldName}`);
  return {
    isWhole: lacks.length === 0 && defaults.size === 0,
    digest: digestOf({ lacks, defaults, strict, requirements }),
    lacks,
    lacksType,
    lacksField,
    lacksArgument: (typeName, fieldName, argument) =>
      lacksField(typeName, fieldName) || has('argument', `${typeName}.${fieldName}(${argument}:)`),
    lacksInputField: (inputName, fieldName) => lacksType(inputName) || has('inputField', `${inputName}.${fieldName}`),
    lacksEnumValue: (enumName, value) => lacksType(enumName) || has('enumValue', `${enumName}.${value}`),
    lacksRequirement: (typeName, fieldName, path) =>
      lacksField(typeName, fieldName) || requirements.has(`${typeName}.${fieldName} ${path.join('.')}`),
    defaultOf: (typeName, fieldName, argument) => defaults.get(`${typeName}.${fieldName}(${argument}:)`),
    inputDefaultOf: (inputName, fieldName) => defaults.get(`${inputName}.${fieldName}`),
    refusesNull: (typeName, fieldName, argument) => strict.has(`${typeName}.${fieldName}(${argument}:)`),
    inputRefusesNull: (inputName, fieldName) => strict.has(`${inputName}.${fieldName}`),
  };
}

/** Of a member that has all of the contract. */
export const wholeCapability: Capability = toCapability({
  lacks: [],
  defaults: new Map(),
  strict: new Set(),
  requirements: new Set(),
});

function digestOf({ lacks, defaults, strict, requirements }: Findings): string {
  const parts = [
    ...lacks.map(({ kind, coordinate }) => `${kind} ${coordinate}`),
    ...[...defaults].map(([place, value]) => `default ${place} ${print(value)}`),
    ...[...strict].map((place) => `strict ${place}`),
    ...[...requirements].map((requirement) => `requirement ${requirement}`),
  ];
  return createHash('sha256').update(parts.sort().join('\n')).digest('base64url').slice(0, 22);
}
