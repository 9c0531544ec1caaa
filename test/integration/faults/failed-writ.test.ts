import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Answer } from '../../../common/wire.ts';
import { cityWide, connectionOf, courtOf, expectToldOnce, type Debtor } from '../../support/city-answer.ts';
import { altered, asksEntities, towards, upstreamText } from '../../support/faults.ts';
import { changeFields, dropFields, failFields } from '../../support/tampering.ts';
import { broken, startFaultyCity, type FaultyCity } from './faulty-city.ts';

let faulty: FaultyCity;
let whole: Answer;
beforeAll(async () => {
  faulty = await startFaultyCity();
  whole = await faulty.city.ask(cityWide, { filter: {} });
});
afterEach(() => faulty.court.recover());
afterAll(() => faulty[Symbol.asyncDispose]());

const query = cityWide.replaceAll(/^( +)status$/gm, '$1status\n$1reason');

describe.each<[string, (answer: Answer) => unknown]>([
  ['a writ that fails', (answer) => failFields(answer, 'writ', upstreamText)],
  ['a number of a writ that fails', (answer) => failFields(answer, 'number', upstreamText)],
  ['a last day of a writ that fails', (answer) => failFields(answer, 'validUntil', upstreamText)],
  ['an identity that fails', (answer) => failFields(answer, 'subject', upstreamText)],
  ['an identity number that fails', (answer) => failFields(answer, 'idNumber', upstreamText)],
  ['a writ that is left out', (answer) => dropFields(answer, 'writ')],
  ['a writ that is no writ', (answer) => changeFields(answer, 'writ', () => 'signed')],
])('%s', (_, change) => {
  test('leaves its debtors without an answer, and is told once as the failure of its court', async () => {
    const { city, court } = faulty;
    await court.suffer(towards(asksEntities, altered(change)));
    const answer = await city.ask(query, { filter: {} });
    const rows = connectionOf(answer).edges.map(({ node }) => node);
    expect(rows.map(({ number }) => number)).toEqual(connectionOf(whole).edges.map(({ node }) => node.number));
    const own = rows.filter(({ number }) => courtOf(city, number) === broken);
    expect(own.length).toBeGreaterThan(0);
    for (const { debtors } of own) for (const debtor of debtors!) expect(nothingSaid(debtor)).toBe(true);
    expectToldOnce(answer, { court: broken, url: court.url });
  });
});

test('a failed writ of one court changes no answer about debtors of the others', async () => {
  const { city, court } = faulty;
  await court.suffer(towards(asksEntities, altered((answer) => failFields(answer, 'writ', upstreamText))));
  const answer = await city.ask(cityWide, { filter: {} });
  const others = (from: Answer) =>
    connectionOf(from)
      .edges.map(({ node }) => node)
      .filter(({ number }) => courtOf(city, number) !== broken);
  expect(others(answer)).toEqual(others(whole));
});

test('a writ that the court says is not there is an agency’s refusal, and no error', async () => {
  const { city, court } = faulty;
  await court.suffer(towards(asksEntities, altered((answer) => changeFields(answer, 'writ', () => null))));
  const answer = await city.ask(query, { filter: {} });
  expect(answer.errors).toBeUndefined();
  for (const { node } of connectionOf(answer).edges) {
    if (courtOf(city, node.number) !== broken) continue;
    for (const { bank } of node.debtors!) expect(bank).toMatchObject({ status: 'REFUSED', reason: 'NO_WRIT' });
  }
});

/** No agency may say anything about a debtor whose writ or identity did not arrive. */
function nothingSaid({ bank, vehicle, realEstate }: Debtor): boolean {
  return bank === null && vehicle === null && realEstate === null;
}
