/** Which entities a member can be asked about: those whose type it has, and all of whose criteria it reads. */

import type { Capability } from '../../schema/horizontal/drift/capability.ts';
import type { GatherPlan, Representation } from '../horizontal/gather-plan.ts';
import type { Variables } from '../horizontal/selection.ts';
import type { Entities } from './entity-targets.ts';

export interface ReadableEntities {
  readonly asked: Entities;
  /** Keys of those that it is not asked about: it would leave a condition out and answer another question. */
  readonly unread: ReadonlySet<string>;
}

export function readableBy(
  capability: Capability,
  plan: GatherPlan,
  variables: Variables,
  entities: Entities,
): ReadableEntities {
  if (capability.isWhole) return { asked: entities, unread: new Set() };
  const pages = plan.pages.filter((page) => page.isIncluded(variables));
  const isUnread = (own: Representation) => {
    const typeName = String(own['__typename']);
    if (capability.lacksType(typeName)) return true;
    return pages.some((page) => page.typeName === typeName && page.isRequirementLost(own, capability));
  };
  const unread = new Set([...entities].flatMap(([key, own]) => (isUnread(own) ? [key] : [])));
  return { asked: new Map([...entities].filter(([key]) => !unread.has(key))), unread };
}
