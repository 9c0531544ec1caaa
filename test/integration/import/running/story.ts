import { readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { caseRecord, partyRecord, residentIds } from '../../court/records.ts';
import { toCsv } from '../../../support/court-export.ts';
import type { RunningCourt } from '../running-court.ts';

const asOf = '2018-01-30T18:00:00+08:00';
const caseTitles = ['案号', '阶段', '应执行标的金额'];
const partyTitles = ['案号', '诉讼地位', '类型', '姓名', '证件号码'];
const number = (serial: number): string => `（2017）苏0312执${serial}号`;
const debtor = (serial: number, name: string, id = ''): string[] => [number(serial), '被执行人', '自然人', name, id];

/** What becomes of rows, good and bad, in a court that runs. */
export function storyTests(start: () => Promise<RunningCourt>): void {
  let court: RunningCourt;

  beforeEach(async () => {
    court = await start();
  });

  const rows = async (): Promise<string[]> => {
    const { cases } = (await court.ask(
      '{ cases(orderBy: NUMBER_ASC) { edges { node { number stage parties { id name } } } } }',
    )) as {
      cases: { edges: { node: { number: string; stage: string; parties: { id: string; name: string }[] } }[] };
    };
    return cases.edges.map(({ node }) =>
      [node.number, node.stage, ...node.parties.map(({ id, name }) => `${id} ${name}`)].join(', '),
    );
  };

  const coverage = async (): Promise<unknown> => {
    const { cases } = (await court.ask('{ cases { coverage { courts { asOf } } } }')) as {
      cases: { coverage: { courts: { asOf: string }[] } };
    };
    return cases.coverage.courts[0]!.asOf;
  };

  test('bad rows are told, written down, mended, and imported; then the whole mended export changes nothing', async () => {
    const files = (mended: boolean): [string, string] => [
      court.write(
        'cases.csv',
        toCsv([
          caseTitles,
          [number(1), '立案', '1'],
          [number(2), mended ? '结案' : '办结了', '2'],
          [number(3), '立案', ''],
        ]),
      ),
      court.write(
        'parties.csv',
        toCsv([
          partyTitles,
          debtor(1, '甲', residentIds.eighteen),
          debtor(1, '乙', mended ? residentIds.another : '4.40524E+17'),
          debtor(1, '丙'),
          debtor(2, '丁', residentIds.fifteen),
          debtor(3, '=戊'),
        ]),
      ),
    ];
    const rejects = court.path('rejects');
    const first = await court.import('--as-of', asOf, '--rejects', rejects, ...files(false));
    expect(first.code).toBe(1);
    expect(first.err.split('\n')).toEqual([
      expect.stringMatching(/^cases\.csv:3: 阶段 "办结了": 不在词表中 \(not a word of the list: write one of 立案、/),
      expect.stringMatching(
        /^parties\.csv:3: 证件号码 "4\.4.*★+.*": 号码已被电子表格损坏.*a spreadsheet destroyed the number/,
      ),
      expect.stringMatching(
        /^parties\.csv:5: 所属案件行被拒 \(the row of its case was rejected: line 3 of the cases\)/,
      ),
      expect.stringMatching(
        /^cases\.csv: warning: some of its parties were rejected: 1 rows: line 2 \(（2017）苏0312执1号: 1 of 3/,
      ),
    ]);
    expect(first.out).toContain('2 cases new');
    expect(first.out).toContain(
      `nonet import --court 苏0312 --as-of ${asOf} ${rejects}/cases.rejects.csv ${rejects}/parties.rejects.csv`,
    );
    expect(await rows()).toEqual([`${number(1)}, FILED, 1 甲, 3 丙`, `${number(3)}, FILED, 1 =戊`]);

    const rejected = ['cases', 'parties'].map((name) => join(rejects, `${name}.rejects.csv`)) as [string, string];
    for (const file of rejected) expect(statSync(file).mode & 0o777).toBe(0o600);
    const [badCases, badParties] = rejected.map((file) => readFileSync(file, 'utf8')) as [string, string];
    expect(badCases).toMatch(
      /^\ufeff原因\/reason,案号,阶段,应执行标的金额\r\n阶段：不在词表中.*,（2017）苏0312执2号,办结了,2\r\n$/,
    );
    expect(badParties.split('\r\n')[1]).toMatch(/,（2017）苏0312执1号,被执行人,自然人,乙,4\.40524E\+17$/);

    const mend = [
      court.write('cases.rejects.csv', badCases.replace('办结了', '结案')),
      court.write('parties.rejects.csv', badParties.replace('4.40524E+17', `'${residentIds.another}`)),
    ];
    const second = await court.import('--as-of', asOf, ...mend);
    expect(second).toMatchObject({ code: 0, err: '' });
    expect(second.out).toContain('1 cases new, 1 changed, 0 unchanged');
    const whole = [`${number(1)}, FILED, 1 甲, 2 乙, 3 丙`, `${number(2)}, CLOSED, 1 丁`, `${number(3)}, FILED, 1 =戊`];
    expect(await rows()).toEqual(whole);

    const third = await court.import('--as-of', asOf, ...files(true));
    expect(third).toMatchObject({ code: 0, out: expect.stringContaining('0 cases new, 0 changed, 3 unchanged') });
    expect(await rows()).toEqual(whole);
  });

  test('a reject file is imported as it is: the same rows, the same reasons, and no file is written over', async () => {
    const file = court.write(
      'parties.csv',
      toCsv([partyTitles, debtor(9, '甲'), debtor(9, '@乙', '110105194912310021'), [number(9), '被执行人']]),
    );
    await court.import(file);
    const once = readFileSync(court.path('parties.rejects.csv'), 'utf8');
    expect(once).toContain(",'@乙,'110105194912310021\r\n");
    const { code } = await court.import(court.path('parties.rejects.csv'));
    expect(code).toBe(1);
    expect(readFileSync(court.path('parties.rejects-2.csv'), 'utf8')).toBe(once);
  });

  test('the same files again change nothing, the list of imports included', async () => {
    const files = [
      court.write('cases.csv', toCsv([caseTitles, [number(1), '立案', '1.5万元']])),
      court.write('parties.csv', toCsv([partyTitles, debtor(1, '甲', residentIds.eighteen), debtor(1, '乙')])),
    ];
    await court.import('--as-of', asOf, ...files);
    const { out } = await court.import('--as-of', asOf, ...files);
    expect(out).toContain('0 cases new, 0 changed, 1 unchanged');
    expect(await coverage()).toBe('2018-01-30T18:00:00.000+08:00');
    await court.import('--as-of', '2018-01-31T18:00:00+08:00', ...files);
    expect(await coverage()).toBe('2018-01-31T18:00:00.000+08:00');
  });

  test("the court's as-of is now until rows are imported, and then that of the last import", async () => {
    expect(await coverage()).toBe('2018-01-31T09:00:00.000+08:00');
    const file = court.write('cases.csv', toCsv([caseTitles, [number(1), '立案', '']]));
    utimesSync(file, new Date('2018-01-20T10:00:00Z'), new Date('2018-01-20T10:00:00Z'));
    const { out } = await court.import(file);
    expect(out).toContain('as of 2018-01-20T18:00:00+08:00');
    expect(await coverage()).toBe('2018-01-20T18:00:00.000+08:00');
    court.write('cases.csv', toCsv([caseTitles, [number(1), '结案', '']]));
    const older = await court.import('--as-of', '2018-01-10T18:00:00+08:00', file);
    expect(older.out).toContain("the court's rows were as of 2018-01-20T18:00:00+08:00 already: this export is older");
    expect(await coverage()).toBe('2018-01-10T18:00:00.000+08:00');
  });

  test('an import puts its columns over the stored case, and leaves its measures and what it does not speak of', async () => {
    await court.court.load([
      caseRecord({
        number: number(1),
        filedOn: '2017-03-01',
        parties: [partyRecord({ ordinal: 1, name: '甲', county: '铜山区' }), partyRecord({ ordinal: 2, name: '乙' })],
        measures: [
          { action: 'FREEZE', property: '存款', amount: '1.00', from: '2017-04-01', expiresOn: null, queuePosition: 0 },
        ],
        coerciveMeasures: [{ kind: 'FINE', decidedOn: '2017-05-01', party: 1 }],
      }),
      caseRecord({ number: number(2) }),
    ]);
    const files = [
      court.write('cases.csv', toCsv([caseTitles, [number(1), '结案', '7']])),
      court.write('parties.csv', toCsv([partyTitles, debtor(1, '丙'), debtor(1, '甲')])),
    ];
    expect(await court.import(...files)).toMatchObject({
      code: 0,
      out: expect.stringContaining('0 cases new, 1 changed'),
    });
    expect(
      await court.ask(`{ case(number: "${number(1)}") { stage filedOn amountDue measures { property }
      coerciveMeasures { kind partyId } parties { id name county } } cases { totalCount } }`),
    ).toEqual({
      case: {
        stage: 'CLOSED',
        filedOn: '2017-03-01',
        amountDue: '7.00',
        measures: [{ property: '存款' }],
        coerciveMeasures: [{ kind: 'FINE', partyId: '2' }],
        parties: [
          { id: '1', name: '丙', county: null },
          { id: '2', name: '甲', county: '铜山区' },
        ],
      },
      cases: { totalCount: 2 },
    });
  });

  test('parties of a case that is neither in the file nor in the court are rejected; the others go in', async () => {
    await court.court.load([caseRecord({ number: number(1), parties: [partyRecord({ name: '甲' })] })]);
    const { code, err } = await court.import(
      court.write('parties.csv', toCsv([partyTitles, debtor(1, '乙'), debtor(2, '丙')])),
    );
    expect(code).toBe(1);
    expect(err).toMatch(/^parties\.csv:3: 文件和本院库中均无此案 .*（2017）苏0312执2号\)$/);
    expect(await rows()).toEqual([`${number(1)}, FILED, 1 甲, 2 乙`]);
    expect(readFileSync(court.path('parties.rejects.csv'), 'utf8')).toContain(number(2));
  });

  test('identity numbers never stand in what is printed, wherever they were typed', async () => {
    const files = [
      court.write(
        'cases.csv',
        toCsv([
          ['案号', '阶段', '110105194912310021'],
          [residentIds.eighteen, '立案', ''],
          [number(1), '立案', ''],
        ]),
      ),
      court.write(
        'parties.csv',
        toCsv([
          partyTitles,
          debtor(1, '甲', '110105194912310021'),
          [number(1), residentIds.eighteen, '自然人', '乙', ''],
        ]),
      ),
    ];
    const { out, err } = await court.import(...files);
    expect(err).toContain('证件号码 "110105★★★★★★★★0021"');
    expect(out + err).not.toMatch(/19491231/);
  });
}
