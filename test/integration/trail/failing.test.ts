import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Viewer } from '../../../common/viewer.ts';
import { openFile } from '../../../gateway/trail/segment-writer.ts';
import type { Trail } from '../../../gateway/trail/trail.ts';
import { ownTrail, type OwnTrail } from '../../support/own-trail.ts';
import { askHub, startTestCity, type TestCity } from '../../support/test-city.ts';

const judge: Viewer = {
  ...{ subject: 'judge-1', role: 'judge', court: '苏0312', taskForces: [], workId: 'G1', dutyCertificate: 'Z1' },
};
const page = '{ cases(first: 5, filter: { courts: ["苏0312"] }) { edges { node { debtors { bank { status } } } } } }';
const change = `mutation { revokeWrit(input: { caseNumber: "（2017）苏0312执1号", partyId: "1", number: "W", reason: "x" },
  idempotencyKey: "k") { writ { number } } }`;

let own: OwnTrail;
let city: TestCity;
let trail: Trail;
let isBroken = false;
let bankAsked = 0;
let changesAsked = 0;
beforeAll(async () => {
  own = ownTrail();
  city = await startTestCity({
    casesPerCourt: 6,
    betweenAgency: (name, ask) => (name === 'bank' ? (...args) => ((bankAsked += 1), ask(...args)) : ask),
    between:
      (_, ask) =>
      (question, ...rest) => {
        if (question.query.includes('mutation')) changesAsked += 1;
        return ask(question, ...rest);
      },
    trail: async (personKey, now) => {
      trail = await own.open({
        ...{ personKey, now },
        openFile: async (file) => {
          const handle = await openFile(file);
          const write = handle.datasync.bind(handle);
          handle.datasync = () => (isBroken ? Promise.reject(new Error('ENOSPC')) : write());
          return handle;
        },
      });
      return trail;
    },
  });
});
afterAll(async () => {
  await city[Symbol.asyncDispose]();
  await trail.stop();
  own[Symbol.dispose]();
});

const codesOf = async (query: string) => {
  const { data, errors } = await askHub(city.hub, query, {}, judge);
  return { data, codes: [...new Set(errors?.map(({ extensions }) => extensions?.['code']))] };
};

it('while nothing can be recorded no agency is asked and nothing is changed, and both go on when it can', async () => {
  expect((await codesOf(page)).codes).toEqual([]);
  isBroken = true;
  // That it cannot be written is found out by the first, after it has asked.
  expect(await codesOf(page)).toEqual({ data: undefined, codes: ['NOT_RECORDED'] });
  const [askedBefore, changedBefore] = [bankAsked, changesAsked];
  for (const query of [page, change, page]) {
    expect(await codesOf(query)).toEqual({ data: undefined, codes: ['NOT_RECORDED'] });
  }
  expect([bankAsked, changesAsked]).toEqual([askedBefore, changedBefore]);
  const cases = await codesOf('{ cases(first: 1) { totalCount } }');
  expect(cases.codes).toEqual([]);
  isBroken = false;
  // It is tried again every second.
  await own.clock.pass(1_000);
  await expect.poll(() => trail.isFailing()).toBe(false);
  expect((await codesOf(page)).codes).toEqual([]);
  expect((await codesOf(change)).codes).not.toContain('NOT_RECORDED');
  expect([bankAsked, changesAsked]).toEqual([askedBefore + 1, changedBefore + 1]);
  // What was tried meanwhile is there, and no answer of it went out.
  const tried = own.lines().filter(({ withheld }) => withheld === true);
  expect(tried.filter(({ change }) => change === 'revokeWrit')).toMatchObject([
    { status: 'NOT_ASKED', reason: 'NOT_RECORDED' },
  ]);
  const ofBank = tried.filter(({ agency }) => agency === 'bank').map(({ status }) => status);
  expect(ofBank.length).toBeGreaterThan(0);
  expect(ofBank.filter((status) => status === 'NOT_ASKED')).toHaveLength((2 * ofBank.length) / 3);
  expect((await own.verified()).fault).toBeNull();
});
