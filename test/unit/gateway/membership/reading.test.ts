import { describe, expect, test } from 'vitest';

import type { Answer, Ask } from '../../../../common/wire.ts';
import { readProgram } from '../../../../gateway/membership/reading.ts';

const service = { sdl: 'type Query { who: String }' };

/** A program that answers the full question so; alone, its SDL is told, or the other answer. */
function read(full: Answer, plain: Answer = { data: { _service: service } }) {
  const ask: Ask = ({ query }) => Promise.resolve(query.includes('_member') ? full : plain);
  return readProgram(ask, new AbortController().signal);
}

describe('a program that does not know _member is read without it, in whatever way it says so', () => {
  test.each<readonly [string, Answer]>([
    ['Apollo', { errors: [{ message: 'no', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] }],
    ['graphql-java', { errors: [{ message: 'no', extensions: { classification: 'ValidationError' } }] }],
    [
      'graphql-java of old',
      { data: null, errors: [{ message: 'no', extensions: { classification: 'ValidationError' } }] },
    ],
    ['a message alone', { errors: [{ message: 'Bad request' }] }],
    ['a code of its own', { errors: [{ message: "There is no field '_member'.", extensions: { code: 'HC0011' } }] }],
    ['a path, without data', { errors: [{ message: 'no', path: ['_member'] }] }],
  ])('%s', async (_, full) => {
    expect(await read(full)).toEqual({ sdl: service.sdl, claims: null });
  });
});

describe('there is no telling now', () => {
  test.each<readonly [string, Answer]>([
    [
      '_member breaks beside the SDL',
      { data: { _service: service, _member: null }, errors: [{ message: 'no', path: ['_member'] }] },
    ],
    ['_member breaks and takes all with it', { data: null, errors: [{ message: 'no', path: ['_member', 'court'] }] }],
    ['the program is broken', { errors: [{ message: 'no', extensions: { code: 'INTERNAL_SERVER_ERROR' } }] }],
    ['nothing is told', { data: {} }],
  ])('when %s', async (_, full) => {
    expect(await read(full)).toBe(null);
  });

  test('when the SDL alone is answered with an error that does not say what is wrong', async () => {
    const errors = [{ message: 'no' }];
    expect(await read({ errors }, { errors })).toBe(null);
  });
});

test('a program that does not say what time it is, is read without', async () => {
  const claims = { court: 'x', contractVersion: '1.0', personKeyMark: null };
  const ask: Ask = ({ query }) =>
    Promise.resolve(
      query.includes('now')
        ? { errors: [{ message: 'no', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] }
        : { data: { _service: service, _member: claims } },
    );
  expect(await readProgram(ask, new AbortController().signal)).toEqual({ sdl: service.sdl, claims });
});

test('what does not know _service either is no subgraph', async () => {
  const errors = [{ message: 'no', extensions: { classification: 'ValidationError' } }];
  expect(await read({ errors }, { errors })).toEqual({ sdl: null, claims: null });
});
