/** A city with a trail in which judges and the command centre make changes, and the court of the cases goes wrong as a test says. */

import { expect } from 'vitest';

import type { Viewer } from '../../../common/viewer.ts';
import type { Answer, Ask } from '../../../common/wire.ts';
import type { Trail } from '../../../gateway/trail/trail.ts';
import { ownTrail, type OwnTrail } from '../../support/own-trail.ts';
import type { TestCityOptions } from '../../support/test-city.ts';
import { ownerOfAccount, signed, startControlCity, tongshan, type ControlCity } from '../control/fixture.ts';

export const issue = `mutation ($input: IssueWritInput!, $key: ID!) {
  issueWrit(input: $input, idempotencyKey: $key) { writ { number } } }`;
export const revoke = `mutation ($input: RevokeWritInput!, $key: ID!) {
  revokeWrit(input: $input, idempotencyKey: $key) { __typename } }`;
export const order = `mutation ($input: OrderMeasureInput!, $key: ID!) {
  orderMeasure(input: $input, idempotencyKey: $key) { order { action } } }`;
export const createForce = `mutation ($name: String!, $key: ID!) {
  createTaskForce(input: { name: $name, criteria: { stages: ["CLOSED"] } }, idempotencyKey: $key) { name } }`;

/** Whose account is ordered frozen. */
export const { idNumber, account } = ownerOfAccount(({ DJXX, YE }) => DJXX.length === 0 && Number(YE) > 1_000);

/** A writ about the debtor who has no number and no writ. */
export const writInput = (caseNumber: string) => ({
  ...signed,
  ...{ caseNumber, partyId: '3', number: `${caseNumber}之协查`, agencies: ['BANK'], validUntil: '2018-06-30' },
});
export const freeze = (caseNumber: string) => ({
  ...{ ...signed, caseNumber, action: 'FREEZE', partyId: '1', agency: 'BANK', until: '2019-01-30', amount: '1234.56' },
  ...{ property: account.KHZH, bankName: account.YHMC },
});

let keys = 0;
export const newKey = () => `key-of-change-${++keys}`;
export const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions?.['code'];

type Fields = Readonly<Record<string, unknown>>;

export interface ChangingCity extends ControlCity {
  readonly own: OwnTrail;
  readonly trail: Trail;
  /** What the hub's trail does with records. */
  append: Trail['append'];
  /** Stands between the hub and the court of the cases, 苏0312. */
  court: (ask: Ask) => Ask;
  /** As in the beginning. */
  recover(): void;
  /** Asks, and gives the answer with the records that the trail has of it. */
  change(
    query: string,
    variables: Fields,
    viewer?: Viewer | null,
    purpose?: string,
  ): Promise<{ readonly answer: Answer; readonly records: readonly Fields[] }>;
  /** A page of one of the auditor's queries. */
  pageOf(field: string): Promise<{ readonly nodes: readonly Fields[]; readonly end: string | null }>;
}

const auditor: Viewer = {
  ...{ subject: 'auditor-1', role: 'auditor', court: null, taskForces: [], workId: null, dutyCertificate: null },
};
const node =
  'subject role court dutyCertificate agency change holder caseNumber person writ order action taskForce status reason withheld';

interface Page {
  readonly trail: {
    readonly edges: readonly { readonly node: Fields }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
  };
}

export async function startChangingCity(options: TestCityOptions = {}): Promise<ChangingCity> {
  const own = ownTrail();
  let opened: Trail | null = null;
  const trailNow = () => {
    if (opened === null) throw new Error('The hub has opened no trail.');
    return opened;
  };
  const well = {
    append: (records: readonly string[]) => trailNow().append(records),
    court: (ask: Ask) => ask,
  };
  const city = await startControlCity({
    ...options,
    between: (code, ask) => (code === '苏0312' ? (...args) => changing.court(ask)(...args) : ask),
    breaker: null,
    trail: async (personKey, now) => {
      opened = await own.open({ personKey, now });
      return { ...opened, append: (records) => changing.append(records) };
    },
  });
  const changing: ChangingCity = {
    ...city,
    own,
    trail: trailNow(),
    ...well,
    recover: () => void Object.assign(changing, well),
    async change(query, variables, viewer = tongshan, purpose = '执行') {
      const before = own.lines().length;
      const answer = await city.ask(query, { ...variables }, viewer, { purpose });
      const records = own.lines().slice(before);
      return { answer, records: records.filter(({ kind }) => kind === 'record') };
    },
    async pageOf(field) {
      const query = `{ trail: ${field} { edges { node { ${node} } } pageInfo { hasNextPage endCursor } } }`;
      const { data, errors } = await city.ask(query, {}, auditor);
      expect(errors).toBeUndefined();
      const { edges, pageInfo } = (data as unknown as Page).trail;
      return { nodes: edges.map((edge) => edge.node), end: pageInfo.hasNextPage ? pageInfo.endCursor : null };
    },
    async [Symbol.asyncDispose]() {
      await city[Symbol.asyncDispose]();
      await trailNow().stop();
      own[Symbol.dispose]();
    },
  };
  return changing;
}
