import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';

import { toPresentable } from '../../../../gateway/horizontal/caller-error.ts';

const schema = buildSchema(/* GraphQL */ `
  type Query {
    freeze("What to freeze." input: Input): Int
  }
  input Input {
    "The limit."
    amount: String
  }
`);
const field = schema.getQueryType()!.getFields()['freeze']!;
const told = (facts: Readonly<Record<string, unknown>>) =>
  toPresentable(
    [{ code: 'BAD_USER_INPUT', message: '王强 320311198001011234', facts: { argument: 'input.amount', ...facts } }],
    field,
  );

describe('what one member says of an argument', () => {
  it('is not quoted; the contract says what the argument is', () => {
    expect(told({})).toEqual({
      code: 'BAD_USER_INPUT',
      message: 'input.amount cannot be used. It is: The limit.',
      facts: { argument: 'input.amount', expected: 'The limit.' },
    });
  });

  it('goes on as the word of a rule, amounts and days', () => {
    expect(told({ problem: 'ABOVE_CLAIM', outstanding: '1.00', atMost: '0.50', latest: '2018-12-31' })).toEqual({
      code: 'BAD_USER_INPUT',
      message:
        'input.amount cannot be used (ABOVE_CLAIM, outstanding 1.00, atMost 0.50, latest 2018-12-31). It is: The limit.',
      facts: {
        ...{ argument: 'input.amount', problem: 'ABOVE_CLAIM', outstanding: '1.00', atMost: '0.50' },
        ...{ latest: '2018-12-31', expected: 'The limit.' },
      },
    });
  });

  it.each([
    ['problem', '王强'],
    ['problem', 'IN 320311198001011234'],
    ['problem', 'A'.repeat(41)],
    ['outstanding', '320311198001011234'],
    ['outstanding', 1],
    ['latest', '2018-12-31T00:00'],
    ['secret', 'ABOVE_CLAIM'],
  ])('does not go on as %s: %j', (name, value) => {
    expect(told({ [name]: value }).facts).toEqual({ argument: 'input.amount', expected: 'The limit.' });
  });
});
