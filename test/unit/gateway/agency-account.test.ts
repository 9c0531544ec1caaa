import { expect, test } from 'vitest';

import { openAgencyAccount, type AgencyOutcome } from '../../../gateway/ledger/agency-account.ts';

const path = 'cases.edges[].node.debtors[].bank';
/** Entities by key, each with what became of it. */
const told = (...pairs: readonly (readonly [key: string | null, outcome: AgencyOutcome])[]) => ({
  keys: pairs.map(([key]) => key),
  outcomes: pairs.map(([, outcome]) => outcome),
});
const of = (status: string, reason: string | null = null): AgencyOutcome => ({ status, reason });

test('outcomes are counted by status and reason, in one order', () => {
  const account = openAgencyAccount();
  account.add(
    path,
    'bank',
    told(['1', of('REFUSED', 'NO_WRIT')], ['2', of('FOUND')], ['3', of('FOUND')], ['4', of('REFUSED')]),
  );
  expect(account.told()).toEqual([
    {
      path,
      complete: false,
      agency: 'bank',
      answers: [
        { status: 'FOUND', count: 2 },
        { status: 'REFUSED', count: 1 },
        { status: 'REFUSED', reason: 'NO_WRIT', count: 1 },
      ],
    },
  ]);
});

test('those whose key is not known count each by itself, and others once', () => {
  const account = openAgencyAccount();
  for (const key of [null, '1', null, '1']) account.add(path, 'bank', told([key, of('NOT_ASKED')]));
  account.add(path, 'bank', told(['1', of('FOUND')]));
  expect(account.told()[0]).toMatchObject({ complete: false, answers: [{ status: 'NOT_ASKED', count: 3 }] });
});

test.each([
  ['FOUND', true],
  ['NONE', true],
  ['PENDING', false],
  ['REFUSED', false],
  ['TIMEOUT', false],
  ['UNREACHABLE', false],
  ['DEGRADED', false],
  ['NOT_ASKED', false],
  // Of a measure: it was answered, whatever came of it.
  ['FAILED', true],
])('%s leaves nothing out: %s', (status, complete) => {
  const account = openAgencyAccount();
  account.add(path, 'bank', told(['1', of('FOUND')]));
  account.add(path, 'bank', told(['2', of(status)]));
  expect(account.told()[0]!.complete).toBe(complete);
});

test('fields are told in one order, whoever answers first', () => {
  const account = openAgencyAccount();
  account.add('b.vehicle', 'vehicle', told(['1', of('FOUND')]));
  account.add('a.bank', 'bank', told(['1', of('FOUND')]));
  expect(account.told().map((entry) => entry.path)).toEqual(['a.bank', 'b.vehicle']);
});

test('one entity that two fetches ask about is counted once, and what is missing in one is missing', () => {
  const account = openAgencyAccount();
  account.add(path, 'bank', told(['1', of('FOUND')]));
  account.add(path, 'bank', told(['1', of('UNREACHABLE', 'DOWN')]));
  account.add(path, 'bank', told(['1', of('FOUND')]));
  expect(account.told()[0]!.answers).toEqual([{ status: 'UNREACHABLE', reason: 'DOWN', count: 1 }]);
});

test('an agency’s own words go no further', () => {
  const account = openAgencyAccount();
  account.add(path, 'bank', told(['1', of('REFUSED', '身份证 320302199001010011 有误')]));
  account.add(path, 'bank', told(['2', of('张三', 'X')]));
  expect(account.told()[0]!.answers).toEqual([
    { status: 'DEGRADED', count: 1 },
    { status: 'REFUSED', count: 1 },
  ]);
});
