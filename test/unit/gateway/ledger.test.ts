import { describe, expect, test } from 'vitest';
import { toCoverage, type CoverageStatus } from '../../../gateway/horizontal/coverage.ts';
import { openLedger, type LedgerEntry } from '../../../gateway/ledger/ledger.ts';

const down = (court: string, ...path: (string | number)[]): LedgerEntry => ({
  code: 'UPSTREAM_UNREACHABLE',
  message: `Court ${court} could not be asked.`,
  path,
  source: { court },
  facts: { reason: 'DOWN' },
});

describe('errors', () => {
  test('are none in an empty account', () => {
    const ledger = openLedger();
    expect(ledger.errors()).toEqual([]);
    expect(ledger.coverage()).toEqual([]);
  });

  test('are told once for one court and cause, with every path and how often', () => {
    const ledger = openLedger();
    ledger.report(down('苏0312', 'cases'));
    ledger.report(down('苏0312', 'cases', 'edges', '@', 'node', 'debtors', '@', 'person', 'cases'));
    ledger.report(down('苏0312', 'cases', 'edges', '@', 'node', 'debtors', '@', 'person', 'cases'));
    expect(ledger.errors().map((error) => error.toJSON())).toEqual([
      {
        message: 'Court 苏0312 could not be asked.',
        path: ['cases'],
        extensions: {
          code: 'UPSTREAM_UNREACHABLE',
          court: '苏0312',
          reason: 'DOWN',
          count: 3,
          paths: ['cases', 'cases.edges[].node.debtors[].person.cases'],
        },
      },
    ]);
  });

  test.each<[string, LedgerEntry]>([
    ['court', down('苏0381', 'cases')],
    ['code', { ...down('苏0312', 'cases'), code: 'UPSTREAM_TIMEOUT' }],
    ['reason', { ...down('苏0312', 'cases'), facts: { reason: 'GARBLED' } }],
    ['kind of source', { ...down('苏0312', 'cases'), source: { agency: '苏0312' } }],
  ])('of another %s are told apart', (_, other) => {
    const ledger = openLedger();
    ledger.report(down('苏0312', 'cases'));
    ledger.report(other);
    expect(ledger.errors()).toHaveLength(2);
  });

  test('without source and reason are told apart by what they say', () => {
    const ledger = openLedger();
    for (const message of ['first is 0.', 'first is 101.', 'first is 0.']) {
      ledger.report({ code: 'BAD_USER_INPUT', message, path: ['cases'] });
    }
    expect(ledger.errors().map(({ message }) => message)).toEqual(['first is 0.', 'first is 101.']);
  });

  test('are given in the order in which they were reported', () => {
    const ledger = openLedger();
    for (const court of ['苏0391', '苏03', '苏0312', '苏03']) ledger.report(down(court, 'cases'));
    expect(ledger.errors().map(({ extensions }) => extensions['court'])).toEqual(['苏0391', '苏03', '苏0312']);
  });

  test('name the list, never an item whose index means nothing after a merge', () => {
    const ledger = openLedger();
    ledger.report(down('苏0312', 'cases', 'edges', '@', 'node', 'debtors'));
    expect(ledger.errors()[0]!.path).toEqual(['cases', 'edges']);
  });

  test('keep the path of one field as it is, aliases included', () => {
    const ledger = openLedger();
    ledger.report(down('苏0312', 'mine', 'totalCount'));
    expect(ledger.errors()[0]!.path).toEqual(['mine', 'totalCount']);
  });

  test('hold no stack and nothing that was not reported', () => {
    const ledger = openLedger();
    ledger.report(down('苏0312', 'cases'));
    const text = JSON.stringify(ledger.errors());
    expect(text).not.toMatch(/ at |stack|\.ts/);
  });
});

describe('coverage', () => {
  const stated = (...entries: readonly [member: string, status: CoverageStatus, reason?: string][]) =>
    entries.map(([member, status, reason]) => toCoverage(member, status, reason ?? null));

  test('is stated for each field by its path, with reasons where there are any', () => {
    const ledger = openLedger();
    ledger.cover(['cases'], stated(['苏03', 'FOUND'], ['苏0303', 'TIMEOUT', 'DEADLINE'], ['苏0312', 'NOT_ASKED']));
    ledger.cover(['other'], stated(['苏03', 'NONE']));
    expect(ledger.coverage()).toEqual([
      {
        path: 'cases',
        complete: false,
        courts: [
          { code: '苏03', status: 'FOUND' },
          { code: '苏0303', status: 'TIMEOUT', reason: 'DEADLINE' },
          { code: '苏0312', status: 'NOT_ASKED' },
        ],
      },
      { path: 'other', complete: true, courts: [{ code: '苏03', status: 'NONE' }] },
    ]);
  });

  test('of one path that stands for many fields is found where one found', () => {
    for (const order of [
      ['NOT_ASKED', 'NONE', 'FOUND'],
      ['FOUND', 'NONE', 'NOT_ASKED'],
      ['NONE', 'FOUND', 'NONE'],
    ] as const) {
      expect(unitedStatus(order)).toEqual({ status: 'FOUND', complete: true });
    }
    expect(unitedStatus(['NOT_ASKED', 'NONE'])).toEqual({ status: 'NONE', complete: true });
  });

  test.each(['TIMEOUT', 'UNREACHABLE', 'REFUSED', 'DEGRADED', 'PENDING'] as const)(
    'of one path that stands for many fields is a gap where one is (%s)',
    (gap) => {
      expect(unitedStatus(['FOUND', gap, 'FOUND'])).toEqual({ status: gap, complete: false });
      expect(unitedStatus([gap, 'FOUND', 'NONE'])).toEqual({ status: gap, complete: false });
    },
  );

  test('of many fields keeps every court that any of them names', () => {
    const ledger = openLedger();
    ledger.cover(['a', '@', 'b'], stated(['苏03', 'FOUND']));
    ledger.cover(['a', '@', 'b'], stated(['苏0303', 'FOUND']));
    expect(ledger.coverage()).toMatchObject([{ path: 'a[].b', courts: [{ code: '苏03' }, { code: '苏0303' }] }]);
  });

  function unitedStatus(statuses: readonly CoverageStatus[]): { status: string; complete: boolean } {
    const ledger = openLedger();
    for (const status of statuses) ledger.cover(['a', '@', 'b'], stated(['苏03', status]));
    const [only] = ledger.coverage() as { complete: boolean; courts: { status: string }[] }[];
    return { status: only!.courts[0]!.status, complete: only!.complete };
  }
});
