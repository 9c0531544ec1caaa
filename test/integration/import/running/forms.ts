import { beforeAll, expect, test } from 'vitest';
import type { CaseRecord } from '../../../../common/case-record.ts';
import { caseRecord, partyRecord, residentIds, writ } from '../../court/records.ts';
import { toCsv, toExport } from '../../../support/court-export.ts';
import { encodings, toText, toXlsx, type BookCell } from '../forms.ts';
import type { RunningCourt } from '../running-court.ts';

const records: readonly CaseRecord[] = [
  caseRecord({
    number: '（2017）苏0312执1号',
    stage: 'ORDINARY',
    filedOn: '2017-03-01',
    amountDue: '1234567.89',
    amountRecovered: '34567.89',
    amountOutstanding: '1200000.00',
    team: { name: '第一团队', type: 'TERMINATION', judge: '李法官' },
    parties: [
      partyRecord({ ordinal: 1, role: 'APPLICANT', kind: 'LEGAL_PERSON', name: '徐州"大"机械，分公司; 一部' }),
      partyRecord({
        ordinal: 2,
        name: '王某甲',
        idType: 'RESIDENT_ID',
        idNumber: residentIds.eighteen,
        province: '江苏省',
        county: '铜山区',
        rural: true,
        writ,
      }),
    ],
  }),
  caseRecord({
    number: '（2014）铜执字第7号',
    stage: 'TERMINATED_MONITORED',
    filedOn: '2014-05-06',
    closedOn: '2017-12-05',
    closingMode: 'TERMINATED_THIS_TIME',
    parties: [partyRecord({ name: '李某乙', idMissingReason: '未登记' })],
  }),
];
const { cases, parties } = toExport(records);

const question = `{ cases(orderBy: NUMBER_ASC) { edges { node { number stage filedOn closedOn closingMode amountDue
  amountRecovered amountOutstanding team { name type judge } parties { name role kind idType idNumber idMissingReason
  province county rural writ { number agencies signedBy signedOn validUntil } person { identified } } } } } }`;

/** Every encoding and format in which an export may come. */
export function formTests(start: () => Promise<RunningCourt>): void {
  let expected: unknown;

  beforeAll(async () => {
    const loaded = await start();
    await loaded.court.load(records);
    expected = await loaded.ask(question);
  });

  test.each(Object.entries(encodings))(
    'an export in %s brings the same rows as the records themselves',
    async (_, encode) => {
      const court = await start();
      const files = [
        court.write('cases.csv', encode(toCsv(cases))),
        court.write('parties.csv', encode(toCsv(parties))),
      ];
      const { code, out, err } = await court.import(...files);
      expect(err).toBe('');
      expect(out).toContain('2 cases new, 0 changed, 0 unchanged; stored through the running court');
      expect(code).toBe(0);
      expect(await court.ask(question)).toEqual(expected);
    },
  );

  test.each([
    ['semicolons and line feeds', ';', '\n'],
    ['tabs and carriage returns', '\t', '\r'],
  ])('a text file with %s is read', async (_, delimiter, lineEnd) => {
    const court = await start();
    const files = [
      court.write('cases.txt', toText(cases, delimiter, lineEnd)),
      court.write('parties.txt', toText(parties, delimiter, lineEnd)),
    ];
    expect(await court.import(...files)).toMatchObject({ code: 0, err: '' });
    expect(await court.ask(question)).toEqual(expected);
  });

  test('a workbook with a sheet of each is read, amounts as numbers and days as date cells', async () => {
    const court = await start();
    const amounts = new Set(['应执行标的金额', '实际到位金额', '尚未执行']);
    const days = new Set(['立案日期', '结案日期']);
    const toBook = (sheet: readonly (readonly string[])[]): BookCell[][] =>
      sheet.map((cells, line) =>
        cells.map((cell, index) => {
          const title = sheet[0]![index]!;
          if (line === 0 || cell === '') return cell;
          if (amounts.has(title)) return Number(cell.replaceAll(',', ''));
          if (!days.has(title)) return cell;
          const [year, month, day] = cell.split(/\D+/).map(Number) as [number, number, number];
          return new Date(Date.UTC(year, month - 1, day));
        }),
      );
    const book = court.write('导出.xlsx', await toXlsx({ 案件: toBook(cases), 当事人: toBook(parties) }));
    expect(await court.import(book, `${book}#当事人`)).toMatchObject({ code: 0, err: '' });
    expect(await court.ask(question)).toEqual(expected);
  });

  test('the files may be named in any order, and a file of parties may come alone', async () => {
    const court = await start();
    const casesFile = court.write('a.csv', toCsv(cases));
    const partiesFile = court.write('b.csv', toCsv(parties));
    expect(await court.import(partiesFile, casesFile)).toMatchObject({ code: 0 });
    expect(await court.import(partiesFile)).toMatchObject({ code: 0, out: expect.stringContaining('2 unchanged') });
    expect(await court.ask(question)).toEqual(expected);
  });

  test('line breaks inside quotes are counted, and every fault names the line where its row begins', async () => {
    const court = await start();
    const text = [
      '案号,阶段,备注',
      '（2017）苏0312执1号,立案,"一行',
      '两行"',
      '',
      '（2017）苏0312执2号,?,"三',
      '四',
      '五"',
      '（2017）苏0312执3号,!,',
    ].join('\r\n');
    const { code, err } = await court.import(court.write('cases.csv', text));
    expect(code).toBe(1);
    expect(err.split('\n').map((line) => line.split(' ')[0])).toEqual(['cases.csv:5:', 'cases.csv:8:', 'cases.csv:']);
  });
}
