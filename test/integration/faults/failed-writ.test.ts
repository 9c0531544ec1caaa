import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Question } from '../../../common/wire.ts';
import { cityWide, connectionOf, courtOf, expectToldOnce, type Inquiry } from '../../support/city-answer.ts';
import { altered, towards, upstreamText } from '../../support/faults.ts';
import { changeFields, dropFields, failFields } from '../../support/tampering.ts';
import { broken, deadlines, inTwoHops, startFaultyCity, type FaultyCity } from './faulty-city.ts';

let faulty: FaultyCity;
let whole: Answer;
beforeAll(async () => {
  faulty = await startFaultyCity(deadlines, inTwoHops);
  whole = await faulty.city.ask(query, { filter: {} });
});
afterEach(() => faulty.court.recover());
afterAll(() => faulty[Symbol.asyncDispose]());

/** The one request of a task force, with the reasons of agencies' refusals. */
const query = cityWide.replaceAll(/^( +)status$/gm, '$1status\n$1reason');

const asksWrits = ({ query: text }: Question) => text.includes('on Case');

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
    await court.suffer(towards(asksWrits, altered(change)));
    const answer = await city.ask(query, { filter: {} });
    const now = inquiriesOf(answer, broken);
    const before = inquiriesOf(whole, broken);
    expect(now).toHaveLength(before.length);
    expect(before.some(isSaid)).toBe(true);
    // A party that never had a writ is still refused for it; about no other may anything be said.
    for (const [index, inquiry] of now.entries()) {
      if (inquiry !== null) expect(inquiry).toEqual(isSaid(before[index]!) ? null : before[index]);
    }
    expectToldOnce(answer, { court: broken, url: court.url });
  });
});

test('a failed writ of one court changes no answer about debtors of the others', async () => {
  const { city, court } = faulty;
  await court.suffer(
    towards(
      asksWrits,
      altered((answer) => failFields(answer, 'writ', upstreamText)),
    ),
  );
  const answer = await city.ask(query, { filter: {} });
  const others = (from: Answer) =>
    connectionOf(from)
      .edges.map(({ node }) => node)
      .filter(({ number }) => courtOf(city, number) !== broken);
  expect(others(answer)).toEqual(others(whole));
});

test('a writ that the court says is not there is an agency’s refusal, and no error', async () => {
  const { city, court } = faulty;
  await court.suffer(
    towards(
      asksWrits,
      altered((answer) => changeFields(answer, 'writ', () => null)),
    ),
  );
  const answer = await city.ask(query, { filter: {} });
  expect(answer.errors).toBeUndefined();
  for (const { node } of connectionOf(answer).edges) {
    if (courtOf(city, node.number) !== broken) continue;
    for (const { bank } of node.debtors!) expect(bank).toMatchObject({ status: 'REFUSED', reason: 'NO_WRIT' });
  }
});

type Said = Inquiry & { readonly reason: string | null };

/** What each agency says about each debtor of one court. */
function inquiriesOf(answer: Answer, code: string): (Said | null)[] {
  return connectionOf(answer)
    .edges.filter(({ node }) => courtOf(faulty.city, node.number) === code)
    .flatMap(({ node }) => node.debtors!.flatMap(({ bank, vehicle, realEstate }) => [bank, vehicle, realEstate]))
    .map((inquiry) => inquiry as Said | null);
}

/** Whether an agency says more than that there is no writ or no number to ask with. */
function isSaid(inquiry: Said | null): boolean {
  return inquiry?.reason !== 'NO_WRIT' && inquiry?.reason !== 'NO_IDENTITY_NUMBER';
}
