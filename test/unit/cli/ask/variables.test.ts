import { parse, Kind, type OperationDefinitionNode } from 'graphql';
import { expect, test } from 'vitest';
import { readPublicSchema } from '../../../../cli/ask/schema.ts';
import { readVariables, type GivenVariables } from '../../../../cli/ask/variables.ts';
import { UsageFault } from '../../../../cli/command.ts';

const schema = readPublicSchema();

function read(head: string, given: Partial<GivenVariables>, defaults: Record<string, unknown> = {}): unknown {
  const text = `query ${head} { courts { code } }`;
  const document = parse(text);
  const definition = document.definitions.find(
    ({ kind }) => kind === Kind.OPERATION_DEFINITION,
  ) as OperationDefinitionNode;
  return readVariables({ text, document, definition, defaults }, schema, { whole: undefined, single: [], ...given });
}

test.each([
  ['Int', '12', 12],
  ['Float', '1.5', 1.5],
  ['Boolean', 'true', true],
  ['String', '12', '12'],
  ['CaseNumber!', '（2017）苏0312执1号', '（2017）苏0312执1号'],
  ['Money', '1200', '1200'],
  ['CaseOrder', 'number_asc', 'NUMBER_ASC'],
  ['[ID!]', '苏0312,苏03', ['苏0312', '苏03']],
  ['[CaseStage!]', '["FILED"]', ['FILED']],
  ['CaseFilter', '{"role":"DEBTOR"}', { role: 'DEBTOR' }],
  ['Int', 'null', null],
  ['String!', 'null', 'null'],
  ['SomethingNew', '[1]', [1]],
])('reads a variable of the type %s', (type, text, value) => {
  expect(read(`($x: ${type})`, { single: [`x=${text}`] })).toEqual({ x: value });
});

test('sets one field of an input object, and leaves the others as the example has them', () => {
  const defaults = { filter: { role: 'DEBTOR' } };
  const single = ['filter.stages=FILED,CLOSED', 'filter.partyName=a=b'];
  expect(read('($filter: CaseFilter)', { single }, defaults)).toEqual({
    filter: { role: 'DEBTOR', stages: ['FILED', 'CLOSED'], partyName: 'a=b' },
  });
});

test('--variables takes the place of an example’s own, and --var that of both', () => {
  const given = { whole: '{"a":2,"b":2}', single: ['b=3'] };
  expect(read('($a: Int, $b: Int, $c: Int)', given, { a: 1, b: 1, c: 1 })).toEqual({ a: 2, b: 3, c: 1 });
});

test.each([
  ['($filter: CaseFilter)', ['x=1'], 'the operation has no variable "x". It has filter (CaseFilter).'],
  ['($n: Int)', ['n=many'], '--var n: "many" is no whole number.'],
  ['($n: Int)', ['n=99999999999'], '--var n: Int cannot represent non 32-bit signed integer value: 99999999999'],
  ['($b: Boolean)', ['b=yes'], '--var b: "yes" is neither true nor false.'],
  ['($o: CaseOrder)', ['o=UP'], '--var o: "UP" is no CaseOrder. It is one of FILED_ON_DESC, FILED_ON_ASC,'],
  [
    '($f: CaseFilter)',
    ['f.stagez=CLOSED'],
    '--var f.stagez: CaseFilter has no field "stagez". It has numbers, courts,',
  ],
  [
    '($f: CaseFilter)',
    ['f={"stagez":1}'],
    'Field "stagez" is not defined by type "CaseFilter". Did you mean "stages"?',
  ],
  ['($f: CaseFilter)', ['f=closed'], '--var f: "closed" is no value for it. Write JSON, {"numbers": …}'],
  ['($n: Int)', ['n'], '--var is "n": write --var name=value. It has n (Int).'],
  ['($n: Int!)', [], 'the operation needs n (Int!): add --var n=VALUE.'],
  ['', ['n=1'], 'the operation has no variable "n". It has none.'],
])('%s with %j says what would be right', (head, single, message) => {
  expect(() => read(head, { single })).toThrow(UsageFault);
  expect(() => read(head, { single })).toThrow(message);
});

test.each([
  ['[1]', 'is no file and no JSON object'],
  ['{"a":', '--variables holds no JSON object.'],
  ['/nowhere.json', 'is no file and no JSON object'],
])('--variables %s says what would be right', (whole, message) => {
  expect(() => read('($a: Int)', { whole })).toThrow(message);
});
