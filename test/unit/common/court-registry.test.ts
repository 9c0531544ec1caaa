import { describe, expect, it } from 'vitest';
import { parseCaseNumber } from '../../../common/case-number.ts';
import { parseCourtRegistry, readCourtRegistry, urlsOf } from '../../../common/court-registry.ts';
import { thrownBy } from './thrown-by.ts';

const tongshan = {
  code: '苏0312',
  name: '徐州市铜山区人民法院',
  englishName: "Tongshan District People's Court of Xuzhou",
  level: 'BASIC',
  division: '320312',
  codes: ['苏0312'],
  legacyPrefixes: ['铜'],
  contractVersion: '1.0',
  endpoint: 'embedded',
};
const city = { ...tongshan, code: '苏03', codes: ['苏03'], legacyPrefixes: ['徐'], level: 'INTERMEDIATE' };

describe('the registry file', () => {
  const registry = readCourtRegistry();

  it('has the nine courts of the launch, in the order of the bytes of their codes', () => {
    expect(registry.courts.map(({ code }) => code)).toEqual([
      '苏03',
      '苏0303',
      '苏0305',
      '苏0311',
      '苏0312',
      '苏0324',
      '苏0381',
      '苏0382',
      '苏0391',
    ]);
    expect(registry.byCode('苏03')?.name).toBe('江苏省徐州市中级人民法院');
    expect(registry.byCode('苏0391')?.division).toBeNull();
  });

  it.each([
    ['（2017）苏0312执1号', '苏0312'],
    ['（2017）苏03执1号', '苏03'],
    ['（2014）铜执字第1号', '苏0312'],
    ['（2014）徐执字第1号', '苏03'],
    ['（2014）徐开执字第1号', '苏0391'],
    ['（2014）新执字第1号', '苏0381'],
  ])('finds the owner of %s', (number, code) => {
    expect(registry.ownerOf(parseCaseNumber(number))?.code).toBe(code);
  });

  it.each(['（2017）苏执1号', '（2017）苏0302执1号', '（2017）苏0301执1号', '（2017）新执1号', '（2014）苏执字第1号'])(
    'has no owner of %s',
    (number) => {
      expect(registry.ownerOf(parseCaseNumber(number))).toBeUndefined();
    },
  );
});

describe('parseCourtRegistry', () => {
  it('orders by bytes whatever the order of the file', () => {
    const { courts } = parseCourtRegistry({ courts: [tongshan, city] });
    expect(courts.map(({ code }) => code)).toEqual(['苏03', '苏0312']);
  });

  it('gives a merged court the numbers of the court that it took in', () => {
    const registry = parseCourtRegistry({ courts: [{ ...tongshan, codes: ['苏0312', '苏0323'] }, city] });
    expect(registry.ownerOf(parseCaseNumber('（2017）苏0323执1号'))?.code).toBe('苏0312');
    expect(registry.byCode('苏0323')?.code).toBe('苏0312');
  });

  it('takes the address of a court that runs elsewhere', () => {
    const endpoint = { url: 'https://tongshan.example/graphql' };
    expect(parseCourtRegistry({ courts: [{ ...tongshan, endpoint }] }).courts[0]?.endpoint).toEqual(endpoint);
  });

  it('takes several addresses of one court, the preferred one first', () => {
    const urls = ['https://one.example/graphql', 'https://two.example/graphql'];
    const [court] = parseCourtRegistry({ courts: [{ ...tongshan, endpoint: { urls } }] }).courts;
    expect(court?.endpoint).toEqual({ urls });
    expect(urlsOf(court!.endpoint)).toEqual(urls);
    expect(urlsOf({ url: urls[1]! })).toEqual([urls[1]]);
    expect(urlsOf('embedded')).toEqual([]);
  });

  it.each<[unknown, string]>([
    [{ urls: [] }, 'endpoint.urls (苏0312): is no endpoint; expected at least one address'],
    [
      { urls: ['http://one/graphql', 'ftp://two'] },
      'endpoint.urls[1] (苏0312): is no endpoint; expected an http or https address',
    ],
    [{ urls: ['http://one/graphql', 'http://ONE:80/graphql'] }, 'endpoint.urls (苏0312): name one address twice'],
    [
      { url: 'http://one/graphql', urls: ['http://two/graphql'] },
      'endpoint (苏0312): is no endpoint; expected "embedded", ',
    ],
    [
      {},
      'endpoint (苏0312): is no endpoint; expected "embedded", { "url": "https://…" }, { "urls": ["https://…", …] } or { "hub": "xuzhou" }',
    ],
    [{ hub: '苏03' }, 'endpoint.hub (苏0312): is no name of a hub; expected small letters, digits and hyphens'],
    [{ hub: 'xuzhou' }, 'endpoint (苏0312): there is no hub "xuzhou" among "hubs"'],
    ['remote', 'endpoint (苏0312): is no endpoint; expected "embedded", '],
  ])('says what is wrong with the endpoint %j', (endpoint, fault) => {
    const { message } = thrownBy(() => parseCourtRegistry({ courts: [{ ...tongshan, endpoint }] }));
    expect(message).toContain(`courts[0].${fault}`);
  });

  it('reports all faults together, one a line, with place and court', () => {
    const faulty = {
      courts: [
        tongshan,
        { ...city, code: '苏031', codes: ['苏031', '苏0312'], division: '3203', endpoint: { url: 'ftp://x' } },
        { ...city, legacyPrefixes: ['铜', '铜执'], codes: [], contractVersion: '1', colour: 'red' },
        { ...tongshan, level: 'HIGH', name: ' ', legacyPrefixes: [] },
        'a court',
      ],
    };
    const lines = thrownBy(() => parseCourtRegistry(faulty)).message.split('\n');
    const reported = (start: string): boolean => lines.some((line) => line.startsWith(`- ${start}`));
    expect(lines[0]).toBe('the registry of courts has faults:');
    for (const start of [
      'courts[1].code (苏031): is no court code; expected a province character',
      'courts[1].codes[0] (苏031): is no court code',
      'courts[1].codes (苏031): 苏0312 is claimed already by courts[0]',
      'courts[1].division (苏031): is no division of GB/T 2260; expected six digits',
      'courts[1].endpoint.url (苏031): is no endpoint; expected an http or https address',
      'courts[2].legacyPrefixes[1] (苏03): is no prefix of older case numbers; expected one to four',
      'courts[2].legacyPrefixes (苏03): 铜 is claimed already by courts[0]',
      "courts[2].codes (苏03): lacks the court's own code 苏03",
      'courts[2].contractVersion (苏03): is no contract version',
      'courts[2] (苏03): Unrecognized key: "colour"',
      'courts[3].level (苏0312): Invalid option',
      'courts[3].name (苏0312): Too small',
      'courts[3].code (苏0312): 苏0312 is claimed already by courts[0]',
      'courts[4]: Invalid input',
    ]) {
      expect(reported(start), `${start}\nin\n${lines.join('\n')}`).toBe(true);
    }
  });

  it.each([
    'http://user:word@court.example/graphql',
    'not an address',
    'https://court.example/#part',
    'file:///etc/hosts',
  ])('refuses the endpoint %s', (url) => {
    expect(() => parseCourtRegistry({ courts: [{ ...tongshan, endpoint: { url } }] })).toThrow('courts[0].endpoint');
  });

  it.each([null, [], {}, { courts: [] }, 'courts'])('refuses %j, which lists no court', (json) => {
    expect(() => parseCourtRegistry(json)).toThrow(/the registry of courts has faults:\n- (the file|courts): /);
  });
});

describe('readCourtRegistry', () => {
  it('says which file is not JSON', () => {
    expect(() => readCourtRegistry(import.meta.filename)).toThrow(
      'court-registry.test.ts is not JSON; expected a file such as',
    );
  });
});
