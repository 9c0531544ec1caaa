import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatMoney } from '../../../common/money.ts';
import { localPersonId, personIdVector } from '../../../common/person-id.ts';
import { provinces } from '../../../common/provinces.ts';
import { caseStages } from '../../../common/vocabulary.ts';
import { fields, noCriteria, registry, startCommand } from './command.ts';
import { describeOnBoth } from './engines.ts';

const courtCodes = registry.courts.map(({ code }) => code);

/** Han from both planes, quotes and wildcards of SQL, marks that combine: nothing that could be a number or a blank. */
const name = fc.string({
  unit: fc.constantFrom(...Array.from('徐工集团𠮷公司"\'\\%_{},;$é́😀')),
  minLength: 2,
  maxLength: 60,
});
const amounts = fc
  .array(fc.bigInt({ min: 0n, max: 10n ** 17n }), { minLength: 2, maxLength: 2 })
  .map(([a, b]) => (a! < b! ? [a!, b!] : [b!, a!]).map(formatMoney));
const personIds = [...personIdVector.persons.map(({ id }) => id), localPersonId('2017 苏0312 执 00001234', 3)];

/** Lawful criteria in their one spelling, each condition there or not. */
const criteria = fc
  .record({
    creditorPersonId: fc.option(fc.constantFrom(...personIds)),
    creditorName: fc.option(name.filter((text) => Array.from(text).length >= 2)),
    bounds: fc.option(amounts),
    open: fc.constantFrom('min', 'max', 'none'),
    stages: fc.option(fc.subarray([...caseStages], { minLength: 1 })),
    courts: fc.option(fc.subarray(courtCodes, { minLength: 1 })),
    provinces: fc.option(fc.subarray([...provinces], { minLength: 1 })),
  })
  .map(({ bounds, open, ...rest }) => ({
    ...rest,
    amountOutstandingMin: bounds === null || open === 'min' ? null : bounds[0]!,
    amountOutstandingMax: bounds === null || open === 'max' ? null : bounds[1]!,
  }))
  .filter((conditions) => Object.values(conditions).some((condition) => condition !== null));

/** Other spellings of the same: nulls left out, lists turned round and doubled. */
function respelled(conditions: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const present = Object.entries(conditions).filter(([, condition]) => condition !== null);
  return Object.fromEntries(
    present.map(([field, condition]) => {
      return [field, Array.isArray(condition) ? [...condition, ...condition].reverse() : condition];
    }),
  );
}

describeOnBoth('any lawful criteria', (open) => {
  test('come back equal from every side, in whatever spelling they were given', async () => {
    const { create, update, data } = await startCommand(await open());
    const { id } = await create({ name: '专项', criteria: { stages: ['FILED'] } });
    await fc.assert(
      fc.asyncProperty(criteria, fc.boolean(), async (conditions, asCreated) => {
        const input = { name: '专项', criteria: respelled(conditions) };
        const answered = await (asCreated ? create(input) : update(id, input));
        expect(answered.criteria).toEqual({ ...noCriteria, ...conditions });
        expect(answered.courts.map(({ code }) => code)).toEqual(conditions.courts ?? courtCodes);
        const { taskForce } = await data(`query($id: ID!) { taskForce(id: $id) { ${fields} } }`, { id: answered.id });
        expect(taskForce).toEqual(answered);
      }),
      { numRuns: 40 },
    );
  });

  test('are asked for again under their key and answered the same', async () => {
    const { create } = await startCommand(await open());
    let keys = 0;
    await fc.assert(
      fc.asyncProperty(criteria, async (conditions) => {
        const key = `k${++keys}`;
        const answered = await create({ name: '专项', criteria: conditions }, key);
        expect(await create({ name: '专项', criteria: conditions }, key)).toEqual(answered);
      }),
      { numRuns: 15 },
    );
  });
});
