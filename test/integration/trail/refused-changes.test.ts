import { readFileSync } from 'node:fs';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import type { Viewer } from '../../../common/viewer.ts';
import type { Answer } from '../../../common/wire.ts';
import { AskError } from '../../../gateway/asking/reply.ts';
import { someViewer } from '../../support/viewers.ts';
import { tongshan, yunlong } from '../control/fixture.ts';
import {
  codeOf,
  freeze,
  idNumber,
  issue,
  newKey,
  order,
  revoke,
  startChangingCity,
  writInput,
  type ChangingCity,
} from './changing-city.ts';

const toldJudge = { subject: tongshan.subject, role: 'judge', court: '苏0312', dutyCertificate: 'Z1' };

interface AuditedPerson {
  readonly id: string;
  readonly trail: { readonly edges: readonly { readonly node: Readonly<Record<string, unknown>> }[] };
}
interface AuditedCase {
  readonly case: { readonly debtors: readonly { readonly id: string; readonly person: AuditedPerson }[] };
}

let city: ChangingCity;
beforeAll(async () => {
  city = await startChangingCity();
});
beforeEach(() => city.recover());
afterAll(() => city[Symbol.asyncDispose]());

describe('an attempt that is refused is recorded, too', () => {
  it.each<[string, Viewer | null]>([
    ['nobody', null],
    ['a judge of another court', yunlong],
    ['a command centre', someViewer],
  ])('of %s, by the court', async (_, viewer) => {
    const { caseNumber } = await city.caseAgainst(idNumber);
    for (const [query, input, name] of [
      [issue, writInput(caseNumber), 'issueWrit'],
      [revoke, { caseNumber, partyId: '1', number: 'W', reason: 'x' }, 'revokeWrit'],
      [order, freeze(caseNumber), 'orderMeasure'],
    ] as const) {
      const { answer, records } = await city.change(query, { input, key: newKey() }, viewer);
      expect(codeOf(answer)).toBe('UPSTREAM_REFUSED');
      expect(records).toMatchObject([
        { change: name, holder: '苏0312', case: caseNumber, person: null, status: 'REFUSED', reason: 'FORBIDDEN' },
      ]);
      expect(records[0]!['party']).toBe(city.trail.marks.party(caseNumber, name === 'issueWrit' ? '3' : '1'));
      expect((records[0]!['who'] as { subject: string } | null)?.subject).toBe(viewer?.subject);
    }
  });

  it.each<[object, string]>([
    [{ validUntil: '2030-01-01' }, 'BAD_USER_INPUT'],
    [{ partyId: '9' }, 'NOT_FOUND'],
  ])('with %j, which the court cannot take', async (wrong, code) => {
    const { caseNumber } = await city.caseAgainst(idNumber);
    const { answer, records } = await city.change(issue, {
      input: { ...writInput(caseNumber), ...wrong },
      key: newKey(),
    });
    expect(codeOf(answer)).toBe(code);
    expect(records).toMatchObject([{ change: 'issueWrit', status: 'REFUSED', reason: code }]);
  });

  it('under a key that was used for another change, with the same mark as that', async () => {
    const { caseNumber } = await city.caseAgainst(idNumber);
    const key = newKey();
    const made = await city.change(issue, { input: writInput(caseNumber), key });
    const conflict = await city.change(issue, { input: { ...writInput(caseNumber), number: 'other' }, key });
    expect(conflict.records).toMatchObject([{ status: 'REFUSED', reason: 'IDEMPOTENCY_CONFLICT' }]);
    expect(conflict.records[0]!['idempotencyMark']).toBe(made.records[0]!['idempotencyMark']);
    expect(readFileSync(city.own.segments().at(-1)!, 'utf8')).not.toContain(key);
  });

  it('in a case of a court that the hub does not know, by the hub', async () => {
    const { answer, records } = await city.change(issue, { input: writInput('（2017）苏0999执1号'), key: newKey() });
    expect(codeOf(answer)).toBe('UNKNOWN_COURT');
    expect(records).toMatchObject([
      { holder: null, case: '（2017）苏0999执1号', status: 'REFUSED', reason: 'UNKNOWN_COURT', who: toldJudge },
    ]);
  });

  it.each([
    ['variables of a wrong kind', { agencies: ['POLICE'] }, '执行'],
    ['a purpose that cannot be taken', {}, 'about 320311198001011234'],
  ])('for %s, before anybody is asked', async (_, wrong, purpose) => {
    const { caseNumber } = await city.caseAgainst(idNumber);
    city.court = () => () => expect.fail('The court is not to be asked.');
    const input = { ...writInput(caseNumber), ...wrong };
    const { answer, records } = await city.change(issue, { input, key: newKey() }, tongshan, purpose);
    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
    expect(records).toMatchObject([
      { change: 'issueWrit', holder: null, case: caseNumber, status: 'REFUSED', reason: 'BAD_USER_INPUT', fields: [] },
    ]);
  });

  it('and an auditor finds it in the trail of the person, through his parties', async () => {
    const { caseNumber } = await city.caseAgainst(idNumber);
    const auditor: Viewer = { ...someViewer, role: 'auditor' };
    const trail = 'trail(first: 200) { edges { node { change court person caseNumber status } } }';
    const query = `{ case(number: "${caseNumber}") { debtors { id person { id ${trail} } } } }`;
    const refused = await city.change(order, { input: freeze(caseNumber), key: newKey() }, yunlong);
    expect(refused.records).toMatchObject([{ person: null, status: 'REFUSED' }]);
    const { data, errors } = await city.ask(query, {}, auditor);
    expect(errors).toBeUndefined();
    const { debtors } = (data as unknown as AuditedCase).case;
    const inCase = ({ trail: { edges } }: AuditedPerson) =>
      edges.map(({ node }) => node).filter((node) => node['caseNumber'] === caseNumber);
    const { person } = debtors.find(({ id }) => id === '1')!;
    expect(inCase(person)).toEqual([
      { change: 'orderMeasure', court: yunlong.court, person: null, caseNumber, status: 'REFUSED' },
    ]);
    for (const { id, person } of debtors) if (id !== '1') expect(inCase(person)).toEqual([]);
    // Without courts there are his own records only.
    const whole = await city.pageOf(`trailOfPerson(person: "${person.id}", first: 200)`);
    expect(whole.nodes.filter((one) => one['caseNumber'] === caseNumber)).toEqual([]);
    const others = await city.ask(query, {}, tongshan);
    expect(new Set(others.errors?.map(({ extensions }) => extensions?.['code']))).toEqual(new Set(['FORBIDDEN']));
  });

  it('as far as his courts answer, and who does not is told', async () => {
    const numbers: string[] = [];
    for (const court of ['苏0312', '苏0303']) {
      const { caseNumber } = await city.caseAgainst(idNumber, undefined, court);
      await city.change(order, { input: freeze(caseNumber), key: newKey() }, someViewer);
      numbers.push(caseNumber);
    }
    const person = city.trail.marks.personOf(idNumber);
    const query = `{ person(id: "${person}") { trail(first: 200) { edges { node { caseNumber change status } } } } }`;
    const foundIn = async () => {
      const { data, errors, extensions } = await city.ask(query, {}, { ...someViewer, role: 'auditor' });
      const { edges } = (data as unknown as { person: AuditedPerson }).person.trail;
      const found = edges.map(({ node }) => node['caseNumber']).filter((number) => numbers.includes(String(number)));
      return { found, errors, told: JSON.stringify(extensions) };
    };
    const all = await foundIn();
    expect(all.errors).toBeUndefined();
    expect(new Set(all.found)).toEqual(new Set(numbers));
    city.court = () => () => Promise.reject(new AskError('DOWN', 'no'));
    const some = await foundIn();
    expect(some.found).toEqual([numbers[1]]);
    expect(some.errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNREACHABLE' } }]);
    expect(some.told).toMatch(/苏0312.{0,80}UNREACHABLE/);
  });

  it('and holds no number of a person that somebody typed anywhere', async () => {
    const number = '11010519491231002X';
    const input = { ...writInput(number), partyId: number, number: `据 ${number}`, handlerName: number };
    const { records } = await city.change(issue, { input, key: number });
    expect(records).toMatchObject([
      { case: null, party: null, writ: expect.stringMatching(/^#[\w-]{22}$/) as unknown, status: 'REFUSED' },
    ]);
    const { caseNumber } = await city.caseAgainst(idNumber);
    await city.change(order, {
      input: { ...freeze(caseNumber), number, originId: number },
      key: '3203 1119 8001 0112 34',
    });
    const all = city.own.segments().map((file) => readFileSync(file, 'utf8'));
    expect(all.join('')).not.toMatch(/11010519491231002|3203 1119/);
  });
});

it('what somebody typed into an attempt stands nowhere in the trail, unless it is the number of a document', async () => {
  const words =
    '王小明的妻子李丽 owes 1234567 yuan, account 6222 0212 3456, tel 13912345678, balance 88,000, 88000.5元';
  const { caseNumber } = await city.caseAgainst(idNumber);
  const revoked = await city.change(revoke, {
    input: { caseNumber, partyId: '1', number: words, reason: words },
    key: newKey(),
  });
  expect(codeOf(revoked.answer)).toBe('NOT_FOUND');
  const ordered = await city.change(order, { input: { ...freeze(caseNumber), action: words }, key: newKey() });
  const update = `mutation ($id: ID!, $key: ID!) {
    updateTaskForce(id: $id, input: { name: "x" }, idempotencyKey: $key) { name } }`;
  const updated = await city.change(update, { id: words, key: newKey() });
  const elsewhere = await city.change(issue, { input: writInput('（2014）王小明执字第1号'), key: newKey() });
  const records = [revoked, ordered, updated, elsewhere].map((one) => one.records[0]);
  expect(records).toMatchObject([
    { status: 'REFUSED', reason: 'NOT_FOUND', case: caseNumber },
    { status: 'REFUSED', reason: 'BAD_USER_INPUT', action: null },
    { status: 'REFUSED', taskForce: null },
    { status: 'REFUSED', reason: 'UNKNOWN_COURT', case: null },
  ]);
  const all = city.own.segments().map((file) => readFileSync(file, 'utf8'));
  expect(all.join('')).not.toMatch(/小明|李丽|1234567|6222|13912345678|88,?000/);
});

describe('an attempt is recorded once, however the request is wrong that holds it', () => {
  const input = (caseNumber: string, number = '"W"') =>
    `input: { caseNumber: "${caseNumber}", partyId: "1", number: ${number}, reason: "x" }, idempotencyKey: "k"`;
  const field = (caseNumber: string, number?: string) => `revokeWrit(${input(caseNumber, number)}) { __typename }`;

  it.each<[string, (caseNumber: string) => string, string, number]>([
    ['a literal of a wrong type', (own) => `mutation { ${field(own, '5')} }`, 'GRAPHQL_VALIDATION_FAILED', 1],
    ['a name that is the hub’s', (own) => `mutation { _nonet_a: ${field(own)} }`, 'GRAPHQL_VALIDATION_FAILED', 1],
    ['a variable that is not declared', (own) => `mutation { ${field(own, '$n')} }`, 'GRAPHQL_VALIDATION_FAILED', 1],
    [
      'no such field below',
      (own) => `mutation { revokeWrit(${input(own)}) { nothing } }`,
      'GRAPHQL_VALIDATION_FAILED',
      1,
    ],
    ['a missing variable', (own) => `mutation ($n: String!) { ${field(own, '$n')} }`, 'BAD_USER_INPUT', 1],
    [
      'fragments that hold each other',
      (own) => `mutation { ...A } fragment A on Mutation { ...B } fragment B on Mutation { ...A ${field(own)} }`,
      'GRAPHQL_VALIDATION_FAILED',
      1,
    ],
    [
      'the choice left open',
      (own) => `mutation A { ${field(own)} } query C { __typename } mutation B { ${field(own)} }`,
      'OPERATION_RESOLUTION_FAILURE',
      2,
    ],
    [
      'one of its fields',
      (own) => `mutation { no a: ${field(own)} b: ${field(own)} ... @skip(if: true) { c: ${field(own)} } }`,
      'GRAPHQL_VALIDATION_FAILED',
      2,
    ],
  ])('%s', async (_, queryOf, code, count) => {
    const { caseNumber } = await city.caseAgainst(idNumber);
    city.court = () => () => expect.fail('The court is not to be asked.');
    const { answer, records } = await city.change(queryOf(caseNumber), {});
    expect(codeOf(answer)).toBe(code);
    const record = {
      ...{ change: 'revokeWrit', holder: null, case: caseNumber, status: 'REFUSED', reason: code, who: toldJudge },
      ...{ party: city.trail.marks.party(caseNumber, '1'), idempotencyMark: city.trail.marks.idempotencyKey('k') },
    };
    expect(records).toMatchObject(Array.from({ length: count }, () => record));
  });

  it('and neither a text that cannot be read, nor a field that there is not, nor a question is one', async () => {
    const texts = ['mutation {', 'mutation { revokeAll }', '{ nothing }', 'query A { nothing } query B { nothing }'];
    for (const query of texts) {
      const { answer, records } = await city.change(query, {});
      expect(answer.errors).toHaveLength(query.startsWith('query') ? 2 : 1);
      expect(records).toEqual([]);
    }
  });

  it('and where it cannot be recorded, that is what is told', async () => {
    const { caseNumber } = await city.caseAgainst(idNumber);
    city.append = () => Promise.reject(new Error('disk full'));
    for (const query of [
      `mutation { ${field(caseNumber, '5')} }`,
      `mutation A { ${field(caseNumber)} } query B { x }`,
    ]) {
      const { answer } = await city.change(query, {});
      expect(answer).toEqual({
        errors: [
          {
            message: expect.stringContaining('could not be recorded') as unknown,
            extensions: { code: 'NOT_RECORDED' },
          },
        ],
      });
    }
  });
});

describe('a change whose answer does not come is recorded as UNKNOWN', () => {
  it('where the court has made it and died', async () => {
    const { caseNumber } = await city.caseAgainst(idNumber);
    const key = newKey();
    city.court = (ask) => async (question, signal, headers) => {
      await ask(question, signal, headers);
      throw new AskError('DOWN', 'the connection was reset');
    };
    const lost = await city.change(issue, { input: writInput(caseNumber), key });
    expect(codeOf(lost.answer)).toBe('UNKNOWN');
    expect(lost.records).toMatchObject([{ change: 'issueWrit', case: caseNumber, status: 'UNKNOWN', reason: 'DOWN' }]);
    city.court = (ask) => ask;
    const again = await city.change(issue, { input: writInput(caseNumber), key });
    expect(again.records).toMatchObject([{ status: 'MADE', idempotencyMark: lost.records[0]!['idempotencyMark'] }]);
  });

  it('where it answers with a fault of its own, or with nothing', async () => {
    const { caseNumber } = await city.caseAgainst(idNumber);
    for (const [told, reason] of [
      [{ data: { issueWrit: null }, errors: [{ message: 'disk', path: ['issueWrit'] }] }, 'SERVER_ERROR'],
      [{ data: { issueWrit: null } }, 'NO_ANSWER'],
    ] as const) {
      city.court = () => () => Promise.resolve(told as Answer);
      const { answer, records } = await city.change(issue, { input: writInput(caseNumber), key: newKey() });
      expect(codeOf(answer)).toBe('UNKNOWN');
      expect(records).toMatchObject([{ status: 'UNKNOWN', reason }]);
    }
  });

  it('and one that never left the hub is told as what it is', async () => {
    const { caseNumber } = await city.caseAgainst(idNumber);
    city.court = () => () => Promise.reject(new AskError('DOWN', 'refused', { wasSent: false }));
    const { answer, records } = await city.change(issue, { input: writInput(caseNumber), key: newKey() });
    expect(codeOf(answer)).toBe('UPSTREAM_UNREACHABLE');
    expect(records).toMatchObject([{ status: 'UNREACHABLE', reason: 'DOWN' }]);
  });
});
