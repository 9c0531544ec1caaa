import { describe, expect, it } from 'vitest';
import { agencies, party, start, writ } from './fixture.ts';

const cases: readonly (readonly [reason: string, changes: object])[] = [
  ['NO_WRIT', { writ: null }],
  ['WRIT_EXPIRED', { writ: { ...writ, validUntil: '2018-01-03' } }],
  ['WRIT_NOT_YET_SIGNED', { writ: { ...writ, signedOn: '2018-01-05', validUntil: '2018-02-05' } }],
  ['WRIT_FOR_OTHER_AGENCY', { writ: { ...writ, agencies: ['SECURITIES'] } }],
  ['WRIT_FOR_OTHER_AGENCY', { writ: { ...writ, agencies: [] } }],
  ['WRIT_INCOMPLETE', { writ: { ...writ, signedBy: null } }],
  ['WRIT_INCOMPLETE', { writ: { ...writ, validUntil: null } }],
  ['WRIT_INCOMPLETE', { writ: { ...writ, validUntil: '王强' } }],
  ['WRIT_INCOMPLETE', { writ: { ...writ, validUntil: '2018-02-30' } }],
  ['WRIT_INCOMPLETE', { writ: { ...writ, signedOn: '去年' } }],
  ['NO_IDENTITY_NUMBER', { subject: { name: '王强', idType: null, idNumber: null } }],
  ['NO_IDENTITY_NUMBER', { subject: null }],
  ['INVALID_IDENTITY_NUMBER', { subject: { name: '王强', idType: 'RESIDENT_ID', idNumber: '320312195013450000' } }],
];

describe.each(agencies)('$name without a legal basis', (agency) => {
  it('refuses and contacts nobody', async () => {
    await using line = await start(agency);
    const inquiries = await line.ask(cases.map(([, changes], n) => party(n, changes)));
    expect(inquiries.map(({ reason }) => reason)).toEqual(cases.map(([reason]) => reason));
    for (const inquiry of inquiries) {
      expect(inquiry).toMatchObject({ status: 'REFUSED', requestNumber: null, answeredAt: null, expectedBy: null });
      expect(inquiry[agency.records]).toBeNull();
    }
    expect(line.upstreams.calls()).toEqual({
      bank: { submit: 0, poll: 0, control: 0, controlPoll: 0 },
      vehicle: { query: 0, control: 0 },
      property: { submit: 0, poll: 0, control: 0, controlPoll: 0 },
    });
  });

  it('refuses a writ that was used for somebody else', async () => {
    await using line = await start(agency);
    const [first] = await line.ask([party(1)]);
    const [second] = await line.ask([party(1, { subject: party(2).subject })]);
    expect(['FOUND', 'NONE']).toContain(first!.status);
    expect(second).toMatchObject({ status: 'REFUSED', reason: 'WRIT_FOR_OTHER_PARTY' });
  });

  it('asks on a writ until the end of its last day', async () => {
    await using line = await start(agency);
    const [inquiry] = await line.ask([party(0)]);
    expect(['FOUND', 'NONE']).toContain(inquiry!.status);
  });

  it('fails one entity whose writ or identity is absent, and says no "no writ"', async () => {
    await using line = await start(agency);
    const answer = await line.raw([
      party(0),
      without(party(1), 'subject'),
      without(party(2), 'writ'),
      party(3, { writ: without(writ, 'agencies') }),
    ]);
    const entities = answer.data!['_entities'] as (Record<string, { status: string } | null> | null)[];
    expect(['FOUND', 'NONE']).toContain(entities[0]![agency.field]!.status);
    expect(entities.slice(1).map((entity) => entity?.[agency.field] ?? null)).toEqual([null, null, null]);
    const errors = answer.errors!.map(({ path, extensions }) => [
      path?.[1],
      extensions?.['code'],
      extensions?.['fields'],
    ]);
    expect(errors.sort()).toEqual([
      [1, 'REQUIREMENT_ABSENT', ['subject']],
      [2, 'REQUIREMENT_ABSENT', ['writ']],
      [3, 'REQUIREMENT_ABSENT', ['writ.agencies']],
    ]);
    expect(JSON.stringify(answer.errors)).not.toContain(party(2).subject.idNumber);
  });
});

function without(whole: object, absent: string): object {
  return Object.fromEntries(Object.entries(whole).filter(([name]) => name !== absent));
}
