import { cpSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { expect, it } from 'vitest';

import { runNonet } from '../../../cli/run.ts';
import type { Viewer } from '../../../common/viewer.ts';
import { readPublicKey } from '../../../gateway/trail/keys.ts';
import { verifyTrail } from '../../../gateway/trail/verify.ts';
import { ownTrail } from '../../support/own-trail.ts';
import { askHub, startTestCity } from '../../support/test-city.ts';

/** Written before changes were recorded: two questions to a bank and an order. Its key is nowhere any more. */
const oldTrail = fileURLToPath(new URL('../../fixtures/old-trail', import.meta.url));
const caseNumber = '（2017）苏0312执1号';
const person = 'p1.lTyXHnLFdzV7sqo-O9MSS2W3WjWE8TES2hD_wRUknFM';
const nobody = { taskForces: [], workId: null };
const officer: Viewer = {
  ...{ ...nobody, subject: 'officer-17', role: 'command-centre', court: '苏03', dutyCertificate: '苏03-执7' },
};
const auditor: Viewer = { ...nobody, subject: 'auditor-1', role: 'auditor', court: null, dutyCertificate: null };

it('a trail that was written before there were changes in it verifies as it did', async () => {
  const keys = [readPublicKey(`${oldTrail}/signing.pub`)];
  expect(await verifyTrail(oldTrail, { keys })).toMatchObject([{ records: 3, lines: 6, unsigned: 0, fault: null }]);
  const told: string[] = [];
  const tell = (text: string) => void told.push(text);
  expect(await runNonet(['audit', 'verify', oldTrail], { out: tell, err: tell })).toBe(0);
});

it('its records are read as they were, beside changes that were recorded since', async () => {
  using own = ownTrail();
  cpSync(`${oldTrail}/chain-1`, `${own.directory}/chain-1`, { recursive: true });
  const partySecret = Buffer.from(readFileSync(`${oldTrail}/party.key`, 'utf8').trim(), 'base64url');
  const keys = { ...own.keys, partySecret };
  await using city = await startTestCity({
    casesPerCourt: 1,
    trail: (personKey, now) => own.open({ chain: '2', keys, personKey, now }),
  });
  const revoke = `mutation { revokeWrit(idempotencyKey: "k",
    input: { caseNumber: "${caseNumber}", partyId: "1", number: "W", reason: "x" }) { party { id } } }`;
  expect((await askHub(city.hub, revoke, {}, officer)).errors).toHaveLength(1);

  const node = 'agency change holder person writ fields status reason order action taskForce withheld';
  const page = async (field: string) => {
    const { data, errors } = await askHub(city.hub, `{ trail: ${field} { edges { node { ${node} } } } }`, {}, auditor);
    expect(errors).toBeUndefined();
    return (data as { trail: { edges: { node: unknown }[] } }).trail.edges.map((edge) => edge.node);
  };
  const unchanged = { agency: 'bank', change: null, holder: null, taskForce: null, withheld: false };
  const asked = { fields: ['bank.status', 'bank.accounts.balance'], order: null, action: null };
  const change = expect.objectContaining({ agency: null, change: 'revokeWrit', status: 'REFUSED' }) as unknown;
  const found = { ...unchanged, ...asked, person, writ: '（2017）苏0312执1号协查', status: 'FOUND', reason: null };
  const ordered = {
    ...{ ...unchanged, person, writ: '（2018）苏0312执1号之一', fields: ['bank.controlledAmount'], status: 'SUCCESS' },
    ...{ reason: null, order: '0b5f8a4e-6f0e-4f61-9a55-3f7f5d1f7c11', action: 'FREEZE' },
  };
  expect(await page('trailOfOfficer(subject: "officer-17")')).toEqual([
    change,
    ordered,
    expect.objectContaining({ ...unchanged, ...asked, status: 'REFUSED', reason: 'NO_IDENTITY' }),
    found,
  ]);
  expect(await page(`trailOfParty(caseNumber: "${caseNumber}", party: "1")`)).toEqual([change, ordered, found]);
  expect(await page(`trailOfPerson(person: "${person}")`)).toEqual([ordered, found]);
});
