import { expect, it } from 'vitest';

import { setThingsAside } from '../../../../gateway/sources/changed-things.ts';

const thing = { _nonet_caseNumber: '（2017）苏0312执1号', _nonet_id: '3', _nonet_person: null };
const data = { a: { writ: null, _nonet_party: thing }, b: { writ: null, _nonet_party: thing } };
const shown = { a: { writ: null }, b: { writ: null } };
const failed = (path: string[], paths?: string[]) => ({
  message: 'left out',
  path,
  extensions: { code: 'UPSTREAM_ERROR', ...(paths && { paths }) },
});

it('takes what the hub asked for itself out of an answer, and all errors about it', () => {
  const errors = [failed(['a', '_nonet_party', '_nonet_person']), failed(['a', 'writ']), failed(['b'])];
  const { answer, things } = setThingsAside({ data, errors });
  expect(answer).toEqual({ data: shown, errors: errors.slice(1) });
  const told = { caseNumber: thing._nonet_caseNumber, party: '3', person: undefined };
  expect(things.get('a')).toMatchObject(told);
});

it('leaves of what a hub tells of several places those that the client asked for', () => {
  const hidden = ['a._nonet_party._nonet_person', 'b._nonet_party'];
  const errors = [failed(['a', '_nonet_party'], [...hidden, 'b.writ']), failed(['a', '_nonet_party'], hidden)];
  expect(setThingsAside({ data, errors }).answer.errors).toEqual([failed(['b', 'writ'], ['b.writ'])]);
});

it('leaves an answer without changes as it is', () => {
  for (const answer of [{ data: null, errors: [failed(['a'])] }, { data: { a: null, b: 5 } }]) {
    expect(setThingsAside(answer).answer).toBe(answer);
  }
});
