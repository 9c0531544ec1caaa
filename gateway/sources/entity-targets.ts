/** Which members are asked about which entities, and which fields of them nobody may be asked for. */

import { HubError } from '../errors.ts';
import type { GatheredPage, GatherPlan, Representation } from '../horizontal/gather-plan.ts';
import type { ResponsePath } from '../ledger/ledger.ts';
import { spokenForBy, type Members } from '../members.ts';
import type { RequestContext } from '../request-context.ts';

/** The entities of one fetch, each once, by their keys. */
export type Entities = ReadonlyMap<string, Representation>;

export interface EntityTargets {
  /** Fields that no member is asked for, whatever the entity: their page arguments are wrong. */
  readonly refused: ReadonlySet<string>;
  /** Fields that are not given for one entity: it did not bring what they require, or names an unknown court. */
  readonly refusedOf: (key: string) => ReadonlySet<string>;
  /** The members that one entity's gathered fields do not exclude, by response key; the others' rows are not theirs. */
  readonly targetsOf: (key: string) => ReadonlyMap<string, ReadonlySet<string>>;
  /** What each speaker is asked about. */
  readonly subsets: ReadonlyMap<string, Entities>;
}

/** Decides before anybody is asked; whatever is refused has been told then. */
export function targetsOfEntities(
  plan: GatherPlan,
  variables: Record<string, unknown>,
  entities: { readonly distinct: Entities; readonly count: number },
  members: Members,
  { context, path }: { readonly context: RequestContext; readonly path: ResponsePath },
): EntityTargets {
  const tell = (error: HubError, key: string) => {
    context.ledger.report({ code: error.code, message: error.message, path: [...path, key], facts: error.facts });
  };
  const pages = plan.pages.filter((page) => page.isIncluded(variables));
  const refused = new Set<string>();
  for (const page of pages) {
    const error = faultOf(() => page.check(variables, entities.count));
    if (!error) continue;
    refused.add(page.key);
    tell(error, page.key);
  }
  const perEntity = new Map<string, ReadonlySet<string>>();
  const perPage = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>();
  const targets = new Map<string, ReadonlySet<string>>();
  for (const [key, own] of entities.distinct) {
    const typeName = String(own['__typename']);
    const home = members.homeOf(typeName, own);
    const lost = new Set<string>();
    const byPage = new Map<string, ReadonlySet<string>>();
    for (const page of pages.filter((candidate) => candidate.typeName === typeName && !refused.has(candidate.key))) {
      const error = faultOf(() => {
        byPage.set(page.key, withinHome(targetsOfPage(page, variables, own, members), home));
      });
      if (!error) continue;
      lost.add(page.key);
      tell(error, page.key);
    }
    perEntity.set(key, lost);
    perPage.set(key, byPage);
    // Fields that are not gathered rows are everybody's to know.
    const asksRows = plan.entities?.get(typeName)?.asksRows ?? false;
    const asked = [...byPage.values()].flatMap((own) => [...own]);
    targets.set(key, asksRows ? new Set(asked) : withinHome(new Set(members.codes), home));
  }
  const subsets = new Map(
    members.speakers.map((speaker) => [
      speaker,
      new Map(
        [...entities.distinct].filter(([key]) =>
          spokenForBy(members, speaker).some((member) => targets.get(key)!.has(member)),
        ),
      ),
    ]),
  );
  return {
    refused,
    refusedOf: (key) => new Set([...refused, ...(perEntity.get(key) ?? [])]),
    targetsOf: (key) => perPage.get(key) ?? new Map<string, ReadonlySet<string>>(),
    subsets,
  };
}

function targetsOfPage(
  page: GatheredPage,
  variables: Record<string, unknown>,
  own: Representation,
  members: Members,
): ReadonlySet<string> {
  const lacking = page.lackingOf(own);
  if (lacking.length > 0) {
    // Asked without it, members would lift every condition and answer another question.
    throw new HubError(
      'MISSING_VALUE',
      `${page.key} needs ${lacking.join(', ')}, which is not known; nobody was asked.`,
      {
        reason: 'REQUIREMENT_ABSENT',
        requires: lacking,
      },
    );
  }
  return page.targetsOf(variables, own, members);
}

/** Of what is known to one member only, that one is asked, unless it is excluded too. */
export function withinHome(targets: ReadonlySet<string>, home: string | undefined): ReadonlySet<string> {
  return home === undefined ? targets : new Set([home].filter((member) => targets.has(member)));
}

function faultOf(work: () => void): HubError | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (error instanceof HubError) return error;
    throw error;
  }
}
