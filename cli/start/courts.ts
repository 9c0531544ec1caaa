/** A court's program over its rows, as every way of starting runs it. */

import type { CourtRegistry } from '../../common/court-registry.ts';
import { generateCity, type City } from '../../mocks/city/city.ts';
import type { Court } from '../../subgraphs/court/program.ts';
import { cityToday } from './clock.ts';

/** The schema of a court's rows, alone in its database or among others. */
export function schemaOfCourt(code: string): string {
  return `court_${code}`;
}

/** The city that rows are seeded from: the same for the same registry and size. */
export function generateRows(registry: CourtRegistry, casesPerCourt: number): City {
  return generateCity({ registry, casesPerCourt, today: cityToday });
}

/** Gives an empty court its rows of a city, each told as it goes in; resolves with how many cases, 0 when it had rows already. */
export async function fillCourt(
  code: string,
  court: Court,
  city: City,
  onCase: () => void = () => undefined,
): Promise<number> {
  if (!(await court.isEmpty())) return 0;
  return court.load(told(city.casesOf(code), onCase));
}

function* told<Item>(items: Iterable<Item>, onItem: () => void): Generator<Item> {
  for (const item of items) {
    yield item;
    onItem();
  }
}
