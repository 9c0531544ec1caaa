import { describe, expect, it } from 'vitest';
import { parseIdentity } from '../../../../common/identity.ts';
import { personId, personIdVector } from '../../../../common/person-id.ts';
import { homesOf } from '../../../../mocks/city/homes.ts';
import { numberingOf } from '../../../../mocks/city/numbering.ts';
import { places, provinces } from '../../../../mocks/city/places.ts';
import { populationOf } from '../../../../mocks/city/population.ts';
import type { Id } from '../../../../mocks/city/population.ts';
import { nineCourts } from './two-cities.ts';

const numbering = numberingOf(nineCourts.courts.length, 150);
const homes = homesOf(nineCourts);
const population = populationOf('seed', numbering, homes);
const everybody = Array.from({ length: numbering.size }, (_, person) => population.somebody(person));

describe('the population', () => {
  it('has the same n-th person however often it is asked, and from every copy', () => {
    const copy = populationOf('seed', numbering, homes);
    for (const person of [0, 1, 5_000, numbering.size - 1]) {
      expect(population.somebody(person)).toEqual(everybody[person]);
      expect(copy.somebody(person)).toEqual(everybody[person]);
      expect(copy.homeOf(person)).toEqual(everybody[person]!.home);
    }
    expect(populationOf('other', numbering, homes).somebody(0)).not.toEqual(everybody[0]);
  });

  it('gives no number to two people', () => {
    const numbers = everybody.flatMap(({ id }) => (id === null ? [] : [key(id)]));
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('has old numbers that lead to the same person as the new ones', () => {
    const renumbered = everybody.filter(({ formerId }) => formerId !== null).slice(0, 2_000);
    expect(new Set(renumbered.map(({ formerId }) => formerId?.type))).toEqual(
      new Set(['RESIDENT_ID', 'ORGANISATION_CODE']),
    );
    expect(renumbered.filter(({ id, formerId }) => key(formerId!) !== key(id!))).toEqual([]);
  });

  it('has nobody under age when the first cases were filed', () => {
    const births = everybody.flatMap(({ id }) => (id?.type === 'RESIDENT_ID' ? [id.number.slice(6, 10)] : []));
    expect(births.length).toBeGreaterThan(10_000);
    expect(births.filter((year) => year >= '1994')).toEqual([]);
  });
});

describe('the places', () => {
  it('are in 31 divisions of province level, each with a letter and codes of its own', () => {
    expect(provinces).toHaveLength(31);
    expect(new Set(places.map(({ code }) => code.slice(0, 2))).size).toBe(31);
    expect(new Set(places.map(({ letter }) => letter)).size).toBe(31);
    expect(new Set(places.map(({ code }) => code)).size).toBe(places.length);
    for (const { code, formerCode } of places) expect(`${code}${formerCode ?? code}`).toMatch(/^\d{12}$/);
  });
});

function key(id: Id): string {
  return personId(personIdVector.key, parseIdentity(id.number, id.type));
}
