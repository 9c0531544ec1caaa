import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { families } from '../../../audit/audit.ts';
import { allAudits } from '../../../audit/audits/all.ts';
import { startHub, type AuditedHub } from '../../../audit/hub.ts';
import { openRun, type AuditRun } from '../../../audit/run.ts';
import { startWorld, type World } from '../../../audit/world/world.ts';

let world: World;
let hub: AuditedHub;
let run: AuditRun;
beforeAll(async () => {
  world = await startWorld();
  hub = await startHub(world);
  run = await openRun(`${hub.url}/graphql`, world, { headers: hub.headers });
}, 120_000);
afterAll(async () => {
  await run.end();
  await hub.stop();
  await world.stop();
}, 30_000);

describe.each(families)('%s', (family) => {
  for (const audit of allAudits.filter((one) => one.family === family)) {
    it(`${audit.id} ${audit.name}`, async () => expect((await run.check(audit)).failure).toBeNull(), 60_000);
  }
});

describe('the list', () => {
  it('has ids that are unique, of three letters and a number, in their order', () => {
    const ids = allAudits.map(({ id }) => id);
    expect(ids.filter((id) => !/^[A-Z]{3}-\d\d$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThanOrEqual(60);
    for (const prefix of new Set(ids.map((id) => id.slice(0, 3)))) {
      const own = ids.filter((id) => id.startsWith(prefix));
      expect(own).toEqual([...own].sort());
    }
  });

  it('says of each what an endpoint must, or must not', () => {
    expect(allAudits.filter(({ name }) => !/^MUST (NOT )?[a-z]/.test(name))).toEqual([]);
  });
});
