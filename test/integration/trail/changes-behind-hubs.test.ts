import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';

import { AskError } from '../../../gateway/asking/reply.ts';
import { codeOf, idNumber, issue, newKey, startChangingCity, writInput, type ChangingCity } from './changing-city.ts';

let city: ChangingCity;
beforeAll(async () => {
  city = await startChangingCity({ behind: { lower: ['苏0312', '苏0303'] } });
  // A hub takes part when its contract has been read.
  const hasJoined = async () => {
    const { errors } = await city.ask('{ cases(first: 1) { totalCount } }');
    expect(errors).toBeUndefined();
  };
  await vi.waitFor(hasJoined, { timeout: 50_000, interval: 100 });
});
beforeEach(() => city.recover());
afterAll(() => city[Symbol.asyncDispose]());

it('a change at a court behind another hub is recorded above, where it is known for whom it is asked, and of the court', async () => {
  const { caseNumber } = await city.caseAgainst(idNumber);
  const { answer, records } = await city.change(issue, { input: writInput(caseNumber), key: newKey() });
  expect(codeOf(answer)).toBe('UPSTREAM_REFUSED');
  expect(records).toMatchObject([
    { change: 'issueWrit', holder: '苏0312', case: caseNumber, status: 'REFUSED', reason: 'FORBIDDEN' },
  ]);
  expect(records[0]!['who']).toMatchObject({ role: 'judge', court: '苏0312' });
});

it.each([
  [true, 'UNKNOWN', 'UNKNOWN'],
  [false, 'UPSTREAM_UNREACHABLE', 'UNREACHABLE'],
])('and what became of it as that hub tells it, when its court is down (asked: %s)', async (wasSent, code, status) => {
  const { caseNumber } = await city.caseAgainst(idNumber);
  city.court = () => () => Promise.reject(new AskError('DOWN', 'the connection was reset', { wasSent }));
  const { answer, records } = await city.change(issue, { input: writInput(caseNumber), key: newKey() });
  expect(codeOf(answer)).toBe(code);
  expect(records).toMatchObject([{ change: 'issueWrit', holder: '苏0312', status, reason: 'DOWN' }]);
});
