/** Where people live: mostly in the district of the court that has their case, the creditor's debtors all over the country. */

import type { CourtRegistry } from '../../common/court-registry.ts';
import type { Standing } from './numbering.ts';
import { places, placesUnder, provinces } from './places.ts';
import type { Place } from './places.ts';
import type { Random } from './random.ts';

/** The 30 province-level divisions in which the large creditor has debtors. */
export const creditorProvinces: readonly string[] = provinces.filter((province) => province !== '西藏自治区');

/** Chooses a home that suits somebody's standing. */
export type HomeOf = (random: Random, standing: Standing) => Place;

/** The choice of homes in the cities of the registry's courts. */
export function homesOf(registry: CourtRegistry): HomeOf {
  const divisions = registry.courts.map((court) => court.division);
  const cities = [...new Set(divisions.flatMap((division) => (division === null ? [] : [division.slice(0, 4)])))];
  const city = orElse(
    cities.flatMap((prefix) => placesUnder(prefix)),
    cities.flatMap((prefix) => placesUnder(prefix.slice(0, 2))),
    places,
  );
  const districts = divisions.map((division) =>
    division === null ? city : orElse(placesUnder(division), placesUnder(division.slice(0, 4)), city),
  );
  const provinceOf = (place: Place): readonly Place[] => placesUnder(place.code.slice(0, 2));

  const nearby = (random: Random, district: readonly Place[]): Place => {
    const at = random.below(100);
    if (at < 62) return random.pick(district);
    if (at < 86) return random.pick(city);
    return random.pick(at < 94 ? provinceOf(random.pick(city)) : places);
  };
  return (random, standing) => {
    switch (standing.group) {
      case 'SHARED':
        return nearby(random, city);
      case 'MACHINERY':
        return farAway(random, standing.ordinal);
      case 'CREDITOR':
        return random.pick(districts[0] ?? city);
      case 'INSTITUTION':
        return random.pick(districts[standing.court]!);
      default:
        return nearby(random, districts[standing.court]!);
    }
  };
}

/** The first thirty debtors live in thirty provinces, so that even a small city has them all. */
function farAway(random: Random, ordinal: number): Place {
  const province = creditorProvinces[ordinal] ?? random.pick(creditorProvinces);
  return random.pick(places.filter((place) => place.province === province));
}

function orElse(...choices: readonly (readonly Place[])[]): readonly Place[] {
  return choices.find((choice) => choice.length > 0) ?? places;
}
