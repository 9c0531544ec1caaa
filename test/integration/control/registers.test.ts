import { afterAll, beforeAll, expect, it } from 'vitest';

import { ownerOfHouse, ownerOfVehicle, startControlCity, yunlong, type ControlCity } from './fixture.ts';

let own: ControlCity;
beforeAll(async () => {
  own = await startControlCity();
});
afterAll(() => own[Symbol.asyncDispose]());

const sealOf = (agency: string, property: string, until: string) => ({
  ...{ action: 'SEAL', partyId: '1', agency, property, until },
});
async function inquired<Found>(caseNumber: string, selection: string): Promise<Found> {
  const { data, errors } = await own.ask(`{ case(number: "${caseNumber}") { debtors { ${selection} } } }`);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return (data as { case: { debtors: Found[] } }).case.debtors[0]!;
}
interface Seized {
  readonly documentNumber: string;
  readonly queuePosition: number;
  readonly until: string | null;
  readonly kind?: string;
}

it('seals a house for the first court, and lets a second one wait; a release moves the line up', async () => {
  const { idNumber, unit } = ownerOfHouse(0);
  const first = await own.caseAgainst(idNumber);
  const second = await own.caseAgainst(idNumber, '1.00', '苏0303');
  const third = await own.caseAgainst(idNumber, '1.00');
  const seal = sealOf('REAL_ESTATE', unit, '2021-01-30');
  const sealed = await own.order({ ...first, ...seal, number: '一' });
  expect(sealed).toMatchObject({ property: unit, bank: { reason: 'ORDER_FOR_OTHER_AGENCY' } });
  expect(sealed.realEstate).toMatchObject({
    ...{ status: 'SUCCESS', reason: null, from: '2018-01-31', until: '2021-01-30', queuePosition: 0 },
    controlledAmount: null,
  });
  const waiting = await own.order({ ...second, ...seal, number: '二' }, yunlong);
  expect(waiting.realEstate).toMatchObject({ status: 'SUCCESS', until: null, queuePosition: 1 });
  const last = await own.order({ ...third, ...seal, number: '三' });
  expect(last.realEstate).toMatchObject({ queuePosition: 2 });

  const seizures = async () => {
    const { realEstate } = await inquired<{ realEstate: { units: { unitNumber: string; seizures: Seized[] }[] } }>(
      first.caseNumber,
      'realEstate { status units { unitNumber seizures { documentNumber queuePosition until kind } } }',
    );
    return realEstate.units.find(({ unitNumber }) => unitNumber === unit)!.seizures;
  };
  expect(await seizures()).toEqual([
    { documentNumber: '一', queuePosition: 0, until: '2021-01-30', kind: 'SEAL' },
    { documentNumber: '二', queuePosition: 1, until: null, kind: 'WAITLIST' },
    { documentNumber: '三', queuePosition: 2, until: null, kind: 'WAITLIST' },
  ]);
  const released = await own.order({ ...first, action: 'RELEASE', originId: sealed.id });
  expect(released.realEstate).toMatchObject({ status: 'SUCCESS', queuePosition: null });
  expect(await seizures()).toEqual([
    { documentNumber: '二', queuePosition: 0, until: '2021-01-30', kind: 'SEAL' },
    { documentNumber: '三', queuePosition: 1, until: null, kind: 'WAITLIST' },
  ]);
});

it('waits behind seizures that were there before', async () => {
  const { idNumber, unit } = ownerOfHouse(2);
  const { realEstate } = await own.order({
    ...(await own.caseAgainst(idNumber)),
    ...sealOf('REAL_ESTATE', unit, '2020-01-30'),
  });
  expect(realEstate).toMatchObject({ status: 'SUCCESS', until: null, queuePosition: 2 });
});

it('continues a seal', async () => {
  const { idNumber, unit } = ownerOfHouse(0);
  const { caseNumber } = await own.caseAgainst(idNumber);
  const { id } = await own.order({ caseNumber, ...sealOf('REAL_ESTATE', unit, '2018-03-01') });
  const { realEstate } = await own.order({ caseNumber, action: 'RENEW', originId: id, until: '2021-01-30' });
  expect(realEstate).toMatchObject({ status: 'SUCCESS', until: '2021-01-30', queuePosition: 0 });
});

it('seals a vehicle by its VIN or plate, and takes it away on another order', async () => {
  const { idNumber, vehicle } = ownerOfVehicle(
    ({ CFXX, CLSBDH, HPHM }) => CFXX.length === 0 && CLSBDH !== null && HPHM !== null,
  );
  const { caseNumber } = await own.caseAgainst(idNumber);
  const sealed = await own.order({ caseNumber, ...sealOf('VEHICLE', vehicle.CLSBDH!, '2020-01-30') });
  expect(sealed.vehicle).toMatchObject({ status: 'SUCCESS', until: '2020-01-30', queuePosition: 0 });
  expect(sealed.property.endsWith(vehicle.CLSBDH!.slice(-3)) && sealed.property.startsWith('★')).toBe(true);
  const taken = await own.order({
    caseNumber,
    ...sealOf('VEHICLE', vehicle.HPHM!, '2020-01-30'),
    action: 'SEIZE_PHYSICAL',
  });
  expect(taken.vehicle).toMatchObject({ status: 'SUCCESS' });
  const { vehicle: told } = await inquired<{
    vehicle: { vehicles: { vin: string; statusLetters: string[]; seizures: Seized[] }[] };
  }>(caseNumber, 'vehicle { vehicles { vin statusLetters seizures { queuePosition until documentNumber } } }');
  const seen = told.vehicles.find(({ vin }) => vin === vehicle.CLSBDH)!;
  expect(seen.statusLetters).toContain('K');
  expect(seen.seizures).toHaveLength(2);
});

it('hands in several orders of one list at once', async () => {
  const { idNumber, unit } = ownerOfHouse(0);
  const { caseNumber } = await own.caseAgainst(idNumber);
  const query = `mutation ($input: OrderMeasureInput!, $key: ID!) { orderMeasure(input: $input, idempotencyKey: $key) { order { id } } }`;
  const base = {
    caseNumber,
    number: 'x',
    signedBy: '李',
    handlerName: '赵',
    handlerPhone: '1',
    workIdNumber: 'G',
    dutyCertificateNumber: 'Z',
  };
  const units = [unit, `${unit}1`, `${unit}2`];
  for (const [n, property] of units.entries()) {
    const input = { ...base, ...sealOf('REAL_ESTATE', property, '2020-01-30') };
    expect((await own.ask(query, { input, key: `several-${n}` })).errors).toBeUndefined();
  }
  // Nobody has asked what came of them, and nothing was carried out.
  const before = own.city.upstreams.calls().property.control;
  const list = `{ case(number: "${caseNumber}") { measureOrders { property realEstate { status reason } } } }`;
  const { data } = await own.ask(list);
  expect((data as { case: { measureOrders: unknown } }).case.measureOrders).toEqual([
    { property: units[2], realEstate: { status: 'FAILED', reason: '不动产单元与权利人不符' } },
    { property: units[1], realEstate: { status: 'FAILED', reason: '不动产单元与权利人不符' } },
    { property: units[0], realEstate: { status: 'SUCCESS', reason: null } },
  ]);
  expect(own.city.upstreams.calls().property.control).toBe(before + 1);
});
