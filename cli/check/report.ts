/** What would happen if a court joined, in plain words. */

import { findBreakingChanges, findDangerousChanges, BreakingChangeType } from 'graphql';

import type { Contract } from '../../schema/horizontal/contract.ts';
import { machinery } from '../../schema/horizontal/directives.ts';
import type { Lack } from '../../schema/horizontal/drift/capability.ts';
import type { Judgement } from '../../schema/horizontal/drift/judge.ts';
import { readMemberSdl } from '../../schema/horizontal/drift/member-sdl.ts';
import type { Fault } from '../../schema/horizontal/fault.ts';
import { effectsOn, type Registered } from './operations.ts';

interface Checked {
  readonly place: string;
  /** Null when it does not say what it serves. */
  readonly sdl: string | null;
  /** Why it would be kept apart, whatever its SDL is. */
  readonly own: readonly Fault[];
  readonly contract: Contract;
  readonly judgement: Judgement;
  readonly registered: Registered;
}

/** Lines to print; `faults` keep the court out, and there are none when it may join. */
export function reportOf({ place, sdl, own, contract, judgement, registered }: Checked): {
  readonly faults: readonly string[];
  readonly lines: readonly string[];
} {
  const { capability, incompatible, notes, servesNothing } = judgement;
  const faults = [...own, ...incompatible].map(
    ({ coordinate, reason, remedy }) => `${coordinate}: ${reason} ${remedy}`,
  );
  const verdict =
    faults.length > 0
      ? [`${place} would be quarantined: it is asked nothing until this is mended, and all other courts serve on.`]
      : [];
  const gaps = capability.lacks.map((lack) => `  lacks ${lack.coordinate}: ${consequenceOf(contract, lack)}`);
  const effects = effectsOn(registered, contract, capability).map((effect) => `  ${effect}`);
  const joins = capability.lacks.length === 0 ? 'joins whole: it serves the whole contract.' : 'joins with gaps:';
  return {
    faults: [...verdict, ...faults.map((fault) => `  ${fault}`)],
    lines: [
      ...(faults.length === 0 ? [`${place} ${joins}`] : gaps.length > 0 ? ['It also has gaps:'] : []),
      ...gaps,
      ...(effects.length > 0 ? ['What registered operations would show of this court:', ...effects] : []),
      // Of a program that is something else altogether everything would be a change.
      ...(sdl === null || servesNothing ? [] : changesOf(contract, sdl, place)),
      ...notes.map(({ coordinate, text }) => `note: ${coordinate}: ${text}`),
    ],
  };
}

/** What a lack means to whoever asks. */
function consequenceOf(contract: Contract, { kind, coordinate, because }: Lack): string {
  const since = because === undefined ? '' : ` (it could not be merged without ${because})`;
  switch (kind) {
    case 'type':
      return 'nothing of this type is asked of it.';
    case 'field':
      return `${fieldConsequence(contract, coordinate)}${since}.`;
    case 'argument':
      return 'where it is used, the field is not asked of this court: a gap, REFUSED, UNSUPPORTED.';
    case 'inputField':
    case 'enumValue':
      return 'whoever asks with it does not reach this court: a gap, REFUSED, UNSUPPORTED. The condition is never dropped.';
    case 'requirement':
      return 'entities that bring it with them are not asked of this court: a gap, REFUSED, UNSUPPORTED.';
  }
}

function fieldConsequence(contract: Contract, coordinate: string): string {
  const [typeName, fieldName] = coordinate.split('.') as [string, string];
  if (contract.gatherOf(typeName, fieldName)) return 'this court is left out of it: a gap, REFUSED, UNSUPPORTED';
  if (contract.routeOf(typeName, fieldName)) return 'null with an error for what belongs to this court';
  if (contract.mergeOf(typeName, fieldName)) {
    return `its part is missing in what all courts give together, which is DEGRADED, naming ${fieldName}`;
  }
  return `null in its rows, which are DEGRADED, naming ${fieldName}`;
}

/** As graphql-js tells changes; directives are nobody's question. */
function changesOf(contract: Contract, sdl: string, place: string): string[] {
  const own = readMemberSdl(sdl, place);
  if (!('schema' in own)) return [];
  const isOfDirective = ({ type }: { readonly type: string }) =>
    type.startsWith('DIRECTIVE') || type.includes('REPEATABLE');
  const isOfMachinery = ({ type, description }: { readonly type: BreakingChangeType; readonly description: string }) =>
    type === BreakingChangeType.TYPE_REMOVED && machinery.has(description.split(' ')[0] ?? '');
  const breaking = findBreakingChanges(contract.schema, own.schema).filter(
    (change) => !isOfDirective(change) && !isOfMachinery(change),
  );
  return [
    ...breaking.map(({ description }) => `breaking: ${description}`),
    ...findDangerousChanges(contract.schema, own.schema).map(({ description }) => `dangerous: ${description}`),
  ];
}
