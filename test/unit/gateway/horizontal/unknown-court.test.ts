import { expect, test } from 'vitest';
import { readCourtRegistry } from '../../../../common/court-registry.ts';
import { toMembers } from '../../../../gateway/court-members.ts';
import { targetsOf } from '../../../../gateway/horizontal/targets.ts';

const members = toMembers(readCourtRegistry());
const known = members.codes;
const gather = { courts: ['filter', 'courts'], keys: null, maxPage: null };

const ask = (code: string) => () => targetsOf(gather, { filter: { courts: ['苏03', code] } }, members);

test.each(['３２０３１２１９８００１０１１２３２', '320312 1980 0101 1232', '320312-19800101-1232', '苏031'])(
  'the court %j, which is no court code, is not repeated',
  (code) => {
    expect(ask(code)).toThrow(
      expect.objectContaining({
        code: 'UNKNOWN_COURT',
        message: `There is no such court. Known: ${known.join(', ')}.`,
        facts: { known },
      }) as Error,
    );
  },
);

test('a court code of another city is repeated, so that a slip is seen', () => {
  expect(ask('苏9999')).toThrow(`There is no court "苏9999". Known: ${known.join(', ')}.`);
});
