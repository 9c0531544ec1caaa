import { buildSchema, Kind, parse, type OperationDefinitionNode } from 'graphql';
import { expect, test } from 'vitest';
import { toCsv } from '../../../../cli/ask/csv.ts';
import { renderBlock } from '../../../../cli/ask/render.ts';
import { toShapes } from '../../../../cli/ask/shape.ts';
import { toBlocks } from '../../../../cli/ask/tables.ts';

const schema = buildSchema(`
  scalar Money
  type Query { cases: Connection, texts: [Text!], title: String }
  type Connection { totalCount: Int, edges: [Edge!]!, pageInfo: PageInfo! }
  type PageInfo { endCursor: String }
  type Edge { cursor: String!, node: Case! }
  type Case { number: String!, due: Money, court: Court, debtors: [Debtor!] }
  type Court { code: ID! }
  type Debtor { name: String, aliases: [String!], accounts: [Account!] }
  type Account { balance: Money }
  type Text { text: String, amount: Money }
`);

function shapesOf(text: string, data: Record<string, unknown>, variables = {}) {
  const document = parse(text);
  const definition = document.definitions.find(
    ({ kind }) => kind === Kind.OPERATION_DEFINITION,
  ) as OperationDefinitionNode;
  return toShapes({ text, document, definition, defaults: {} }, variables, schema, data);
}

function render(text: string, data: Record<string, unknown>, width = Infinity): string {
  return toBlocks(shapesOf(text, data), data)
    .map((block) => renderBlock(block, width))
    .join('\n');
}

function csv(text: string, data: Record<string, unknown>, rows: string | null = null): string[] {
  return toCsv(shapesOf(text, data), data, { rows, bom: false }, () => undefined).split('\r\n');
}

const question = `{ cases { totalCount pageInfo { endCursor } edges { cursor node {
  number due court { code } debtors { name aliases accounts { balance } } } } } }`;
const answer = {
  cases: {
    totalCount: 3,
    pageInfo: { endCursor: 'c' },
    edges: [
      {
        cursor: 'a',
        node: {
          number: '案一',
          due: '1234567.80',
          court: { code: '苏03' },
          debtors: [
            { name: '李', aliases: ['a', 'b'], accounts: [{ balance: '-1.00' }, { balance: '2.00' }] },
            { name: '=1+1', aliases: [], accounts: [] },
          ],
        },
      },
      { cursor: 'b', node: { number: '案二', due: null, court: null, debtors: [] } },
      { cursor: 'c', node: { number: '案三', due: '3.00', court: { code: '苏0312' }, debtors: null } },
    ],
  },
};

test('nodes are rows, objects dotted columns, lists tables that say whose each row is', () => {
  expect(render(question, answer)).toBe(
    [
      'cases: 3 rows (totalCount 3)',
      '┌───┬────────┬──────────────┬────────────┬─────────┐',
      '│ # │ number │          due │ court.code │ debtors │',
      '├───┼────────┼──────────────┼────────────┼─────────┤',
      '│ 1 │ 案一   │ 1,234,567.80 │ 苏03       │       2 │',
      '│ 2 │ 案二   │              │            │       0 │',
      '│ 3 │ 案三   │         3.00 │ 苏0312     │         │',
      '└───┴────────┴──────────────┴────────────┴─────────┘',
      '  cases › debtors: 2 rows',
      '  ┌─────┬──────┬──────┬─────────┬──────────┐',
      '  │ #   │ of   │ name │ aliases │ accounts │',
      '  ├─────┼──────┼──────┼─────────┼──────────┤',
      '  │ 1.1 │ 案一 │ 李   │ a, b    │        2 │',
      '  │ 1.2 │ 案一 │ =1+1 │         │        0 │',
      '  └─────┴──────┴──────┴─────────┴──────────┘',
      '    cases › debtors › accounts: 2 rows',
      '    ┌───────┬────┬─────────┐',
      '    │ #     │ of │ balance │',
      '    ├───────┼────┼─────────┤',
      '    │ 1.1.1 │ 李 │   -1.00 │',
      '    │ 1.1.2 │ 李 │    2.00 │',
      '    └───────┴────┴─────────┘',
    ].join('\n'),
  );
});

test('on a narrow terminal free text is broken in lines and amounts are not', () => {
  const data = { texts: [{ text: '徐州市铜山区人民法院执行局', amount: '1234567.80' }] };
  const lines = render('{ texts { text amount } }', data, 40).split('\n');
  expect(lines.slice(1)).toEqual([
    '┌───┬──────────────────┬──────────────┐',
    '│ # │ text             │       amount │',
    '├───┼──────────────────┼──────────────┤',
    '│ 1 │ 徐州市铜山区人民 │ 1,234,567.80 │',
    '│   │ 法院执行局       │              │',
    '└───┴──────────────────┴──────────────┘',
  ]);
});

test('where columns do not fit, each row is told value by value', () => {
  const data = { texts: [{ text: '徐州市铜山区人民法院', amount: '1.00' }] };
  expect(render('{ texts { text amount } }', data, 20)).toBe(
    'texts: 1 row\n1\n  text    徐州市铜山\n          区人民法院\n  amount  1.00',
  );
});

test('columns without any value are named below the table', () => {
  expect(render('{ texts { text amount } }', { texts: [{ text: 'a', amount: null }] })).toContain(
    'Empty in every row: amount.',
  );
});

test('what would move a terminal’s cursor or turn its writing is replaced', () => {
  expect(render('{ title }', { title: 'a\u001b[2J\u202eb\nc' })).toBe('answer\n  title  a�[2J�b c');
});

test('columns follow the question, not what was found, also through fragments and conditions', () => {
  const text = `query ($no: Boolean = false) { cases { edges { node { ...F, due @include(if: $no) } } } }
    fragment F on Case { nr: number, debtors { name } }`;
  expect(csv(text, { cases: { edges: [] } })[0]).toBe('nr,debtors.name');
});

test('what the schema does not know is told by the answer', () => {
  const data = { strange: [{ new: [{ a: 1 }, { a: 2 }] }] };
  expect(csv('{ strange { new { a } } }', data)).toEqual(['new.a', '1; 2', '']);
});

test('CSV joins lists in cells, guards texts that would be formulas, and leaves numbers alone', () => {
  expect(csv(question, answer)).toEqual([
    'number,due,court.code,debtors.name,debtors.aliases,debtors.accounts.balance',
    "案一,1234567.80,苏03,李; '=1+1,a; b; ,-1.00; 2.00; ",
    '案二,,,,,',
    '案三,3.00,苏0312,,,',
    '',
  ]);
});

test.each(['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '＠a'])('guards %j', (text) => {
  const [, cell] = /^text\r\n"?([^"]*)"?\r\n$/.exec(csv('{ texts { text } }', { texts: [{ text }] }).join('\r\n'))!;
  expect(cell).toBe(`'${text}`);
});

test('CSV of a deeper list repeats what stands above, and keeps rows that have none', () => {
  expect(csv(question, answer, 'debtors.accounts')).toEqual([
    'number,due,court.code,debtors.name,debtors.aliases,debtors.accounts.balance',
    '案一,1234567.80,苏03,李,a; b,-1.00',
    '案一,1234567.80,苏03,李,a; b,2.00',
    "案一,1234567.80,苏03,'=1+1,,",
    '案二,,,,,',
    '案三,3.00,苏0312,,,',
    '',
  ]);
});
