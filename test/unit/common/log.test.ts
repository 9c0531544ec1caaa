import { describe, expect, test } from 'vitest';
import { createLog, type LogLevel } from '../../../common/log.ts';
import { withoutPrivateNumbers, withoutPrivateWords } from '../../../common/private-text.ts';

const idNumber = '320312198001011232';

function openLog(level: LogLevel = 'debug') {
  const lines: string[] = [];
  const log = createLog({ name: 'gateway', level, write: (line) => lines.push(line) });
  return { log, lines, last: () => JSON.parse(lines.at(-1)!) as Record<string, unknown> };
}

describe('a log', () => {
  test('writes one JSON object a line with level, time, process and message', () => {
    const { log, lines, last } = openLog();
    log.info('answered', { ms: 12, calls: [{ upstream: '苏0312' }] });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/\n$/);
    expect(last()).toMatchObject({ level: 'info', name: 'gateway', pid: process.pid, msg: 'answered', ms: 12 });
    expect(last()['calls']).toEqual([{ upstream: '苏0312' }]);
    expect(new Date(String(last()['time'])).getTime()).not.toBeNaN();
  });

  test('keeps its level, also in what is made of it', () => {
    const { log, lines } = openLog('warn');
    log.with({ request: 'a' }).info('not this');
    log.with({ request: 'a' }).warn('this');
    expect(lines).toHaveLength(1);
    const quiet = openLog('silent');
    quiet.log.error('nothing', new Error('nothing'));
    expect(quiet.lines).toEqual([]);
  });

  test('stars numbers and amounts wherever they stand: message, facts at any depth, an error and its cause', () => {
    const { log, lines, last } = openLog();
    log.info(`about ${idNumber}`, { who: [{ number: idNumber }], balance: '1225875.00' });
    log.with({ who: idNumber }).warn('again');
    const cause = new Error(`row ("李新振", ${idNumber}, 1,225,875.00)`);
    log.error('failed', new TypeError(`cannot read ${idNumber}: "李新振"`, { cause }));
    const all = lines.join('');
    expect(all).not.toMatch(/\d{15}|1225875|875\.00|李新振/);
    expect(last()['fault']).toMatchObject({ kind: 'TypeError', text: 'cannot read ★: "★"', cause: { kind: 'Error' } });
    expect((last()['fault'] as { at: string[] }).at[0]).toContain('log.test.ts');
  });

  test('tells the kind of what was thrown and is no error, not what it holds', () => {
    const { log, last } = openLog();
    log.error('failed', { number: idNumber });
    expect(last()['fault']).toEqual({ kind: 'object' });
  });
});

describe('private numbers', () => {
  test.each([
    ['３２０３１２１９８００１０１１２３２', '★'],
    ['320312 1980 0101 123X', '★'],
    ['3203-1219-8001-0112-32 at home', '★ at home'],
    ['balance 12.50 yuan', 'balance ★ yuan'],
    ['6222021106000123456', '★'],
  ])('%s becomes %s', (text, cleaned) => expect(withoutPrivateNumbers(text)).toBe(cleaned));

  test.each([
    '127.0.0.1:4101',
    'v20.20.2',
    '苏0312',
    '(2018)苏0312执16号',
    '550e8400-e29b-41d4-a716-446655440000',
    '192.168.10.12',
  ])('%s stays', (text) => expect(withoutPrivateNumbers(text)).toBe(text));

  test('quoted names of programs stay in an error text, quoted words go', () => {
    expect(withoutPrivateWords('Unknown type "CaseFilter" for \'李新振\' and "a b"')).toBe(
      'Unknown type "CaseFilter" for \'★\' and "★"',
    );
  });
});
