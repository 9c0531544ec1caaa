import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { City } from '../../../../mocks/city/city.ts';
import { generateCity } from '../../../../mocks/city/city.ts';
import { otherCourts } from './two-cities.ts';

const options = { registry: otherCourts, casesPerCourt: 60 };

describe('the city', () => {
  it('is the same, byte for byte, on every machine and version of Node', () => {
    // Computed once and committed: whoever changes the generator on purpose writes the new digest here.
    expect(digestOf(generateCity(options))).toBe('f32ca6d124c7d09e41ee39bca3063a9726ffcf3b26ca0f21e9e6103c3986fb91');
  });

  it('does not depend on the order in which courts are read, nor on how often', () => {
    const city = generateCity(options);
    const last = otherCourts.courts.at(-1)!.code;
    expect(Array.from(city.casesOf(last))).toHaveLength(60);
    expect(digestOf(city)).toBe(digestOf(generateCity(options)));
  });

  it('is another one under another seed', () => {
    const other = generateCity({ ...options, seed: 'another' });
    expect(digestOf(other)).not.toBe(digestOf(generateCity(options)));
    expect(other.creditor).not.toEqual(generateCity(options).creditor);
  });

  it('keeps its creditor whatever the number of cases', () => {
    expect(generateCity({ ...options, casesPerCourt: 5 }).creditor).toEqual(generateCity(options).creditor);
  });

  it('builds a record only when it is read', () => {
    const [first] = generateCity({ ...options, casesPerCourt: 12_000 }).casesOf(otherCourts.courts[0]!.code);
    expect(first?.number).toContain('号');
  });
});

function digestOf(city: City): string {
  const hash = createHash('sha256').update(JSON.stringify(city.creditor));
  for (const { code } of otherCourts.courts) {
    for (const record of city.casesOf(code)) hash.update(JSON.stringify(record));
  }
  return hash.digest('hex');
}
