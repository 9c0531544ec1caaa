import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { toBody } from '../../../../gateway/asking/question-body.ts';

const query = 'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }';
const representations = [
  { __typename: 'Case', number: '（2017）苏0312执1号', note: '"}],"variables":{"x":1' },
  { __typename: 'Case', number: '🀄', absent: undefined, nothing: null },
];

/** What arrives, beside what the platform would have written. */
function expectSame(question: Parameters<typeof toBody>[0]) {
  const { bytes, digest } = toBody(question);
  expect(JSON.parse(bytes.toString())).toEqual(JSON.parse(JSON.stringify(question)));
  expect(digest()).toBe(createHash('sha256').update(bytes).digest('base64url'));
  expect(digest()).toBe(createHash('sha256').update(bytes).digest('base64url'));
}

describe('The body of a question', () => {
  it.each([
    ['without variables', { query }],
    ['without entities', { query, variables: { first: 1 } }],
    ['about entities', { query, variables: { representations } }],
    ['about no entity', { query, variables: { representations: [] } }],
    [
      'about entities, with other variables',
      { query, variables: { first: 1, representations, a: undefined, 'b"': '"' } },
    ],
    ['about entities, with variables that are absent', { query, variables: { a: undefined, representations } }],
    ['with a name', { query, operationName: 'Own"', variables: { representations } }],
    ['with extensions', { query, variables: { representations }, extensions: { courts: ['苏0312'], hubs: [] } }],
    ['where that is no list', { query, variables: { representations: 'none' } }],
  ])('%s is its JSON', (_, question) => {
    expectSame(question);
  });

  it('is the same for whoever is told the same list afterwards', () => {
    expectSame({ query, variables: { representations } });
    expectSame({ query: '{ other }', variables: { first: 2, representations } });
    expectSame({ query, variables: { representations: representations.slice(1) } });
  });
});
