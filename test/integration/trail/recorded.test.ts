import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import type { Answer, Ask } from '../../../common/wire.ts';
import { AskError } from '../../../gateway/asking/reply.ts';
import type { Trail } from '../../../gateway/trail/trail.ts';
import type { Viewer } from '../../../common/viewer.ts';
import { ownTrail, type OwnTrail } from '../../support/own-trail.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';

const nobody = { taskForces: [], workId: null, dutyCertificate: null };
/** As the trail has it. */
const toldOfficer = {
  subject: 'officer-17',
  role: 'command-centre',
  court: '苏03',
  dutyCertificate: '苏03-执7',
} as const;
const officer: Viewer = { ...nobody, ...toldOfficer };
const auditor: Viewer = { ...nobody, subject: 'auditor-1', role: 'auditor', court: null };

let own: OwnTrail;
let city: TestCity;
let trail: Trail;
/** What the trail is told; a test may stand in its way. */
let append: Trail['append'];
let bank: (ask: Ask) => Ask;

beforeAll(async () => {
  own = ownTrail();
  city = await startTestCity({
    casesPerCourt: 6,
    // What is slow here is the machine.
    deadlines: { courtMs: 60_000, agencyMs: 60_000, requestMs: 120_000 },
    betweenAgency: (name, ask) => (name === 'bank' ? (...args) => bank(ask)(...args) : ask),
    trail: async (personKey, now) => {
      trail = await own.open({ personKey, now });
      return { ...trail, append: (records) => append(records) };
    },
  });
});
beforeEach(() => {
  append = (records) => trail.append(records);
  bank = (ask) => ask;
});
afterAll(async () => {
  await city[Symbol.asyncDispose]();
  await trail.stop();
  own[Symbol.dispose]();
});

async function ask(query: string, viewer: Viewer | null, extensions: object = {}): Promise<Answer> {
  const contextValue = city.hub.contextOf(new AbortController().signal, undefined, viewer);
  const { body } = await city.hub.apollo.executeOperation({ query, extensions: { ...extensions } }, { contextValue });
  if (body.kind !== 'single') throw new Error('The hub answers each question once.');
  return JSON.parse(JSON.stringify(body.singleResult)) as Answer;
}

const pageQuery = `{ cases(first: 20) { edges { node { number debtors { id person { id } writ { number }
  bank { accounts { balance } } vehicle { status reason vehicles { model } } realEstate { status } } } } } }`;

interface Debtor {
  readonly id: string;
  readonly person: { readonly id: string };
  readonly writ: { readonly number: string } | null;
  readonly vehicle: { readonly status: string; readonly reason: string | null };
}
interface Page {
  readonly cases: {
    readonly edges: readonly { readonly node: { readonly number: string; readonly debtors: readonly Debtor[] } }[];
  };
}

const debtorsOf = (data: unknown) =>
  (data as Page).cases.edges.flatMap(({ node }) =>
    node.debtors.map((debtor) => ({ ...debtor, caseNumber: node.number })),
  );

const newRecords = (before: number) =>
  own
    .lines()
    .slice(before)
    .filter(({ kind }) => kind === 'record');

it('has a record of each question to an agency when the answer goes out: who, about whom, on which writ, why and with what result', async () => {
  const before = own.lines().length;
  const { data, errors } = await ask(pageQuery, officer, { inquiry: { purpose: '查明履行能力' } });
  expect(errors).toBeUndefined();
  const debtors = debtorsOf(data);
  const records = newRecords(before);
  expect(records).toHaveLength(debtors.length * 3);
  for (const { caseNumber, person, writ, vehicle } of debtors) {
    expect(records).toContainEqual(
      expect.objectContaining({
        who: toldOfficer,
        purpose: '查明履行能力',
        agency: 'vehicle',
        fields: ['vehicle.status', 'vehicle.reason', 'vehicle.vehicles.model'],
        case: caseNumber,
        person: person.id,
        writ: writ?.number ?? null,
        status: vehicle.status,
        reason: vehicle.reason,
      }),
    );
  }
  // The client did not ask for it; the record has it all the same.
  const statuses = new Set(records.filter(({ agency }) => agency === 'bank').map(({ status }) => status));
  expect([...statuses].every((status) => ['FOUND', 'NONE', 'PENDING', 'REFUSED'].includes(String(status)))).toBe(true);
  expect(JSON.stringify(data)).not.toContain('_nonet_');
  expect((await own.verified()).fault).toBeNull();
});

it('holds no identity number and no amount', () => {
  const directory = join(own.directory, 'chain-1');
  const text = readdirSync(directory)
    .map((name) => readFileSync(join(directory, name), 'utf8'))
    .join('');
  const numbers = [...city.records.values()]
    .flat()
    .flatMap(({ parties }) => parties.flatMap(({ idNumber }) => idNumber ?? []));
  expect(numbers.length).toBeGreaterThan(50);
  expect(numbers.filter((number) => text.includes(number))).toEqual([]);
  expect(/(?<![\w.])\d+\.\d\d(?!\w)/.exec(text)).toBeNull();
});

it('writes nothing for a request that asks no agency', async () => {
  append = () => Promise.reject(new Error('Nobody is to write.'));
  const { data } = await ask('{ cases(first: 2) { edges { node { number } } } courts { code } }', officer);
  expect(data).toMatchObject({ cases: { edges: [{}, {}] } });
});

it('gives nothing of an answer whose questions cannot be recorded', async () => {
  append = () => Promise.reject(new Error('disk full'));
  expect(await ask(pageQuery, officer)).toEqual({
    errors: [
      {
        message:
          'What agencies were asked, or what was to be changed or searched, could not be recorded, so nothing of the answer is given; ask again later, a change with the same idempotencyKey: it is made once.',
        extensions: { code: 'NOT_RECORDED' },
      },
    ],
  });
});

it('records what came to nothing, with the reason', async () => {
  const before = own.lines().length;
  bank = () => () => Promise.reject(new AskError('DOWN', 'nobody there'));
  const { data } = await ask(pageQuery, null);
  const records = newRecords(before).filter(({ agency }) => agency === 'bank');
  expect(records).toHaveLength(debtorsOf(data).length);
  expect(new Set(records.map(({ status, reason, who }) => JSON.stringify([status, reason, who])))).toEqual(
    new Set(['["UNREACHABLE","DOWN",null]']),
  );
});

it.each([
  ['asked about 320311198001011234', /must hold no identity numbers/],
  ['余额 １２３４５.６７', /must hold no identity numbers/],
  ['x'.repeat(201), /1 to 200 characters/],
  [7, /has to be text/],
])('refuses the purpose %s before anybody is asked', async (purpose, text) => {
  const before = own.lines().length;
  const { data, errors } = await ask(pageQuery, officer, { inquiry: { purpose } });
  expect(data).toBeUndefined();
  expect(errors).toEqual([expect.objectContaining({ message: expect.stringMatching(text) as string })]);
  expect(errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
  expect(own.lines()).toHaveLength(before);
});

it('tells auditors who asked about somebody, and what an officer asked, in pages, refused attempts included', async () => {
  const [{ caseNumber, id, person } = { caseNumber: '', id: '', person: { id: '' } }] = debtorsOf(
    (await ask(pageQuery, officer)).data,
  );
  const node = 'at subject role court dutyCertificate agency caseNumber person writ fields status reason withheld';
  const shape = `{ edges { cursor node { ${node} } } pageInfo { hasNextPage endCursor } }`;
  const of = async (field: string, who = auditor) => {
    const { data, errors } = await ask(`{ trail: ${field} ${shape} }`, who);
    expect(errors).toBeUndefined();
    return (data as { trail: { edges: { node: Record<string, unknown> }[]; pageInfo: Record<string, unknown> } }).trail;
  };
  const all = own
    .lines()
    .filter(({ kind }) => kind === 'record')
    .sort((one, other) => String(other['at']).localeCompare(String(one['at'])));
  const about = all.filter((record) => record['person'] === person.id);
  const page = await of(`trailOfPerson(person: "${person.id}", first: 2)`);
  expect(page.edges.map(({ node }) => node['at'])).toEqual(about.slice(0, 2).map(({ at }) => at));
  const rest = await of(
    `trailOfPerson(person: "${person.id}", first: 200, after: "${String(page.pageInfo['endCursor'])}")`,
  );
  expect(rest.edges).toHaveLength(about.length - 2);
  expect(rest.pageInfo['hasNextPage']).toBe(false);
  const party = await of(`trailOfParty(caseNumber: "${caseNumber}", party: "${id}", first: 200)`);
  expect(party.edges.length).toBeGreaterThan(2);
  expect(new Set(party.edges.map(({ node }) => node['caseNumber']))).toEqual(new Set([caseNumber]));
  const officers = await of('trailOfOfficer(subject: "officer-17", first: 200)');
  expect(officers.edges[0]?.node).toMatchObject({ ...toldOfficer, withheld: false });
  const asked = all.filter(({ who }) => (who as { subject: string } | null)?.subject === 'officer-17');
  expect(officers.edges).toHaveLength(Math.min(200, asked.length));
  expect((await of('trailOfOfficer(subject: "nobody")')).edges).toEqual([]);
});

it.each([officer, null])('refuses the trail to who is no auditor', async (who) => {
  const { data, errors } = await ask('{ trailOfOfficer(subject: "officer-17") { edges { cursor } } }', who);
  expect(data).toEqual({ trailOfOfficer: null });
  expect(errors?.map(({ extensions }) => extensions?.['code'])).toEqual(['FORBIDDEN']);
});
