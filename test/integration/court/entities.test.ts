import { afterAll, beforeAll, expect, test } from 'vitest';
import { localPersonId } from '../../../common/person-id.ts';
import { type Courts, createCourts, type RunningCourt } from './court.ts';
import { caseRecord, partyRecord, residentIds, writ } from './records.ts';

let courts: Courts;
let court: RunningCourt;

beforeAll(async () => {
  courts = await createCourts();
  court = await courts.start([
    caseRecord({
      number: '(2017)苏0312执00001号',
      amountOutstanding: '1234.50',
      team: { name: '快执一组', type: 'FAST_EXECUTION', judge: '李法官' },
      predecessor: '（2016）苏0381执9号',
      transferKind: 'DESIGNATED',
      parties: [
        partyRecord({ ordinal: 1, role: 'APPLICANT', name: '某村委会', idMissingReason: '村民委员会' }),
        partyRecord({ ordinal: 2, name: '王甲', idType: 'RESIDENT_ID', idNumber: residentIds.fifteen, writ }),
      ],
      measures: [
        {
          action: 'FREEZE',
          property: '存款',
          amount: '10',
          from: '2017-04-01',
          expiresOn: '2018-04-01',
          queuePosition: 0,
        },
      ],
      coerciveMeasures: [{ kind: 'SEARCH', decidedOn: '2017-05-01', party: 2 }],
    }),
    caseRecord({
      number: '（2014）铜执字第12号',
      filedOn: '2014-02-01',
      parties: [partyRecord({ name: '王曱', idType: 'RESIDENT_ID', idNumber: residentIds.eighteen })],
    }),
    caseRecord({
      number: '（2017）苏0312执恢7号',
      parties: Array.from({ length: 201 }, (_, index) =>
        partyRecord({ ordinal: index + 1, name: `债务人${index + 1}` }),
      ),
    }),
    ...Array.from({ length: 50 }, (_, index) =>
      caseRecord({ number: `（2018）苏0312执${index + 1}号`, filedOn: null, parties: [partyRecord({ name: '李某' })] }),
    ),
  ]);
});

afterAll(() => courts.stop());

const entities = (selection: string): string =>
  `query($of: [_Any!]!) { _entities(representations: $of) { __typename ${selection} } }`;

test('a case has its amounts, team, link, measures and parties', async () => {
  const { case: found } = await court.data(`{ case(number: "(2017)苏0312执1号之一") {
    number type stage filedOn amountDue amountOutstanding predecessorNumber successorNumber transferKind
    team { name type judge } measures { action property amount from expiresOn queuePosition }
    coerciveMeasures { kind decidedOn partyId } parties { id role name idNumber idMissingReason } } }`);
  expect(found).toEqual({
    number: '（2017）苏0312执1号',
    type: 'FIRST_EXECUTION',
    stage: 'FILED',
    filedOn: '2017-03-01',
    amountDue: null,
    amountOutstanding: '1234.50',
    predecessorNumber: '（2016）苏0381执9号',
    successorNumber: null,
    transferKind: 'DESIGNATED',
    team: { name: '快执一组', type: 'FAST_EXECUTION', judge: '李法官' },
    measures: [
      {
        action: 'FREEZE',
        property: '存款',
        amount: '10.00',
        from: '2017-04-01',
        expiresOn: '2018-04-01',
        queuePosition: 0,
      },
    ],
    coerciveMeasures: [{ kind: 'SEARCH', decidedOn: '2017-05-01', partyId: '2' }],
    parties: [
      { id: '1', role: 'APPLICANT', name: '某村委会', idNumber: null, idMissingReason: '村民委员会' },
      { id: '2', role: 'DEBTOR', name: '王甲', idNumber: '110105★★★★★★★★002X', idMissingReason: null },
    ],
  });
});

test('a number that this court has no row for is null', async () => {
  expect(await court.data('{ case(number: "（2017）苏0312执999号") { number } }')).toEqual({ case: null });
});

test('a party reference gives writ and full identity to who asks for them by its key', async () => {
  const of = [{ __typename: 'Party', caseNumber: '(2017)苏0312执1号', id: '2' }];
  const { _entities } = await court.data(
    entities(`... on Party { caseNumber id subject { name idType idNumber }
      writ { number agencies signedBy signedOn validUntil courtName courtCode handlerName handlerPhone workIdNumber dutyCertificateNumber } }`),
    { of },
  );
  expect(_entities).toEqual([
    {
      __typename: 'Party',
      caseNumber: '（2017）苏0312执1号',
      id: '2',
      subject: { name: '王甲', idType: 'RESIDENT_ID', idNumber: residentIds.eighteen },
      writ: { ...writ, courtName: '徐州市铜山区人民法院', courtCode: '苏0312' },
    },
  ]);
});

test('keys are echoed in display form; unknown ones are null; one that cannot be read is an error of that entity alone', async () => {
  const of = [
    { __typename: 'Case', number: '〔2014〕铜执字第00012号' },
    { __typename: 'Case', number: '（2017）苏0312执999号' },
    { __typename: 'Case', number: 'nonsense' },
    { __typename: 'Party', caseNumber: '（2017）苏0312执1号', id: '0' },
    { __typename: 'Party', caseNumber: '（2017）苏0312执1号', id: '3' },
    { __typename: 'Person', id: 'nobody' },
    { __typename: 'Party', caseNumber: '（2017）苏0312执1号', id: '1' },
  ];
  const { data, errors } = await court.ask(
    entities('... on Case { number } ... on Party { caseNumber id writ { number } } ... on Person { id }'),
    { of },
  );
  expect(data).toEqual({
    _entities: [
      { __typename: 'Case', number: '（2014）铜执字第12号' },
      null,
      null,
      null,
      null,
      null,
      { __typename: 'Party', caseNumber: '（2017）苏0312执1号', id: '1', writ: null },
    ],
  });
  expect(errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
    [['_entities', 2], 'BAD_USER_INPUT'],
    [['_entities', 3], 'BAD_USER_INPUT'],
    [['_entities', 5], 'BAD_USER_INPUT'],
  ]);
});

test('a person joins the old and the new number, is named as in the case filed last, and lists all spellings', async () => {
  const { case: found } = await court.data(
    '{ case(number: "（2014）铜执字第12号") { debtors { person { id name names lastFiledOn identified cases { number } } } } }',
  );
  expect(found.debtors[0]!.person).toEqual({
    id: expect.stringMatching(/^p1\./),
    name: '王甲',
    names: ['王曱', '王甲'].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))),
    lastFiledOn: '2017-03-01',
    identified: true,
    cases: [{ number: '（2017）苏0312执1号' }, { number: '（2014）铜执字第12号' }],
  });
});

test('a person whom no row here names resolves, with nothing known', async () => {
  const of = [{ __typename: 'Person', id: `p1.${'A'.repeat(43)}` }];
  const selection =
    '... on Person { name names lastFiledOn identified cases { number } caseConnection { totalCount coverage { courts { status } } } }';
  const { _entities } = await court.data(entities(selection), { of });
  expect(_entities).toEqual([
    {
      __typename: 'Person',
      name: null,
      names: [],
      lastFiledOn: null,
      identified: null,
      cases: [],
      caseConnection: { totalCount: 0, coverage: { courts: [{ status: 'NONE' }] } },
    },
  ]);
});

test('of two cases filed last on one day, the name is that of the court with the lower code', async () => {
  const known = { idType: 'RESIDENT_ID', idNumber: residentIds.another } as const;
  const city = await courts.start([
    caseRecord({ number: '（2016）苏0381执1号', parties: [partyRecord({ ...known, name: '王丙' })] }),
    caseRecord({ number: '（2017）苏0303执9号', parties: [partyRecord({ ...known, name: '王乙' })] }),
    caseRecord({
      number: '（2017）苏03执1号',
      filedOn: '2017-02-28',
      parties: [partyRecord({ ...known, name: '王丁' })],
    }),
  ]);
  const { cases } = await city.data('{ cases(first: 1) { edges { node { debtors { person { name } } } } } }');
  expect(cases.edges[0]!.node.debtors[0]!.person).toEqual({ name: '王乙' });
});

test('a party without a number is a person of that case alone', async () => {
  const id = localPersonId('2017 苏0312 执 00000001', 1);
  const { person } = await court.data(
    'query($id: ID!) { person(id: $id) { id name identified any: cases(role: null) { number } cases { number } } }',
    { id },
  );
  expect(person).toEqual({
    id,
    name: '某村委会',
    identified: false,
    any: [{ number: '（2017）苏0312执1号' }],
    cases: [],
  });
});

test('a list beyond its bound gives the first rows, and says so beside the data', async () => {
  const { data, errors } = await court.ask('{ it: case(number: "（2017）苏0312执恢7号") { who: debtors { id } } }');
  const { who } = data?.it as { who: { id: string }[] };
  expect(who.map(({ id }) => id)).toEqual(Array.from({ length: 200 }, (_, index) => String(index + 1)));
  expect(errors).toEqual([
    {
      message: 'Case.debtors: only the first 200 are listed',
      path: ['it', 'who'],
      extensions: { code: 'LIST_TRUNCATED', limit: 200 },
    },
  ]);
});

test('a party beyond the bound of the list is still found by its key', async () => {
  const of = [{ __typename: 'Party', caseNumber: '（2017）苏0312执恢7号', id: '201' }];
  const { _entities } = await court.data(entities('... on Party { name }'), { of });
  expect(_entities).toEqual([{ __typename: 'Party', name: '债务人201' }]);
});

test('fifty cases, their debtors, writs, persons and other cases are one statement each', async () => {
  const of = Array.from({ length: 50 }, (_, index) => ({
    __typename: 'Case',
    number: `（2018）苏0312执${index + 1}号`,
  }));
  court.statements();
  const { _entities } = await court.data(
    entities('... on Case { number debtors { name writ { number } person { id name names cases { number } } } }'),
    { of },
  );
  expect(court.statements()).toHaveLength(5);
  expect((_entities as { number: string }[]).map(({ number }) => number)).toEqual(of.map(({ number }) => number));
});

test('a list of cases that is cut carries the limit that was asked for', async () => {
  const { case: found } = await court.data('{ case(number: "（2014）铜执字第12号") { debtors { person { id } } } }');
  const { data, errors } = await court.ask('query($id: ID!) { person(id: $id) { cases(first: 1) { number } } }', {
    id: found.debtors[0]!.person.id,
  });
  expect(data).toEqual({ person: { cases: [{ number: '（2017）苏0312执1号' }] } });
  expect(errors?.map(({ path, extensions }) => [path, extensions])).toEqual([
    [['person', 'cases'], { code: 'LIST_TRUNCATED', limit: 1 }],
  ]);
});
