import { expect, it } from 'vitest';
import { createUpstreams } from '../../../mocks/upstreams/upstreams.ts';
import { agencies, clockFrom, parties, start, today } from './fixture.ts';
import { createVehicle } from '../../../subgraphs/vehicle/program.ts';
import { vehicleBaseUrl } from '../../../mocks/upstreams/upstreams.ts';
import { viewerHeaders } from '../../support/viewers.ts';

it.each(agencies)('a quota of the $name costs time and no debtor', async (agency) => {
  const quota = { calls: 8, windowMs: 1_000 };
  await using line = await start(agency, {}, { behaviour: { [agency.name]: { quota } } });
  const inquiries = await line.ask(parties(20));
  expect(inquiries.filter(({ status }) => status !== 'FOUND' && status !== 'NONE')).toEqual([]);
});

it('a window that is full is left alone: hardly anybody is refused twice', async () => {
  const upstreams = createUpstreams({
    seed: 'tests',
    dayMs: 200,
    behaviour: { vehicle: { quota: { calls: 15, windowMs: 1_000 } } },
  });
  let refused = 0;
  const counted: typeof fetch = async (input, init) => {
    const response = await upstreams.fetch(input, init);
    if (response.status === 429) refused++;
    return response;
  };
  const program = await createVehicle({
    upstream: { baseUrl: vehicleBaseUrl, fetch: counted },
    now: clockFrom(today),
    waitMs: 20_000,
  });
  const query = `query ($parties: [_Any!]!) { _entities(representations: $parties) { ... on Party { vehicle { status } } } }`;
  const { data, errors } = await program.ask(
    { query, variables: { parties: parties(45) } },
    AbortSignal.timeout(20_000),
    viewerHeaders(),
  );
  await program.stop();
  expect(errors).toBeUndefined();
  const statuses = (data!['_entities'] as { vehicle: { status: string } }[]).map(({ vehicle }) => vehicle.status);
  expect(new Set(statuses)).toEqual(new Set(['FOUND', 'NONE']));
  // The first window is found out by those who were under way; later ones by the few who try how much may go.
  expect(refused).toBeLessThanOrEqual(5 + 2 * 5);
});
