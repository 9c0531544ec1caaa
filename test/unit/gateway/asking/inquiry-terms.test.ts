import { describe, expect, it, test } from 'vitest';

import { agencyDeadlineMs, readInquiryTerms, withInquiryTerms } from '../../../../gateway/asking/inquiry-terms.ts';
import { HubError } from '../../../../gateway/errors.ts';

const read = (inquiry: unknown, requestMs = 15_000) => readInquiryTerms({ inquiry }, requestMs);

function refusal(inquiry: unknown): HubError {
  try {
    read(inquiry);
  } catch (error) {
    if (error instanceof HubError) return error;
  }
  throw new Error(`${JSON.stringify(inquiry)} was not refused`);
}

describe('extensions.inquiry', () => {
  it('is nothing where nothing is said', () => {
    expect(readInquiryTerms(undefined)).toBeUndefined();
    expect(readInquiryTerms({ explain: 'PLAN' })).toBeUndefined();
    expect(read(null)).toBeUndefined();
    expect(read({})).toEqual({});
  });

  test.each([
    [0, 0],
    [90, 90_000],
    ['PT0S', 0],
    ['PT1.5S', 1_500],
    ['PT90S', 90_000],
    ['PT2H3M', 7_380_000],
    ['P1DT1S', 86_401_000],
    ['P7D', 604_800_000],
    ['P2W', 1_209_600_000],
    ['P366D', 31_622_400_000],
  ])('reads %s as a length of time', (maxAge, maxAgeMs) => {
    expect(read({ maxAge })).toEqual({ maxAgeMs });
  });

  test.each([
    '',
    'P',
    'PT',
    'P1',
    '1H',
    'PT1',
    'P1M',
    'P1Y',
    'P1DT',
    'P1W1D',
    '-PT1S',
    'PT-1S',
    '60',
    -1,
    1.5,
    NaN,
    true,
    {},
    [],
  ])('refuses %j, and says what would be right', (maxAge) => {
    const { code, message, facts } = refusal({ maxAge });
    expect(code).toBe('BAD_USER_INPUT');
    expect(message).toContain('extensions.inquiry.maxAge has to be an ISO 8601 duration');
    expect(facts).toEqual({ argument: 'extensions.inquiry.maxAge' });
  });

  it('lets nobody be waited for longer than the request lasts, nor an answer be older than a year', () => {
    expect(read({ wait: 'PT15S' })).toEqual({ waitMs: 15_000 });
    expect(refusal({ wait: 16 }).message).toBe('extensions.inquiry.wait has to be at most 15 seconds.');
    expect(refusal({ maxAge: 'P367D' }).message).toBe('extensions.inquiry.maxAge has to be at most 31622400 seconds.');
  });

  it('takes a purpose of one line without numbers that may be somebody’s', () => {
    expect(read({ purpose: ' （2017）苏0312执1号，财产查控 ' })).toEqual({ purpose: '（2017）苏0312执1号，财产查控' });
    for (const purpose of ['', ' ', 7, 'a\nb', '字'.repeat(201)])
      expect(refusal({ purpose }).code).toBe('BAD_USER_INPUT');
    const { message } = refusal({ purpose: '查 320312198001150012' });
    expect(message).toContain('must hold no identity numbers');
    expect(message).not.toContain('3203');
  });

  test.each(['PT1S', 7, [], { maxage: 1 }, { wait: 1, more: 2 }])('refuses %j as a whole', (inquiry) => {
    expect(refusal(inquiry).facts).toEqual({ argument: 'extensions.inquiry' });
  });
});

it('travels beside a question, and an agency that is to wait has so much longer', () => {
  const question = { query: '{ a }', extensions: { other: 1 } };
  expect(withInquiryTerms(question, {})).toBe(question);
  const inquiry = { waitMs: 4_000 };
  expect(withInquiryTerms(question, { inquiry }).extensions).toEqual({ other: 1, inquiry });
  expect(agencyDeadlineMs(5_000, {})).toBe(5_000);
  expect(agencyDeadlineMs(5_000, { inquiry })).toBe(9_000);
});
