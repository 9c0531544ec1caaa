/** A comparison of a member with the contract while it goes on: both sides, and what has been found so far. */

import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isUnionType,
  type ConstValueNode,
  type GraphQLNamedType,
} from 'graphql';

import type { Contract } from '../contract.ts';
import type { Fault } from '../fault.ts';
import type { Lack, LackKind } from './capability.ts';
import type { MemberSdl } from './member-sdl.ts';

/** Something worth knowing that changes nothing. */
export interface Note {
  readonly member: string;
  /** A schema coordinate. */
  readonly coordinate: string;
  readonly text: string;
}

export interface Comparison {
  readonly contract: Contract;
  readonly own: MemberSdl;
  /** Coordinates of the fields that no member can do without. */
  readonly needed: ReadonlySet<string>;
  readonly lacks: Lack[];
  readonly defaults: Map<string, ConstValueNode>;
  readonly strict: Set<string>;
  readonly requirements: Set<string>;
  readonly faults: Fault[];
  readonly notes: Note[];
  readonly lack: (kind: LackKind, coordinate: string, because?: string) => void;
  readonly fault: (coordinate: string, reason: string, remedy: string) => void;
  readonly note: (coordinate: string, text: string) => void;
}

/** Begins a comparison; nothing has been found yet. */
export function openComparison(
  contract: Contract,
  own: MemberSdl,
  needed: ReadonlySet<string>,
  member: string,
): Comparison {
  const lacks: Lack[] = [];
  const faults: Fault[] = [];
  const notes: Note[] = [];
  return {
    contract,
    own,
    needed,
    lacks,
    defaults: new Map(),
    strict: new Set(),
    requirements: new Set(),
    faults,
    notes,
    lack: (kind, coordinate, because) => lacks.push({ kind, coordinate, ...(because !== undefined && { because }) }),
    fault: (coordinate, reason, remedy) => faults.push({ member, coordinate, reason, remedy }),
    note: (coordinate, text) => notes.push({ member, coordinate, text }),
  };
}

/** What a person calls the kind of a type. */
export function kindOf(type: GraphQLNamedType): string {
  if (isScalarType(type)) return 'a scalar';
  if (isEnumType(type)) return 'an enum';
  if (isInputObjectType(type)) return 'an input';
  if (isUnionType(type)) return 'a union';
  if (isInterfaceType(type)) return 'an interface';
  return isObjectType(type) ? 'an object type' : 'a type';
}
