import { expect, test } from 'vitest';

import { reportInquiries } from '../../../../cli/ask/inquiries.ts';

const told = (...answers: object[]) =>
  reportInquiries({
    extensions: { coverage: [{ path: 'case.debtors[].bank', complete: false, agency: 'bank', answers }] },
  });

test.each([
  ['REQUIREMENT_ABSENT', 'NOT ASKED (a court did not give what the agency requires: REQUIREMENT_ABSENT)'],
  ['CONFLICT', 'NOT ASKED (two different accounts were given of one debtor: CONFLICT)'],
  ['UNSUPPORTED', 'NOT ASKED (its program cannot be asked this: UNSUPPORTED)'],
  ['ELSE', 'NOT ASKED (ELSE)'],
  [undefined, 'NOT ASKED'],
])('an agency is not asked because of a fault (%s), never because the question excludes it', (reason, words) => {
  const { lines, isComplete } = told({ status: 'FOUND', count: 2 }, { status: 'NOT_ASKED', reason, count: 1 });
  expect(lines).toEqual([`Inquiries to bank: 3: 2 records found, 1 ${words}.`]);
  expect(isComplete).toBe(false);
});
