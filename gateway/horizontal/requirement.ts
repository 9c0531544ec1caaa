/** What a gathered field requires of its entity: all of it has to be there, or nobody is asked. */

import type { Requirement } from '../../schema/horizontal/contract.ts';

/**
 * The required paths that an entity does not bring with it. A leaf may be null, which says something; one that is absent
 * was lost on the way, and the object that holds the leaves has to be there: without it every condition would be lifted.
 */
export function lackingOf(requirement: Requirement, entity: Readonly<Record<string, unknown>>): readonly string[] {
  return [...new Set(requirement.flatMap((path) => lackingAt(entity, path, 0) ?? []))];
}

/** Whether an entity brings a value with it that is required and would not be read. What is null says nothing anyway. */
export function isRequirementLost(
  requirement: Requirement,
  entity: Readonly<Record<string, unknown>>,
  isUnread: (path: readonly string[]) => boolean,
): boolean {
  return requirement.some((path) => isUnread(path) && isSaid(entity, path, 0));
}

function isSaid(value: unknown, path: readonly string[], depth: number): boolean {
  if (value == null) return false;
  if (depth === path.length) return true;
  if (Array.isArray(value)) return value.some((item: unknown) => isSaid(item, path, depth));
  return isSaid((value as Record<string, unknown>)[path[depth]!], path, depth + 1);
}

function lackingAt(value: unknown, path: readonly string[], depth: number): string | undefined {
  if (Array.isArray(value)) {
    return value.map((item: unknown) => lackingAt(item, path, depth)).find((lacking) => lacking !== undefined);
  }
  if (depth === path.length) return value === undefined ? path.join('.') : undefined;
  if (typeof value !== 'object' || value === null) return path.slice(0, depth).join('.');
  return lackingAt((value as Record<string, unknown>)[path[depth]!], path, depth + 1);
}
