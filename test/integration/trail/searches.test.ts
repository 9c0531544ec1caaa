import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { tongshan, yunlong } from '../control/fixture.ts';
import { someViewer } from '../../support/viewers.ts';
import { codeOf, idNumber, startChangingCity, type ChangingCity } from './changing-city.ts';

const query = `query ($n: String, $after: String) {
  found: cases(first: 5, after: $after, filter: { partyIdNumber: $n }) { totalCount edges { node { number stage } } } }`;
const toldJudge = { subject: tongshan.subject, role: 'judge', court: '苏0312', dutyCertificate: 'Z1' };

let city: ChangingCity;
beforeAll(async () => {
  city = await startChangingCity({ identitySearches: 2 });
});
beforeEach(() => city.recover());
afterAll(() => city[Symbol.asyncDispose]());

it('a search by an identity number is recorded, about the person whose it is, and not with the number', async () => {
  const { answer, records } = await city.change(query, { n: idNumber }, tongshan, '核对被执行人');
  expect(answer.errors).toBeUndefined();
  expect(records).toMatchObject([
    {
      ...{ who: toldJudge, purpose: '核对被执行人', agency: null, search: 'cases', status: 'ASKED', reason: null },
      ...{ case: null, party: null, writ: null, person: city.trail.marks.personOf(idNumber) },
    },
  ]);
  expect(records[0]!['fields']).toContain('cases.edges.node.number');
  const all = city.own.segments().map((file) => readFileSync(file, 'utf8'));
  expect(all.join('')).not.toContain(idNumber);
  // As anybody may write it, and as the auditor finds it.
  const spaced = idNumber.replace(/(\d{6})(\d{8})/, '$1 $2 ');
  const again = await city.change(query, { n: spaced.toLowerCase() }, tongshan);
  expect(again.records).toMatchObject([{ person: records[0]!['person'] }]);
  const person = String(records[0]!['person']);
  const { nodes } = await city.pageOf(`trailOfPerson(person: "${person}", first: 2)`);
  expect(nodes).toMatchObject([
    { subject: tongshan.subject, change: null, agency: null, status: 'ASKED' },
    { subject: tongshan.subject, change: null, agency: null, status: 'ASKED' },
  ]);
});

it('one that is refused is recorded, too: for who asks, for how it is asked, and for being one too many', async () => {
  const lawyer = { ...someViewer, role: 'lawyer' } as const;
  for (const [viewer, variables, code] of [
    [lawyer, { n: idNumber }, 'FORBIDDEN'],
    [null, { n: idNumber }, 'FORBIDDEN'],
    [tongshan, { n: idNumber, after: 'nonsense' }, 'BAD_CURSOR'],
  ] as const) {
    const { answer, records } = await city.change(query, variables, viewer);
    expect(codeOf(answer)).toBe(code);
    expect(records).toMatchObject([
      { search: 'cases', person: city.trail.marks.personOf(idNumber), status: 'REFUSED' },
    ]);
    expect(records[0]).toMatchObject({ reason: code });
  }
  const others = ['320311198001011234', '320311198001011250', '320311198001011277'];
  const tried = [];
  for (const n of others) tried.push(await city.change(query, { n }, yunlong));
  expect(tried.map(({ records }) => [records[0]!['status'], records[0]!['reason']])).toEqual([
    ['ASKED', null],
    ['ASKED', null],
    ['REFUSED', 'TOO_MANY_SEARCHES'],
  ]);
});

it('so is one of a request that is refused as a whole, and one that excludes every court', async () => {
  const person = city.trail.marks.personOf(idNumber);
  for (const [text, code] of [
    ['query ($n: String) { cases(filter: { partyIdNumber: $n }) { nothingSuch } }', 'GRAPHQL_VALIDATION_FAILED'],
    [`{ cases(first: "x", filter: { partyIdNumber: "${idNumber}" }) { totalCount } }`, 'GRAPHQL_VALIDATION_FAILED'],
    ['query ($n: String, $f: Int!) { cases(first: $f, filter: { partyIdNumber: $n }) { totalCount } }', undefined],
  ] as const) {
    const { answer, records } = await city.change(text, { n: idNumber }, tongshan);
    expect(answer.errors).toHaveLength(1);
    if (code) expect(codeOf(answer)).toBe(code);
    expect(records).toMatchObject([{ search: 'cases', person, status: 'REFUSED', reason: codeOf(answer) }]);
  }
  const none = 'query ($n: String) { cases(filter: { courts: [], partyIdNumber: $n }) { totalCount } }';
  const { records } = await city.change(none, { n: idNumber }, tongshan);
  expect(records).toMatchObject([{ search: 'cases', person, status: 'NOT_ASKED' }]);
});

it('without a record there is no answer', async () => {
  city.append = () => Promise.reject(new Error('no disk'));
  const { answer } = await city.change(query, { n: idNumber }, tongshan);
  expect(codeOf(answer)).toBe('NOT_RECORDED');
  expect(answer.data ?? null).toBeNull();
});

it('what nobody can read as a number is recorded without a person, and what is no search is not', async () => {
  const { records } = await city.change(query, { n: '某人' }, tongshan);
  expect(records).toMatchObject([{ search: 'cases', person: null }]);
  const none = await city.change('{ cases(first: 1) { totalCount } }', {}, tongshan);
  expect(none.records).toEqual([]);
});
