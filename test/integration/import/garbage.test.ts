import { existsSync } from 'node:fs';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SettingsFault, UsageFault } from '../../../cli/command.ts';
import { toCsv } from '../../support/court-export.ts';
import { toXlsx } from './forms.ts';
import { run, temporary } from './running-court.ts';

const { directory, remove } = temporary();
const data = join(directory, 'data');

const good = toCsv([
  ['案号', '阶段'],
  ['（2017）苏0312执1号', '立案'],
]);
let book: Uint8Array;

beforeAll(async () => {
  book = await toXlsx({
    案件: [
      ['案号', '阶段'],
      ['（2017）苏0312执1号', '立案'],
    ],
  });
});
afterAll(remove);

const importOf = (name: string, content: string | Uint8Array, behind = '') => {
  writeFileSync(join(directory, name), content);
  return run(['--court', '苏0312', '--data', data, `${join(directory, name)}${behind}`]);
};

test.each<[string, () => string | Uint8Array, RegExp]>([
  ['nothing', () => '', /the file is empty/],
  ['white space', () => ' \r\n\t\r\n', /the file is empty/],
  ['a header alone', () => '案号,阶段\r\n', /there is no row below the header/],
  ['noise', () => Uint8Array.from({ length: 5_000 }, (_, index) => (index * 7919) % 256), /binary file/],
  ['control characters', () => '案号,阶段\u0001\u0002\r\n', /binary file/],
  ['a picture', () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), /binary file/],
  ['an old workbook', () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), /old \.xls workbook\. Save it as \.xlsx/],
  ['UTF-16 without its mark', () => Buffer.from(good, 'utf16le'), /UTF-16 only with its byte order mark/],
  ['half a UTF-16 character', () => Buffer.from([0xff, 0xfe, 0x48, 0x68, 0x00]), /begins as UTF-16 does, and is not/],
  [
    'bytes of no encoding',
    () => Buffer.concat([Buffer.from(good), Buffer.from([0xff, 0xff, 0x0a])]),
    /neither UTF-8 nor GB18030/,
  ],
  [
    'another table',
    () => '姓名,电话\r\n甲,1\r\n',
    /required columns are missing: 案号 \(caseNumber\), 案件进展阶段 \(stage\)/,
  ],
  ['a web page', () => '<!doctype html>\n<p>登录超时</p>\n', /required columns are missing/],
  [
    'a quote that never closes',
    () => '案号,阶段\n1,立案\n"2,立案\n3,立案\n',
    /a quote that opens in line 3 never closes/,
  ],
  [
    'ten megabytes of one line',
    () => 'x'.repeat(10 * 1024 * 1024),
    /the row at line 1 is longer than 1048576 bytes: this is no table/,
  ],
  ['a damaged workbook', () => book.slice(0, 900), /damaged, or no XLSX workbook/],
  ['an archive that is no workbook', () => Buffer.from('504b0304140000000000', 'hex'), /damaged, or no XLSX workbook/],
])('a file of %s is unusable, and says why', async (_, content, problem) => {
  const { code, out, err } = await importOf('cases.csv', content());
  expect(err).toMatch(problem);
  expect(err).toMatch(/^nonet import: cases\.csv: /);
  expect(err.split('\n')).toHaveLength(1);
  expect(out).toBe('');
  expect(code).toBe(65);
  expect(existsSync(data)).toBe(false);
});

test('a workbook that unpacks to more than anybody exports is not unpacked', async () => {
  const bomb = Buffer.from(book);
  const entry = bomb.indexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]));
  bomb.writeUInt32LE(0x7fff_ffff, entry + 24);
  expect(await importOf('cases.xlsx', bomb)).toMatchObject({
    code: 65,
    err: expect.stringContaining('more than 1 GiB'),
  });
});

test('a sheet that is not there, or of a file without sheets, is told', async () => {
  expect((await importOf('cases.xlsx', book, '#当事人')).err).toContain('it has no sheet named 当事人');
  expect((await importOf('cases.csv', good, '#案件')).err).toContain('only those have sheets');
});

test('a file that is not there is told by name', async () => {
  expect(await run(['--court', '苏0312', '--data', data, join(directory, 'nobody.csv')])).toMatchObject({
    code: 65,
    err: 'nonet import: nobody.csv: it cannot be read (ENOENT).',
  });
});

test('UTF-8 with a broken byte names the line that is none', async () => {
  const broken = Buffer.concat([Buffer.from('案号,状况\n1,立案\n2,立'), Buffer.from([0xe6, 0x20]), Buffer.from('\n')]);
  expect((await importOf('cases.csv', broken)).err).toContain('read as GB18030, since line 3 is no UTF-8');
});

test('where every row is rejected nothing is opened, and the rows are written down', async () => {
  const { code, out } = await importOf('rows.csv', '案号,阶段\r\n一,立案\r\n二\r\n');
  expect(code).toBe(1);
  expect(out).toContain('nothing could be imported');
  expect(existsSync(join(directory, 'rows.rejects.csv'))).toBe(true);
  expect(existsSync(data)).toBe(false);
});

test('a place where reject files cannot be written is told', async () => {
  const file = join(directory, 'bad.csv');
  writeFileSync(file, '案号,阶段\r\n一,立案\r\n');
  expect(await run(['--court', '苏0312', '--data', data, '--rejects', join(file, 'inside'), file])).toMatchObject({
    code: 73,
    err: expect.stringContaining('(ENOTDIR): say where with --rejects DIR.'),
  });
});

test.each<[string[], string]>([
  [[], 'say which court: --court CODE, one of 苏03, 苏0303'],
  [['--court', '苏9999', 'a.csv'], 'there is no court "苏9999". Known: 苏03, '],
  [['--court', '苏0312'], 'name the file of cases and the file of parties'],
  [['--court', '苏0312', 'a', 'b', 'c'], 'name the file of cases and the file of parties'],
  [['--court', '苏0312', 'a', '--as-of', '2018-01-30'], '--as-of is "2018-01-30", which is no instant with an offset'],
  [['--court', '苏0312', 'a', '--as-of', '2018-02-30T00:00:00+08:00'], 'no day or time of the calendar'],
  [['--court', '苏0312', 'a', '--as-of', '2999-01-01T00:00:00Z'], 'which is still to come'],
  [
    ['--court', '苏0312', 'a', '--colour'],
    'there is no option --colour. Known: --court, --as-of, --rejects, --data, --registry, --person-key, --pool-size, --statement-timeout-ms, --help.',
  ],
])('%j is wrong use', async (args, problem) => {
  const wrong = run(args);
  await expect(wrong).rejects.toThrow(UsageFault);
  await expect(wrong).rejects.toThrow(problem);
});

test('wrong settings are told all together, and the text of an address is not repeated', async () => {
  const registry = join(directory, 'nowhere.json');
  const wrong = run(['--court', '苏0312', 'a.csv'], {
    DATABASE_URL: 'mysql://clerk:secret@db/court',
    NONET_REGISTRY: registry,
    NONET_PERSON_KEY_FILE: join(directory, 'no.key'),
    DATABASE_POOL_SIZE: 'x',
  });
  await expect(wrong).rejects.toThrow(SettingsFault);
  await expect(wrong).rejects.toThrow(
    [
      `the registry ${registry} cannot be read (ENOENT); give a file such as registry/courts.json.`,
      'DATABASE_URL: the database url begins with mysql:// and should with postgres://: give postgres://user:password@host:5432/database',
      'DATABASE_POOL_SIZE is "x"; it has to be a whole number from 1 to 1000.',
      `the person key cannot be read in ${directory} (ENOENT); give the file of the city's key.`,
    ].join('\n'),
  );
  await expect(wrong).rejects.not.toThrow('secret');
});

test('a DATABASE_URL of nothing is none: the rows go to the data directory', async () => {
  const file = join(directory, 'one.csv');
  writeFileSync(file, good);
  const own = join(directory, 'own');
  expect(await run(['--court', '苏0312', '--data', own, file], { DATABASE_URL: '' })).toMatchObject({
    code: 0,
    out: expect.stringContaining(`stored into ${own}`),
  });
});
