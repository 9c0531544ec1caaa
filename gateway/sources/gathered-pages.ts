/**
 * Root fields asked of many members: of a page each is asked for a share of the rows, and those that run dry once more
 * for what may still be missing (decision 0038).
 */

import { toCoverage } from '../horizontal/coverage.ts';
import type { GatheredRoot, GatherPlan } from '../horizontal/gather-plan.ts';
import type { AskedMember } from '../horizontal/member-question.ts';
import { adaptiveShare } from '../horizontal/page-share.ts';
import { isConnection } from '../horizontal/connection.ts';
import { degradeAll, joinRefill, refillsOf, type Refill } from '../horizontal/refill.ts';
import type { Variables } from '../horizontal/selection.ts';
import type { RowsAhead } from '../horizontal/whole-rows.ts';
import { spokenForBy } from '../members.ts';
import { askedOf, type Membership } from '../membership/membership.ts';
import type { RequestContext } from '../request-context.ts';
import { askMembers, type Asking, type Gathered, type GatheredSourceOptions } from './ask-members.ts';
import type { Fetch } from './fetch.ts';

/** Root fields, each with the members that it does not exclude. */
export type RootTargets = ReadonlyMap<GatheredRoot, ReadonlySet<string>>;

/** Asks for all of them together; totals and all else beside the rows of a page once only. */
export async function askRoots(
  options: Asking,
  plan: GatherPlan,
  { variables, context, ahead }: Fetch,
  targets: RootTargets,
): Promise<Gathered> {
  const { membership } = context;
  const { members } = membership;
  const shares = [...targets].map(([root, set]) => ({
    root,
    set,
    sizeOf: sizesOf(options, root, variables, set, context),
  }));
  const whole = ahead && bringsWhole(plan, shares, variables, membership, ahead) ? ahead : undefined;
  const gathered = await askMembers(
    options,
    context,
    (speaker, isPlain) => {
      const asked = shares.filter(({ set }) => spokenForBy(members, speaker).some((member) => set.has(member)));
      if (asked.length === 0) return null;
      const sizes = new Map(asked.flatMap(({ root, sizeOf }) => (sizeOf ? [[root.key, sizeOf(speaker)]] : [])));
      const keys = asked.map(({ root }) => root.key);
      const own = askedOf(membership, speaker);
      if (!whole || !bringsThem(whole, own, keys, isPlain)) return plan.questionFor(keys, variables, [], own, sizes);
      return { ...plan.questionFor(keys, variables, [], own, sizes, whole), ahead: whole };
    },
    (answer, keys, tell) => plan.check(answer, keys, variables, tell),
  );
  const shared = shares.flatMap(({ root, sizeOf }) => (sizeOf ? [root] : []));
  if (shared.length > 0) await refill(options, plan, variables, shared, gathered, context, whole);
  return gathered;
}

/** Whether this member is asked for whole rows: not a hub, and not one whose program lacks anything. */
function bringsThem(
  { path }: RowsAhead,
  { capability, behind }: AskedMember,
  keys: readonly string[],
  isPlain: boolean,
): boolean {
  return !isPlain && keys.includes(path[0]!) && capability.isWhole && behind === null;
}

/** Rows come whole where no more than four times those of the page have to be made for it. */
const mostPerRow = 4;

function bringsWhole(
  plan: GatherPlan,
  shares: readonly { readonly root: GatheredRoot; readonly set: ReadonlySet<string>; readonly sizeOf: SizeOf | null }[],
  variables: Variables,
  { members }: Membership,
  ahead: RowsAhead,
): boolean {
  const page = shares.find(({ root }) => root.key === ahead.path[0]);
  const first = page?.root.rowKey && page.root.argsOf(variables)['first'];
  if (typeof first !== 'number' || !plan.canBringWhole(ahead)) return false;
  const speakers = members.speakers.filter((speaker) =>
    spokenForBy(members, speaker).some((one) => page!.set.has(one)),
  );
  const rows = speakers.reduce((sum, speaker) => sum + (page!.sizeOf?.(speaker) ?? first), 0);
  return rows <= mostPerRow * first;
}

type SizeOf = (speaker: string) => number;

/** Whether members are asked for a share of this page first. */
export function isSharedOut(
  options: Pick<GatheredSourceOptions, 'share'>,
  root: GatheredRoot,
  variables: Variables,
  set: ReadonlySet<string>,
  context: Pick<RequestContext, 'membership' | 'late'>,
): boolean {
  return sizesOf(options, root, variables, set, context) !== null;
}

/** How many rows each speaker is asked for first; null when everybody is asked for the whole page. */
function sizesOf(
  { share = adaptiveShare }: Pick<GatheredSourceOptions, 'share'>,
  root: GatheredRoot,
  variables: Variables,
  set: ReadonlySet<string>,
  { membership, late }: Pick<RequestContext, 'membership' | 'late'>,
): SizeOf | null {
  const first = root.rowKey && root.argsOf(variables)['first'];
  if (typeof first !== 'number') return null;
  const { members } = membership;
  const counts = new Map(
    members.speakers.flatMap((speaker): [string, number][] => {
      const speaks = spokenForBy(members, speaker).filter((member) => set.has(member)).length;
      return speaks > 0 && takesPart(membership, speaker) && !late.has(speaker) ? [[speaker, speaks]] : [];
    }),
  );
  const asked = [...counts.values()].reduce((sum, speaks) => sum + speaks, 0);
  const sizes = new Map([...counts].map(([speaker, speaks]) => [speaker, share(first, speaks, asked)]));
  if (counts.size < 2 || [...sizes.values()].every((size) => size >= first)) return null;
  return (speaker) => Math.min(first, sizes.get(speaker) ?? first);
}

function takesPart({ standingOf }: Membership, speaker: string): boolean {
  return standingOf(speaker).kind === 'joined';
}

/** Asks those that ran dry, and joins what comes to what they gave before. */
async function refill(
  options: Asking,
  plan: GatherPlan,
  variables: Variables,
  roots: readonly GatheredRoot[],
  gathered: Gathered,
  context: RequestContext,
  whole: RowsAhead | undefined,
): Promise<void> {
  const { membership } = context;
  const wanted = new Map<string, Map<string, Refill>>();
  for (const root of roots) {
    const held = new Map([...gathered.data].map(([speaker, data]) => [speaker, data[root.key]]));
    const first = root.argsOf(variables)['first'] as number;
    for (const [speaker, own] of refillsOf(held, first, (one) => membership.members.behind(one) !== null)) {
      wanted.set(speaker, (wanted.get(speaker) ?? new Map<string, Refill>()).set(root.key, own));
    }
  }
  if (wanted.size === 0) return;
  const refilling = plan.refill();
  const refillingWhole = whole && plan.refill(whole);
  const more = await askMembers(
    options,
    context,
    (speaker, isPlain) => {
      const refills = wanted.get(speaker);
      if (!refills) return null;
      const own = askedOf(membership, speaker);
      if (!refillingWhole || !bringsThem(whole, own, [...refills.keys()], isPlain)) {
        return refilling.questionFor(refills, variables, own);
      }
      return { ...refillingWhole.questionFor(refills, { ...whole.variables, ...variables }, own), ahead: whole };
    },
    (answer, keys, tell) => refilling.check(answer, keys, variables, tell),
  );
  for (const [speaker, refills] of wanted) joinAnswer(speaker, refills, roots, gathered, more);
}

function joinAnswer(
  speaker: string,
  refills: ReadonlyMap<string, Refill>,
  roots: readonly GatheredRoot[],
  gathered: Gathered,
  more: Gathered,
): void {
  const answer = more.data.get(speaker);
  const failure = more.silent.get(speaker) ?? toCoverage(speaker, 'UNREACHABLE', 'GARBLED');
  for (const root of roots.filter(({ key }) => refills.has(key))) {
    const page = gathered.data.get(speaker)![root.key];
    if (!isConnection(page)) continue;
    if (!answer) degradeAll(page, failure.reason);
    else if (joinRefill(page, answer[root.key], root.rowKey ?? [])) {
      const { rows } = more.blemishes.get(speaker)!;
      gathered.blemishes.get(speaker)!.rows.push(...rows.filter(({ rootKey }) => rootKey === root.key));
    }
  }
  const [word, later] = [gathered.words.get(speaker), more.words.get(speaker)];
  if (word && later) gathered.words.set(speaker, { ...word, tellings: [...word.tellings, ...later.tellings] });
}
