/** A city in which judges order measures: cases whose debtors own what a test needs, and what becomes of orders. */

import type { CaseRecord } from '../../../common/case-record.ts';
import type { Viewer } from '../../../common/viewer.ts';
import type { Answer } from '../../../common/wire.ts';
import { accountsOf, type Account } from '../../../mocks/upstreams/bank/accounts.ts';
import { rightsOf, type Rights } from '../../../mocks/upstreams/property/rights.ts';
import { filedAs, type Filed, type Request } from '../../../mocks/upstreams/request.ts';
import { vehiclesOf, type Vehicle } from '../../../mocks/upstreams/vehicle/vehicles.ts';
import { startTestCity, type TestCity, type TestCityOptions } from '../../support/test-city.ts';
import { caseRecord, partyRecord } from '../court/records.ts';

export const seed = 'test';

export interface ControlCity extends AsyncDisposable {
  readonly city: TestCity;
  ask(query: string, variables?: Record<string, unknown>, viewer?: Viewer | null, inquiry?: object): Promise<Answer>;
  /** Orders, and gives the order with what came of it; throws what the hub refused. */
  order(input: object, viewer?: Viewer, key?: string): Promise<Ordered>;
  /** What the hub refuses. */
  refusal(input: object, viewer?: Viewer | null, key?: string): Promise<Refusal>;
  /** A new case of a court against somebody, and the base of an order in it. */
  caseAgainst(
    idNumber: string,
    claim?: string | null,
    court?: string,
    changes?: Partial<CaseRecord>,
  ): Promise<{ caseNumber: string }>;
}

export interface Outcome {
  readonly status: string;
  readonly reason: string | null;
  readonly controlledAmount: string | null;
  readonly from: string | null;
  readonly until: string | null;
  readonly queuePosition: number | null;
  readonly requestNumber: string | null;
  readonly answeredAt: string | null;
}
export interface Ordered {
  readonly id: string;
  readonly property: string;
  readonly releasedOn: string | null;
  readonly bank: Outcome;
  readonly vehicle: Outcome;
  readonly realEstate: Outcome;
}
export interface Refusal {
  readonly message: string;
  readonly extensions: { readonly argument?: string; readonly expected?: string };
}

export function judgeOf(court: string): Viewer {
  return { subject: `judge-${court}`, role: 'judge', court, taskForces: [], workId: 'G1', dutyCertificate: 'Z1' };
}
export const tongshan = judgeOf('苏0312');
export const yunlong = judgeOf('苏0303');

export const outcomeFields = 'status reason controlledAmount from until queuePosition requestNumber answeredAt';
/** An order with what every agency says of it. */
export const orderFields = `id property releasedOn bank { ${outcomeFields} } vehicle { ${outcomeFields} } realEstate { ${outcomeFields} }`;
export const orderMutation = (fields = orderFields) => `mutation ($input: OrderMeasureInput!, $key: ID!) {
  orderMeasure(input: $input, idempotencyKey: $key) { order { ${fields} } } }`;

/** What stands on every order. */
export const signed = {
  number: '（2018）苏0312执1号之一',
  signedBy: '李法官',
  handlerName: '赵助理',
  handlerPhone: '0516-80000001',
  workIdNumber: 'G0001',
  dutyCertificateNumber: 'Z0001',
};

export async function startControlCity(options: TestCityOptions = {}): Promise<ControlCity> {
  const city = await startTestCity({
    seed,
    casesPerCourt: 2,
    // What is slow here is the machine.
    deadlines: { courtMs: 60_000, agencyMs: 60_000, requestMs: 120_000 },
    ...options,
  });
  let cases = 0;
  let keys = 0;
  const ask: ControlCity['ask'] = async (
    query,
    variables = {},
    viewer = tongshan,
    inquiry = { wait: 'PT20S' },
  ): Promise<Answer> => {
    const contextValue = city.hub.contextOf(new AbortController().signal, undefined, viewer);
    const { body } = await city.hub.apollo.executeOperation(
      { query, variables, extensions: { inquiry } },
      { contextValue },
    );
    if (body.kind !== 'single') throw new Error('The hub answers each question once.');
    return JSON.parse(JSON.stringify(body.singleResult)) as Answer;
  };
  const send = (input: object, viewer: Viewer | null, key = `key-${++keys}`) =>
    ask(orderMutation(), { input: { ...signed, ...input }, key }, viewer);
  return {
    city,
    ask,
    async order(input, viewer = tongshan, key) {
      const { data, errors } = await send(input, viewer, key);
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      return (data!['orderMeasure'] as { order: Ordered }).order;
    },
    async refusal(input, viewer = tongshan, key) {
      const { errors } = await send(input, viewer, key);
      if (errors?.[0] === undefined) throw new Error('the hub refused nothing');
      return errors[0] as Refusal;
    },
    async caseAgainst(idNumber, claim = '1000000.00', court = '苏0312', changes = {}) {
      const caseNumber = `（2017）${court}执${9000 + ++cases}号`;
      const writ = {
        number: `（2018）${court}协查${cases}`,
        agencies: ['BANK', 'VEHICLE', 'REAL_ESTATE'] as const,
        signedBy: '李法官',
        signedOn: '2018-01-05',
        validUntil: '2018-06-30',
        handlerName: '赵助理',
        handlerPhone: '0516-80000001',
        workIdNumber: 'G0001',
        dutyCertificateNumber: 'Z0001',
      };
      const debtor = partyRecord({ name: '王强', idType: 'RESIDENT_ID', idNumber, writ });
      const creditor = partyRecord({ ordinal: 2, role: 'APPLICANT', name: '徐工' });
      const nameless = partyRecord({ ordinal: 3, name: '李某' });
      await city.courts.get(court)!.load([
        caseRecord({
          number: caseNumber,
          amountOutstanding: claim,
          ...changes,
          parties: [debtor, creditor, nameless],
        }),
      ]);
      return { caseNumber };
    },
    [Symbol.asyncDispose]: () => city[Symbol.asyncDispose](),
  };
}

/** Somebody with an account as it is wanted, and that account. */
export function ownerOfAccount(isWanted: (account: Account) => boolean): { idNumber: string; account: Account } {
  return ownerOf(({ filed }) =>
    accountsOf(seed, filed).find((account) => account.BZ === 'CNY' && account.XHRQ === null && isWanted(account)),
  ).with('account');
}

/** The same for a vehicle. */
export function ownerOfVehicle(isWanted: (vehicle: Vehicle) => boolean): { idNumber: string; vehicle: Vehicle } {
  return ownerOf(({ filed }) => vehiclesOf(seed, filed).find(isWanted)).with('vehicle');
}

/** Somebody with a house on which that many seizures lie. */
export function ownerOfHouse(seizures: number): { idNumber: string; unit: string } {
  const { idNumber, rights } = ownerOf(({ filed, request }) => {
    const own: Rights = rightsOf(seed, filed, request);
    const on = own.CFDJ.filter((row) => row['BDCDYH'] === own.FDCQ[0]?.['BDCDYH']);
    return own.FDCQ.length === 1 && on.length === seizures ? own : undefined;
  }).with('rights');
  return { idNumber, unit: rights.FDCQ[0]!['BDCDYH'] as string };
}

let people = 0;

/** Nobody is found twice, so that no test stands on another's measures. */
function ownerOf<Thing>(find: (who: { filed: Filed; request: Request }) => Thing | undefined) {
  for (;;) {
    const idNumber = residentNumber(people++);
    const request = { BDHM: 'TEST0000', XM: '王强', ZJLX: '居民身份证', DSRZJHM: idNumber };
    const thing = find({ filed: filedAs(request), request });
    if (thing === undefined) continue;
    return {
      with: <Name extends string>(name: Name) =>
        ({ idNumber, [name]: thing }) as { idNumber: string } & Record<Name, Thing>,
    };
  }
}

/** A valid 18-digit number of nobody: the n-th one born in Tongshan. */
function residentNumber(n: number): string {
  const month = String((Math.trunc(n / 50_000) % 12) + 1).padStart(2, '0');
  const day = String((Math.trunc(n / 600_000) % 28) + 1).padStart(2, '0');
  const body = `320312${1950 + (Math.trunc(n / 1_000) % 50)}${month}${day}${String(n % 1_000).padStart(3, '0')}`;
  const sum = Array.from(body, (digit, i) => Number(digit) * (2 ** (17 - i) % 11)).reduce((a, b) => a + b);
  return body + '10X98765432'.charAt(sum % 11);
}
