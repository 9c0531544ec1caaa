import { setupServer } from 'msw/node';
import {
  bankBaseUrl,
  createUpstreams,
  propertyBaseUrl,
  type UpstreamName,
  type UpstreamOptions,
  type Upstreams,
  vehicleBaseUrl,
} from '../../../mocks/upstreams/upstreams.ts';
import type { Answer } from '../../../common/wire.ts';
import { viewerHeaders } from '../../support/viewers.ts';
import type { AgencyOptions } from '../../../subgraphs/kit/inquiry/agency.ts';
import type { Program } from '../../../subgraphs/kit/program.ts';
import { createBank } from '../../../subgraphs/bank/program.ts';
import { createProperty } from '../../../subgraphs/property/program.ts';
import { createVehicle } from '../../../subgraphs/vehicle/program.ts';

/** Each agency with its program, its field on Party and the fields of its records. */
export const agencies = [
  { name: 'bank', field: 'bank', code: 'BANK', list: 'accounts { number }', records: 'accounts' },
  { name: 'vehicle', field: 'vehicle', code: 'VEHICLE', list: 'vehicles { model }', records: 'vehicles' },
  { name: 'property', field: 'realEstate', code: 'REAL_ESTATE', list: 'units { location }', records: 'units' },
] as const satisfies readonly { name: UpstreamName; [other: string]: string }[];
export type AgencyFixture = (typeof agencies)[number];

const programs = { bank: createBank, vehicle: createVehicle, property: createProperty };
const addresses = { bank: bankBaseUrl, vehicle: vehicleBaseUrl, property: propertyBaseUrl };

/** The day on which these tests take place. */
export const today = new Date('2018-01-04T09:00:00+08:00');

/** An agency's program over its mocked upstream and the real, intercepted fetch. */
export interface Line extends AsyncDisposable {
  readonly upstreams: Upstreams;
  readonly program: Program;
  /** Every address asked, with its body. */
  readonly requests: readonly { readonly url: string; readonly body: string }[];
  /** The agency's field for each representation, in order. */
  ask(representations: readonly object[], selection?: string): Promise<Inquiry[]>;
  raw(representations: readonly object[], selection?: string): Promise<Answer>;
}

export interface Inquiry {
  readonly status: string;
  readonly reason: string | null;
  readonly requestNumber: string | null;
  readonly answeredAt: string | null;
  readonly expectedBy: string | null;
  readonly [list: string]: unknown;
}

/** Starts one agency; it stops with the scope. A day lasts 200 ms unless said otherwise. */
export async function start(
  agency: AgencyFixture,
  options: Partial<AgencyOptions> = {},
  upstreamOptions: Partial<UpstreamOptions> = {},
): Promise<Line> {
  const now = clockFrom(today);
  const upstreams = createUpstreams({ seed: 'tests', now, dayMs: 200, ...upstreamOptions });
  const server = setupServer(...upstreams.handlers);
  server.listen({ onUnhandledRequest: 'error' });
  const requests: { url: string; body: string }[] = [];
  server.events.on('request:start', ({ request }) => {
    const copy = request.clone();
    void copy.text().then((body) => requests.push({ url: copy.url, body }));
  });
  const program = await programs[agency.name]({
    upstream: { baseUrl: addresses[agency.name] },
    now,
    waitMs: 20_000,
    ...options,
  });
  const raw = (representations: readonly object[], selection?: string) => {
    const query = `query Ask($parties: [_Any!]!) { _entities(representations: $parties) { ... on Party { ${agency.field} {
      status reason requestNumber answeredAt expectedBy ${selection ?? agency.list} } } } }`;
    return program.ask(
      { query, variables: { parties: representations } },
      AbortSignal.timeout(25_000),
      viewerHeaders(),
    );
  };
  return {
    upstreams,
    program,
    requests,
    raw,
    ask: async (representations, selection) => {
      const { data, errors } = await raw(representations, selection);
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      return (data!['_entities'] as Record<string, Inquiry>[]).map((entity) => entity[agency.field]!);
    },
    [Symbol.asyncDispose]: async () => {
      await program.stop();
      server.close();
    },
  };
}

/** A clock that begins at an instant and runs with real time. */
export function clockFrom(instant: Date): () => Date {
  const behind = Date.now() - instant.getTime();
  return () => new Date(Date.now() - behind);
}

/** A valid 18-digit number of nobody: the n-th one born in Tongshan. */
export function residentNumber(n: number): string {
  const body = `320312${1950 + (Math.trunc(n / 1000) % 50)}0115${String(n % 1000).padStart(3, '0')}`;
  const sum = Array.from(body, (digit, i) => Number(digit) * (2 ** (17 - i) % 11)).reduce((a, b) => a + b);
  return body + '10X98765432'.charAt(sum % 11);
}

/** A complete writ for every agency. */
export const writ = {
  number: '（2017）苏0312执1号协查1',
  agencies: ['BANK', 'VEHICLE', 'REAL_ESTATE'],
  signedBy: '张法官',
  signedOn: '2017-12-01',
  validUntil: '2018-01-04',
  courtName: '徐州市铜山区人民法院',
  courtCode: '苏0312',
  handlerName: '李法官',
  handlerPhone: '0516-55550101',
  workIdNumber: 'W0001',
  dutyCertificateNumber: 'D0001',
};

/** The n-th debtor as federation brings it: `changes` replace whole values. */
export function party(n: number, changes: object = {}) {
  return {
    __typename: 'Party',
    caseNumber: `（2017）苏0312执${n + 1}号`,
    id: '2',
    writ,
    subject: { name: `被执行人${n}`, idType: 'RESIDENT_ID', idNumber: residentNumber(n) },
    ...changes,
  };
}

/** `count` different debtors. */
export function parties(count: number) {
  return Array.from({ length: count }, (_, n) => party(n));
}
