/** Branches behind other hubs: each hub serves the whole contract for some of them, and may itself ask another hub. */

import type { Ask } from '../../common/wire.ts';
import { createServedContract } from '../../gateway/serving/contract.ts';
import { createGatheredSource } from '../../gateway/sources/gathered.ts';
import { createRoutedSource } from '../../gateway/sources/routed.ts';
import type { Dice } from './dice.ts';
import { contextOf, membershipOf, type City } from './engine.ts';
import { libraryContract } from './library/asks.ts';
import { librarySdl } from './library/contract.ts';

const gathered = createGatheredSource({ contract: libraryContract, deadlineMs: 10_000 });
const servedAs = (code: string) =>
  createServedContract({
    city: {
      contract: libraryContract,
      sources: {
        city: gathered,
        reach: gathered,
        court: createRoutedSource(libraryContract, new Set(), 10_000, true),
        registry: gathered,
      },
    },
    contractSdl: librarySdl,
    code,
    personKeyMark: null,
    now: () => new Date(),
  });

const [nearest, farther] = [servedAs('near'), servedAs('far')];

/** A hub over these branches, as the wire shows it to another hub; `far` where it asks the near one itself. */
export function toHubAsk(city: Pick<City, 'branches' | 'hubs'>): Ask {
  const membership = membershipOf(city);
  const served = city.hubs ? farther : nearest;
  return async (question) => {
    const answer = await served.answer(structuredClone(question), contextOf(membership));
    return JSON.parse(JSON.stringify(answer)) as typeof answer;
  };
}

/** The same city with some of its branches behind hubs, of which one may stand behind the other. */
export function withHubs(dice: Dice, city: City): City {
  const codes = [...city.branches.keys()];
  // Side by side, since of two equal values that of the first branch counts, and a hub stands where its first one stands.
  const from = dice.upTo(codes.length - 1);
  const first = codes.slice(from, from + 1 + dice.upTo(2));
  const second = dice.oneIn(2) ? codes.slice(from + first.length) : codes.slice(0, from);
  const branchesOf = (wanted: readonly string[]) =>
    new Map([...city.branches].filter(([code]) => wanted.includes(code)));
  const near = toHubAsk({ branches: branchesOf(first) });
  if (second.length === 0) return { ...city, hubs: new Map([['near', { ask: near, behind: first }]]) };
  if (dice.oneIn(2)) {
    const far = toHubAsk({ branches: branchesOf(second) });
    return {
      ...city,
      hubs: new Map([
        ['near', { ask: near, behind: first }],
        ['far', { ask: far, behind: second }],
      ]),
    };
  }
  const both = codes.filter((code) => first.includes(code) || second.includes(code));
  const inner = new Map([['near', { ask: near, behind: first }]]);
  const far = toHubAsk({ branches: branchesOf(both), hubs: inner });
  return { ...city, hubs: new Map([['far', { ask: far, behind: both }]]) };
}
