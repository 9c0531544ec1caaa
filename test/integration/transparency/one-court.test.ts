import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../../common/wire.ts';
import { toComparable } from '../../support/comparable.ts';
import { randomTimeoutMs } from '../../support/random-run.ts';
import { expectSameAnswers } from '../../support/same-answers.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';

describe('nine courts behind the hub', () => {
  let city: TestCity;

  beforeAll(async () => {
    city = await startTestCity({ casesPerCourt: 40, seed: 'transparency' });
  }, 120_000);
  afterAll(() => city[Symbol.asyncDispose]());

  const askHub = (query: string, variables: Record<string, unknown> = {}): Promise<Answer> =>
    city.ask(query, variables);
  const askOne = (query: string, variables: Record<string, unknown> = {}): Promise<Answer> =>
    city.oracle.ask({ query, variables }, new AbortController().signal);

  it('answer exactly like one court with all rows', () => expectSameAnswers(city, 500), randomTimeoutMs);

  it.each([
    ['a page of no rows', 'cases(first: 0) { totalCount }', 'BAD_USER_INPUT'],
    ['a page of fewer', 'cases(first: -7) { totalCount }', 'BAD_USER_INPUT'],
    ['a page of too many rows', 'cases(first: 101) { totalCount }', 'BAD_USER_INPUT'],
    ['a court that is none', 'cases(filter: { courts: ["苏0312", "苏0399"] }) { totalCount }', 'UNKNOWN_COURT'],
    ['part of a court code', 'caseStatistics(filter: { courts: ["苏031"] }) { count }', 'UNKNOWN_COURT'],
    [
      'a number of a foreign court',
      'cases(filter: { numbers: ["（2017）沪01执1号"] }) { totalCount }',
      'UNKNOWN_COURT',
    ],
    ['one character of a name', 'cases(filter: { partyName: "王" }) { totalCount }', 'BAD_USER_INPUT'],
    ['an identity number that is none', 'cases(filter: { partyIdNumber: "？" }) { totalCount }', 'BAD_USER_INPUT'],
    [
      'a wrong check character',
      'caseStatistics(filter: { partyIdNumber: "110105194912310021" }) { count }',
      'BAD_USER_INPUT',
    ],
    ['a person id that is none', 'cases(filter: { personId: "nobody" }) { totalCount }', 'BAD_USER_INPUT'],
    ['a person that is none', 'person(id: "u1.nobody") { name }', 'BAD_USER_INPUT'],
    ['a cursor that is none', 'cases(after: "now") { totalCount }', 'BAD_CURSOR'],
  ])('refuse %s like one court', async (_, field, code) => {
    const query = `{ asked: ${field} }`;
    const [hub, one] = [await askHub(query), await askOne(query)];
    expect(toComparable(one)).toEqual({ data: { asked: null }, codes: [code] });
    expect(toComparable(hub)).toEqual(toComparable(one));
    expect(hub.errors?.map(({ path }) => path)).toEqual(one.errors?.map(({ path }) => path));
  });

  it.each([
    ['a case number', 'case(number: "铜执1234") { stage }'],
    ['a case number in a filter', 'cases(filter: { numbers: ["铜执1234"] }) { totalCount }'],
    ['an amount', 'cases(filter: { amountOutstandingMin: "1e3" }) { totalCount }'],
    ['a date', 'caseStatistics(filter: { filedFrom: "2017-02-29" }) { count }'],
  ])('refuse %s that is none', async (_, field) => {
    const query = `{ asked: ${field} }`;
    const [hub, one] = [await askHub(query), await askOne(query)];
    // One court refuses the whole question; the hub may refuse the field and answer what else was asked.
    expect(toComparable(one)).toEqual({ data: null, codes: ['BAD_USER_INPUT'] });
    expect(toComparable(hub).codes).toEqual(['BAD_USER_INPUT']);
    expect(hub.data?.asked ?? null).toBeNull();
    const [said, expected] = [hub, one].map(({ errors }) => errors?.[0]?.extensions?.expected);
    expect(said).toBe(expected);
  });

  it('refuse a word that the schema does not have', async () => {
    const query = '{ asked: cases(orderBy: NAME_ASC) { totalCount } }';
    const refusal = { data: null, codes: ['GRAPHQL_VALIDATION_FAILED'] };
    expect(toComparable(await askOne(query))).toEqual(refusal);
    expect(toComparable(await askHub(query))).toEqual(refusal);
  });

  it('refuse a number of a foreign court, of which one court says only that it has no such case', async () => {
    const query = '{ asked: case(number: "（2017）沪01执1号") { stage } }';
    expect(toComparable(await askOne(query))).toEqual({ data: { asked: null }, codes: [] });
    expect(toComparable(await askHub(query))).toEqual({ data: { asked: null }, codes: ['UNKNOWN_COURT'] });
  });

  it.each([
    ['of another order', { orderBy: 'NUMBER_ASC' }, { orderBy: 'FILED_ON_DESC' }],
    ['of another filter', { filter: { role: 'DEBTOR' } }, { filter: { role: 'APPLICANT' } }],
    ['of no filter', {}, { filter: { role: 'DEBTOR' } }],
  ])('refuse a cursor %s', async (_, given, asked) => {
    const query = `query($after: String, $orderBy: CaseOrder, $filter: CaseFilter) {
      asked: cases(first: 3, after: $after, orderBy: $orderBy, filter: $filter) { pageInfo { endCursor } } }`;
    for (const ask of [askOne, askHub]) {
      const first = await ask(query, given);
      const after = (first.data?.asked as { pageInfo: { endCursor: string } }).pageInfo.endCursor;
      expect(after).toBeTypeOf('string');
      expect(toComparable(await ask(query, { ...asked, after }))).toEqual({
        data: { asked: null },
        codes: ['BAD_CURSOR'],
      });
      expect((await ask(query, { ...given, after })).errors).toBeUndefined();
    }
  });
});
