import { describe, expect, it } from 'vitest';
import { parseCaseNumber } from '../../../../common/case-number.ts';
import { generateCity } from '../../../../mocks/city/city.ts';
import { everyRecord, keyOf, nineCourts, personOf } from './two-cities.ts';
import type { Held } from './two-cities.ts';

const city = generateCity({ registry: nineCourts });
const held = everyRecord(city, nineCourts);
const byKey = new Map(held.map((one) => [keyOf(one.record.number), one]));
const pairs = held.flatMap((successor) => {
  const { predecessor } = successor.record;
  return predecessor === null ? [] : [{ origin: byKey.get(keyOf(predecessor))!, successor }];
});
const transfers = pairs.filter(({ successor }) => successor.record.transferKind !== null);
const resumptions = pairs.filter(({ successor }) => successor.record.transferKind === null);

describe('cases that continue others', () => {
  it('are linked both ways by number', () => {
    for (const { origin, successor } of pairs) {
      expect(keyOf(origin.record.successor!)).toBe(keyOf(successor.record.number));
      expect(origin.record.transferKind).toBe(successor.record.transferKind);
    }
    expect(held.filter(({ record }) => record.successor !== null)).toHaveLength(pairs.length);
  });

  it('claim the part that was not recovered, from the same people', () => {
    for (const { origin, successor } of pairs) {
      expect(successor.record.amountDue).toBe(origin.record.amountOutstanding);
      expect(people(successor)).toEqual(people(origin));
      expect(successor.record.filedOn! >= origin.record.closedOn!).toBe(true);
    }
  });

  it('are in another court when transferred, where the former one closed by 销案', () => {
    expect(transfers.length).toBeGreaterThan(20);
    for (const { origin, successor } of transfers) {
      expect(origin.court).not.toBe(successor.court);
      expect(origin.record.closingMode).toBe('CANCELLED');
      expect(parseCaseNumber(successor.record.number).type).toBe('执');
    }
    expect(new Set(transfers.map(({ successor }) => successor.record.transferKind)).size).toBe(3);
  });

  it('are in the same court when resumed, after a termination', () => {
    expect(resumptions.length).toBeGreaterThan(60);
    for (const { origin, successor } of resumptions) {
      expect(origin.court).toBe(successor.court);
      expect(origin.record.stage).toBe('RESUMED');
      expect(parseCaseNumber(successor.record.number).type).toBe('执恢');
    }
  });

  it('are designated in the joint action to one court for each province', () => {
    const designations = transfers.filter(({ successor }) => successor.record.parties[0]?.name === city.creditor.name);
    expect(designations.length).toBeGreaterThan(5);
    const courts = new Map<string, Set<string>>();
    for (const { successor } of designations) {
      expect(successor.record.transferKind).toBe('DESIGNATED');
      expect(successor.record.filedOn! > '2017-11-01').toBe(true);
      const province = successor.record.parties.find(({ role }) => role === 'DEBTOR')!.province!;
      courts.set(province, (courts.get(province) ?? new Set()).add(successor.court));
    }
    for (const designated of courts.values()) expect(designated.size).toBe(1);
  });
});

function people({ record }: Held): (string | null)[] {
  return record.parties.map((party) => personOf(party));
}
