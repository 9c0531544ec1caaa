import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { handInAt } from '../../../mocks/upstreams/hand-in.ts';
import { serveUpstreams } from '../../../mocks/upstreams/serve.ts';
import { createUpstreams } from '../../../mocks/upstreams/upstreams.ts';
import { createBank } from '../../../subgraphs/bank/program.ts';
import type { DatabaseHost } from '../../../subgraphs/kit/database/database.ts';
import { serveProgram } from '../../../subgraphs/kit/http.ts';
import { createAnswersDoor } from '../../../subgraphs/kit/inquiry/answers-door.ts';
import type { Bell } from '../../../subgraphs/kit/inquiry/bell.ts';
import { openWorkerPglite } from '../../support/worker-pglite.ts';
import { viewerHeaders } from '../../support/viewers.ts';
import { agencies, clockFrom, parties, party, today } from '../agencies/fixture.ts';
import { answerTo, secret, startAnswering } from './answering.ts';

let host: DatabaseHost;
beforeAll(async () => {
  host = await openWorkerPglite();
});
afterAll(() => host.stop());

const [bank, vehicle, property] = agencies;
const waitMs = 20_000;
const statesOf = ({ body }: { body: { JSQK?: readonly { JSZT: string }[] } }) => body.JSQK?.map(({ JSZT }) => JSZT);
const settled = /^(FOUND|NONE)$/;

const numberOf = ([inquiry]: readonly { requestNumber: string | null }[]) => inquiry!.requestNumber!;

/** Until the agency has the question. */
async function askedOf(line: { readonly asked: readonly string[] }): Promise<string> {
  await expect.poll(() => line.asked.length, { timeout: 10_000, interval: 5 }).toBeGreaterThan(0);
  return line.asked[0]!;
}

describe.each(agencies)('an answer that the $name hands in', (agency) => {
  it('wakes who waits for it, says what a polled one says, and is there on the next read', async () => {
    await using line = await startAnswering(agency, { database: await host.open(`handed_in_${agency.name}`) });
    const reading = line.ask(parties(3), waitMs);
    const answer = await answerTo(agency.name, await askedOf(line));
    const startedAt = performance.now();
    const count = agency.name === 'vehicle' ? 1 : 3;
    const receipt = await line.handIn(answer);
    expect([receipt.status, receipt.body.RESULT, statesOf(receipt)]).toEqual([200, '0000', Array(count).fill('TAKEN')]);
    if (agency.name === 'vehicle')
      for (const question of line.asked.slice(1))
        expect((await line.handIn(await answerTo('vehicle', question))).status).toBe(200);
    const read = await reading;
    expect(performance.now() - startedAt).toBeLessThan(waitMs / 4);
    for (const { status } of read) expect(status).toMatch(settled);
    // The oracle: the same agency, polled.
    await using polled = await startAnswering(agency, {}, { dayMs: 50 });
    const lists = (rows: readonly object[]) => rows.map((row) => (row as Record<string, unknown>)[agency.records]);
    expect(lists(read)).toEqual(lists(await polled.ask(parties(3), waitMs)));
    expect(await line.ask(parties(3), 0)).toEqual(read);
    // Nobody goes for it any more.
    const polls = line.polls();
    await sleep(300);
    expect(line.polls()).toBe(polls);
  });
});

describe('what is handed in', () => {
  it('changes nothing the second time, nor when it says something else by then', async () => {
    await using line = await startAnswering(bank);
    const reading = line.ask([party(1)], waitMs);
    const question = await askedOf(line);
    const answer = await answerTo('bank', question);
    const both = await Promise.all([line.handIn(answer), line.handIn(answer)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    const read = await reading;
    const other = await answerTo('bank', question, { seed: 'other' });
    expect(other).not.toEqual(answer);
    const again = await line.handIn(other);
    expect([again.status, statesOf(again)]).toEqual([200, ['SETTLED']]);
    expect(await line.ask([party(1)], 0)).toEqual(read);
  });

  it('is refused without the secret, before its body is read, and nothing of it is kept', async () => {
    await using line = await startAnswering(bank);
    await line.ask([party(1)], 0);
    const answer = await answerTo('bank', await askedOf(line));
    for (const wrong of [
      '',
      `Bearer ${secret}x`,
      `Bearer ${secret.slice(0, -1)}`,
      `Basic ${secret}`,
      secret,
      'Bearer ',
    ]) {
      const refused = await line.handIn(answer, wrong);
      expect([refused.status, refused.text]).toEqual([401, expect.stringContaining('UNAUTHENTICATED') as unknown]);
      expect(refused.text).not.toContain(secret.slice(0, 8));
    }
    expect((await line.send('{', { authorization: 'Bearer x' })).status).toBe(401);
    expect((await line.ask([party(1)], 0))[0]!.status).toBe('PENDING');
  });

  it('touches nobody but whom it names, and nothing under a number that nobody has', async () => {
    await using line = await startAnswering(property);
    const [one, other] = [party(1), party(2)];
    const numbers = (await line.ask([one, other], 0)).map(({ requestNumber }) => requestNumber!);
    await askedOf(line);
    const answer = await answerTo('property', await askedOf(line));
    const elements = answer['FK'] as { BDHM: string }[];
    const ofOther = elements.find(({ BDHM }) => BDHM === numbers[1])!;
    const stranger = await line.handIn({ ...answer, FK: [{ ...ofOther, BDHM: `IP${'0'.repeat(30)}` }, ofOther] });
    expect([stranger.status, stranger.body.RESULT, statesOf(stranger)]).toEqual([422, '9422', ['UNKNOWN', 'TAKEN']]);
    const [untouched, told] = await line.ask([one, other], 0);
    expect([untouched!.status, told!.status]).toEqual(['PENDING', expect.stringMatching(settled)]);
  });

  it('is unreadable when it tells of another debtor’s units, and the question stays open', async () => {
    // Somebody who owns something: an empty answer fits everybody.
    await using line = await startAnswering(property);
    const people = parties(60);
    const numbers = (await line.ask(people, 0)).map(({ requestNumber }) => requestNumber!);
    const answer = await answerTo('property', await askedOf(line));
    const elements = answer['FK'] as { BDHM: string; RESULT: string }[];
    const owner = elements.find(({ RESULT, BDHM }) => RESULT === '0000' && BDHM !== numbers[0])!;
    const refused = await line.handIn({ ...answer, FK: [{ ...owner, BDHM: numbers[0] }] });
    expect([refused.status, statesOf(refused)]).toEqual([422, ['UNREADABLE']]);
    expect((await line.ask([people[0]!], 0))[0]!.status).toBe('PENDING');
    expect((await line.handIn(answer)).status).toBe(200);
    expect((await line.ask([people[0]!], 0))[0]!.status).toMatch(settled);
  });

  it('shows the banks that have answered while others are to come', async () => {
    await using line = await startAnswering({ ...bank, list: 'accounts { number } coverage { answered asked }' });
    const requestNumber = numberOf(await line.ask([party(1)], 0));
    const answer = await answerTo('bank', await askedOf(line));
    const [element] = answer['FK'] as [{ YHQK: { YHMC: string }[]; ZHXX: { YHMC: string }[] }];
    const late = element.YHQK[0]!.YHMC;
    const part = {
      ...element,
      WCZT: '0',
      YFKYHS: 7,
      YHQK: element.YHQK.map((one) => (one.YHMC === late ? { ...one, FKZT: '0', TS: 0 } : one)),
      ZHXX: element.ZHXX.filter(({ YHMC }) => YHMC !== late),
    };
    expect(statesOf(await line.handIn({ ...answer, FK: [part] }))).toEqual(['PENDING']);
    expect(await line.ask([party(1)], 0)).toMatchObject([
      { status: 'PENDING', requestNumber, coverage: { answered: 7, asked: 8 } },
    ]);
  });

  it('may be a return', async () => {
    await using line = await startAnswering(vehicle);
    const requestNumber = numberOf(await line.ask([party(1)], 0));
    const HTXX = { BDHM: requestNumber, XCHTYY: '印章不清晰', LXR: '协查专员', LXDH: '0516-55550100' };
    const receipt = await line.handIn({ RESULT: '1001', MSG: '退回', BDHM: requestNumber, HTXX });
    expect([receipt.status, statesOf(receipt)]).toEqual([200, ['TAKEN']]);
    expect(await line.ask([party(1)], 0)).toMatchObject([{ status: 'REFUSED', requestNumber }]);
  });

  it.each<[string, string]>([
    ['nothing', ''],
    ['no JSON', '<html>系统维护中</html>'],
    ['half a JSON', '{"RESULT":"0000","FK":['],
    ['a null', 'null'],
    ['a list', '[]'],
    ['a text', '"0000"'],
    ['no answer', '{"hello":"world"}'],
    ['another agency’s', '{"RESULT":"0000","BDHM":"CL1","CLXX":[]}'],
    ['an answer about nobody', '{"RESULT":"0000","FK":[],"HTXX":[]}'],
    ['elements of no kind', '{"RESULT":"0000","FK":[1,null,"x",{}],"HTXX":[[],{"BDHM":7}]}'],
    ['something without a bottom', `{"RESULT":"0000","FK":${'['.repeat(200_000)}${']'.repeat(200_000)},"HTXX":[]}`],
  ])('may be %s: that is told, and nothing happens', async (_, body) => {
    await using line = await startAnswering(bank);
    const requestNumber = numberOf(await line.ask([party(1)], 0));
    const refused = await line.send(body);
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining('BAD_REQUEST') as unknown]);
    expect(refused.text).not.toMatch(/at .*\.ts|系统|world/);
    const odd = { RESULT: '0000', FK: [{ BDHM: requestNumber, WCZT: '1', ZHXX: [{ YE: 1 }] }], HTXX: [] };
    expect(statesOf(await line.handIn(odd))).toEqual(['UNREADABLE']);
    expect((await line.ask([party(1)], 0))[0]!.status).toBe('PENDING');
  });

  it('is refused when it is huge, said before or not, and by another method or type', async () => {
    await using line = await startAnswering(bank);
    const huge = Buffer.alloc(4 * 1024 * 1024 + 1, ' ');
    expect((await line.send(huge)).status).toBe(413);
    expect(await line.stream(huge)).toBe(413);
    expect((await line.send('{}', { 'content-type': 'text/plain' })).status).toBe(415);
  });

  it('is nowhere to be handed in without a secret', async () => {
    const upstreams = createUpstreams({ seed: 'closed' });
    const program = await createBank({
      upstream: { baseUrl: 'http://127.0.0.1:9', fetch: upstreams.fetch },
      now: () => today,
    });
    const served = await serveProgram(program, { host: '127.0.0.1', port: 0 });
    const response = await fetch(new URL('/answers', served.url), { method: 'POST', body: '{}' });
    expect(response.status).toBe(404);
    await served.stop();
    await program.stop();
  });
});

it('who waits at one program hears what was handed in at another, and that one goes for it no longer', async () => {
  const database = await host.open('handed_in_elsewhere');
  const listeners = new Set<(numbers: readonly string[]) => void>();
  const bell = (): Bell => ({
    ring: (numbers) => setImmediate(() => listeners.forEach((hear) => hear(numbers))),
    onRing: (hear) => void listeners.add(hear),
    stop: () => Promise.resolve(),
  });
  await using going = await startAnswering(bank, { database, shared: true, bell: bell() });
  await using other = await startAnswering(bank, { database, shared: true, bell: bell() });
  const reading = going.ask([party(1)], waitMs);
  const answer = await answerTo('bank', await askedOf(going));
  expect(statesOf(await other.handIn(answer))).toEqual(['TAKEN']);
  const [read] = await reading;
  expect(read!.status).toMatch(settled);
  expect(await other.ask([party(1)], 0)).toEqual([read]);
  const polls = going.polls();
  await sleep(300);
  expect(going.polls()).toBe(polls);
});

describe.each([bank, property])('the mocked $name', ({ name, field }) => {
  it('hands its answers in when it is told to call back, and polls find nothing', async () => {
    const now = clockFrom(today);
    const addresses: { [name: string]: { url: string; secret: string } } = {};
    const upstreams = createUpstreams({ seed: 'calling', now, dayMs: 500, handIn: handInAt(addresses) });
    const mocks = await serveUpstreams(upstreams, { port: 0 });
    const put = await fetch(`${mocks.url}/behaviour/${name}`, { method: 'PUT', body: '{"callBack":true}' });
    expect(put.status).toBe(200);
    const create = {
      bank: createBank,
      property: (await import('../../../subgraphs/property/program.ts')).createProperty,
    };
    const program = await create[name]({ upstream: { baseUrl: `${mocks.url}/${name}` }, now });
    const deliveries = new Map([['/answers', createAnswersDoor((answer) => program.handIn(answer), secret)]]);
    const served = await serveProgram(program, { host: '127.0.0.1', port: 0, deliveries });
    addresses[name] = { url: new URL('/answers', served.url).href, secret };
    try {
      const query = `query ($p: [_Any!]!) { _entities(representations: $p) { ... on Party { ${field} { status } } } }`;
      const question = { query, variables: { p: parties(5) }, extensions: { inquiry: { waitMs } } };
      const { data } = await program.ask(question, AbortSignal.timeout(30_000), viewerHeaders());
      const read = data!['_entities'] as Record<string, { status: string }>[];
      expect(read).toHaveLength(5);
      for (const entity of read) expect(entity[field]!.status).toMatch(settled);
    } finally {
      await served.stop();
      await program.stop();
      await mocks.stop();
    }
  });
});

it('mocks that know no door refuse to call back', async () => {
  const mocks = await serveUpstreams(createUpstreams({ seed: 'mute' }), { port: 0 });
  for (const name of ['bank', 'vehicle', 'property']) {
    const refused = await fetch(`${mocks.url}/behaviour/${name}`, { method: 'PUT', body: '{"callBack":true}' });
    expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('callBack: the ') as unknown]);
  }
  await mocks.stop();
});
