import { parse } from 'graphql';
import { expect, it } from 'vitest';

import { sparedKeyless } from '../../../../gateway/execution/keyless.ts';
import type { Source } from '../../../../gateway/explain/foresight.ts';
import { toFetchOptions, type FetchOptions } from '../../../../gateway/sources/fetch.ts';

const document = parse('query ($representations: [_Any!]!) { _entities(representations: $representations) { x } }');
const optionsOf = (representations: readonly object[]): FetchOptions =>
  toFetchOptions({
    ...{ document, variables: { representations, other: 1 }, path: [] },
    context: {} as Parameters<typeof toFetchOptions>[0]['context'],
  });

/** Answers with what it was told, and complains of one. */
function echoing(wrong = -1) {
  const asked: unknown[] = [];
  const source: Source = {
    foresee: () => expect.fail('Nothing is foreseen here.'),
    process(options) {
      const { representations } = options.request.variables as { representations: object[] };
      asked.push(representations);
      const errors =
        wrong < 0 ? {} : { errors: [{ message: 'no', path: ['_entities', wrong, 'x'] }, { message: 'all' }] };
      return Promise.resolve({ data: { _entities: representations.map((own) => ({ own })) }, ...errors });
    },
  };
  return { asked, source: sparedKeyless(source) };
}

const [map, one, two] = [{ __typename: 'Map' }, { __typename: 'Map', id: '1' }, { __typename: 'Map', id: '2' }];

it('objects without a key are not asked about, and the others stand where they stood', async () => {
  const { asked, source } = echoing(1);
  const { data, errors } = await source.process(optionsOf([map, one, map, two]));
  expect(asked).toEqual([[one, two]]);
  expect(data).toEqual({ _entities: [null, { own: one }, null, { own: two }] });
  expect(errors).toEqual([{ message: 'no', path: ['_entities', 3, 'x'] }, { message: 'all' }]);
});

it('nobody is asked where all are without', async () => {
  const { asked, source } = echoing();
  expect(await source.process(optionsOf([map, map]))).toEqual({ data: { _entities: [null, null] } });
  expect(asked).toEqual([]);
});

it('lists without any go on as they are', async () => {
  const { asked, source } = echoing();
  const options = optionsOf([one, two]);
  await source.process(options);
  expect(asked[0]).toBe(options.request.variables!['representations']);
});
