import { describe, expect, it } from 'vitest';
import { createUpstreams, vehicleBaseUrl } from '../../../mocks/upstreams/upstreams.ts';
import { createVehicle } from '../../../subgraphs/vehicle/program.ts';
import { agencies, clockFrom, parties, party, residentNumber, start, today, writ } from './fixture.ts';
import { viewerHeaders } from '../../support/viewers.ts';

const [bank, , property] = agencies;

describe('a batch of debtors', () => {
  it.each([bank, property])('is one submit for each hundred at the $name', async (agency) => {
    await using line = await start(agency);
    const inquiries = await line.ask(parties(250));
    expect(inquiries.every(({ status }) => status === 'FOUND' || status === 'NONE')).toBe(true);
    expect(line.upstreams.calls()[agency.name].submit).toBe(3);
    await line.ask(parties(250));
    expect(line.upstreams.calls()[agency.name].submit).toBe(3);
  });

  it('is two submits for two hundred', async () => {
    await using line = await start(bank);
    await line.ask(parties(200));
    expect(line.upstreams.calls().bank.submit).toBe(2);
  });

  it('is one call for each distinct debtor at the vehicle administration, at most twenty at once', async () => {
    const upstreams = createUpstreams({ seed: 'tests', dayMs: 200 });
    let open = 0;
    let most = 0;
    const counted: typeof fetch = async (input, init) => {
      most = Math.max(most, ++open);
      return upstreams.fetch(input, init).finally(() => open--);
    };
    const program = await createVehicle({
      upstream: { baseUrl: vehicleBaseUrl, fetch: counted },
      now: clockFrom(today),
      waitMs: 20_000,
    });
    const query = `query ($parties: [_Any!]!) { _entities(representations: $parties) { ... on Party { vehicle { status } } } }`;
    const { errors } = await program.ask(
      { query, variables: { parties: [...parties(90), ...parties(90)] } },
      AbortSignal.timeout(20_000),
      viewerHeaders(),
    );
    await program.stop();
    expect(errors).toBeUndefined();
    expect(upstreams.calls().vehicle.query).toBe(90);
    expect(most).toBe(20);
  });

  it.each(agencies)('asks the $name once for concurrent readers', async (agency) => {
    await using line = await start(agency);
    const answers = await Promise.all(Array.from({ length: 5 }, () => line.ask(parties(30))));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    const calls = line.upstreams.calls();
    expect(agency.name === 'vehicle' ? calls.vehicle.query : calls[agency.name].submit).toBe(
      agency.name === 'vehicle' ? 30 : 1,
    );
  });
});

describe('a request number', () => {
  it.each(agencies)('is one per case, party, writ and $name, and the same for every spelling', async (agency) => {
    await using line = await start(agency);
    const one = party(7);
    const inquiries = await line.ask([
      one,
      { ...one, caseNumber: '(2017)苏0312执00000008号' },
      { ...one, id: '3' },
      { ...one, caseNumber: '（2017）苏0303执8号' },
      { ...one, writ: { ...writ, number: '另一份' } },
    ]);
    const numbers = inquiries.map(({ requestNumber }) => requestNumber!);
    expect(numbers[1]).toBe(numbers[0]);
    expect(new Set(numbers).size).toBe(4);
    for (const number of numbers) expect(number).toMatch(/^(YH|CL|IP)[0-9a-f]{30}$/);
    // The same person owns the same through every case.
    for (const inquiry of inquiries) expect(inquiry[agency.records]).toEqual(inquiries[0]![agency.records]);
  });

  it.each(agencies)('stands in addresses of the $name where an identity number must not', async (agency) => {
    await using line = await start(agency);
    await line.ask(parties(20));
    expect(line.requests.some(({ body }) => body.includes(residentNumber(3)))).toBe(true);
    for (const { url } of line.requests) expect(url).not.toMatch(/\d{12}/);
    const columns = JSON.parse(line.requests[0]!.body) as Record<string, unknown>;
    const first = (agency.name === 'vehicle' ? columns : (columns['CXQQ'] as unknown[])[0]) as Record<string, unknown>;
    expect(first).toMatchObject({
      ZJLX: '居民身份证',
      FIFTEENZJH: expect.stringMatching(/^\d{15}$/) as unknown,
      AH: expect.stringMatching(/^（2017）苏0312执\d+号$/) as unknown,
      GZZBH: 'W0001',
      GWZBH: 'D0001',
      CKH: '协助查询通知书',
      WSBH: writ.number,
    });
  });
});
