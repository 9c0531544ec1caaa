import { describe, expect, it } from 'vitest';
import { accountsOf } from '../../../mocks/upstreams/bank/accounts.ts';
import { type Holder, rightsOf } from '../../../mocks/upstreams/property/rights.ts';
import { filedAs } from '../../../mocks/upstreams/request.ts';
import { vehiclesOf } from '../../../mocks/upstreams/vehicle/vehicles.ts';
import { agencies, parties, party, residentNumber, start } from './fixture.ts';

const [bank, vehicle, property] = agencies;
const people = parties(120);
const asked = people.map(({ subject }) => ({
  BDHM: 'REQUEST1',
  XM: subject.name,
  ZJLX: '居民身份证',
  DSRZJHM: subject.idNumber,
  FIFTEENZJH: subject.idNumber.slice(0, 6) + subject.idNumber.slice(8, 17),
}));
const instant = /^2018-01-04T09:\d\d:\d\d\.\d{3}\+08:00$/;

describe('an answer', () => {
  it('of the bank holds every account of its debtor and no other, whatever the order of arrival', async () => {
    await using line = await start(bank);
    const inquiries = await line.ask(
      people,
      `accounts { bankName branch number currency balance available accountStatus openedOn
         priorFreezes { sequence authority documentNumber amount until } }`,
    );
    const sorted = (rows: readonly object[]) => rows.map((row) => JSON.stringify(row)).sort();
    inquiries.forEach((inquiry, n) => {
      const truth = accountsOf('tests', filedAs({ ...asked[n]!, ...rest })).map((account) => ({
        bankName: account.YHMC,
        branch: account.KHWD,
        number: '★'.repeat(account.KHZH.length - 4) + account.KHZH.slice(-4),
        currency: account.BZ,
        balance: account.YE,
        available: account.KYYE,
        accountStatus: account.ZHZT,
        openedOn: account.KHRQ,
        priorFreezes: account.DJXX.map((freeze) => ({
          sequence: freeze.XH,
          authority: freeze.DJJG,
          documentNumber: freeze.DJWH,
          amount: freeze.DJJE,
          until: freeze.DJJZRQ,
        })),
      }));
      expect(sorted(inquiry['accounts'] as object[])).toEqual(sorted(truth));
      expect(inquiry).toMatchObject({ status: truth.length === 0 ? 'NONE' : 'FOUND', reason: null, expectedBy: null });
      expect(inquiry.answeredAt).toMatch(instant);
    });
    expect(new Set(inquiries.map(({ status }) => status))).toEqual(new Set(['FOUND', 'NONE']));
    expect(
      inquiries.some((inquiry) =>
        (inquiry['accounts'] as { priorFreezes: unknown[] }[]).some((a) => a.priorFreezes.length > 0),
      ),
    ).toBe(true);
  });

  it('of the vehicle administration has letters as a set, machines without a plate, and no invented value', async () => {
    await using line = await start(vehicle);
    const inquiries = await line.ask(
      people,
      `vehicles { plateNumber plateType vin machineSerial model statusLetters estimatedValue mortgages { holder since }
         seizures { authority documentNumber from until queuePosition } }`,
    );
    inquiries.forEach((inquiry, n) => {
      const truth = vehiclesOf('tests', filedAs({ ...asked[n]!, ...rest })).map((row) => ({
        plateNumber: row.HPHM === null ? null : '★'.repeat(row.HPHM.length - 3) + row.HPHM.slice(-3),
        plateType: row.HPZL,
        vin: row.CLSBDH,
        machineSerial: row.XLH,
        model: row.CLXH,
        statusLetters: Array.from(row.ZT).sort(),
        estimatedValue: null,
        mortgages: row.DYXX.map(({ DYQR, DYRQ }) => ({ holder: DYQR, since: DYRQ })),
        seizures: row.CFXX.map((seizure) => ({
          authority: seizure.CFJG,
          documentNumber: seizure.CFWH,
          from: seizure.CFQSRQ,
          until: seizure.CFJZRQ,
          queuePosition: seizure.LHXH,
        })),
      }));
      expect(inquiry['vehicles']).toEqual(truth);
      expect(inquiry.status).toBe(truth.length === 0 ? 'NONE' : 'FOUND');
      expect(inquiry.answeredAt).toMatch(instant);
    });
    expect(new Set(inquiries.map(({ status }) => status))).toEqual(new Set(['FOUND', 'NONE']));
  });

  it('of the registry joins the nine lists by unit, with the share of its debtor alone', async () => {
    await using line = await start(property);
    const inquiries = await line.ask(
      people,
      `units { location area share coOwnership rights unitNumber certificateNumber plannedUse estimatedValue
         mortgages { mortgagee securedAmount certificateNumber } seizures { kind queuePosition until } }`,
    );
    const shares = { '50%': '1/2', '1/3': '1/3', '33.33%': '3333/10000' } as Record<string, string>;
    inquiries.forEach((inquiry, n) => {
      const request = { ...asked[n]!, ...rest };
      const rights = rightsOf('tests', filedAs(request), request);
      const units = [...rights.FDCQ, ...rights.JSYDSYQ, ...rights.LQ, ...rights.YG].map((row) => {
        const own = (row['QLRXX'] as readonly Holder[]).find(({ ZJH }) => ZJH === request.DSRZJHM)!;
        return {
          location: row['FDZL'] ?? row['ZL'],
          area: row['JZMJ'] ?? row['MJ'],
          share: own.GYFS === '单独所有' ? '1/1' : own.GYFS === '共同共有' ? null : shares[own.QLBL],
          coOwnership: own.GYFS,
          unitNumber: row['BDCDYH'],
          estimatedValue: null,
          mortgages: rights.DYAQ.filter(({ BDCDYH }) => BDCDYH === row['BDCDYH']).map(({ DYQR, BDBZQSE }) => ({
            mortgagee: DYQR,
            securedAmount: BDBZQSE,
          })),
          seizures: rights.CFDJ.filter(({ BDCDYH }) => BDCDYH === row['BDCDYH']).map(({ LHXH, CFJSSJ }) => ({
            kind: LHXH === 0 ? 'SEAL' : 'WAITLIST',
            queuePosition: LHXH,
            until: CFJSSJ,
          })),
        };
      });
      expect(inquiry['units']).toMatchObject(units);
      expect(inquiry['units']).toHaveLength(units.length);
      expect(inquiry.status).toBe(units.length === 0 ? 'NONE' : 'FOUND');
    });
    const text = JSON.stringify(inquiries);
    expect(text).toMatch(/★\d{3}★/);
    // Co-owners are nobody's business: neither their numbers nor a certificate in full.
    expect(text).not.toMatch(/19700000/);
    expect(text).not.toMatch(/不动产权第/);
  });

  it.each(agencies)('of the $name is found by a 15-digit number too', async (agency) => {
    const found = people.map(({ subject }, n) => {
      const old = subject.idNumber.slice(0, 6) + subject.idNumber.slice(8, 17);
      return party(n + 500, { subject: { ...subject, idNumber: old } });
    });
    await using line = await start(agency);
    const now = await line.ask(people);
    const then = await line.ask(found);
    expect(then.map((inquiry) => inquiry[agency.records])).toEqual(now.map((inquiry) => inquiry[agency.records]));
    expect(now.some(({ status }) => status === 'FOUND')).toBe(true);
  });

  it.each(agencies)('of the $name is there at the first run on the default clock', async (agency) => {
    await using line = await start(agency, { waitMs: 2_000 }, { dayMs: 1_000 });
    const inquiries = await line.ask(people);
    expect(inquiries.filter(({ status }) => status !== 'FOUND' && status !== 'NONE')).toEqual([]);
  });

  it.each(agencies)('of the $name speaks of organisations by their code', async (agency) => {
    await using line = await start(agency);
    const [inquiry] = await line.ask([
      party(1, { subject: { name: '某公司', idType: 'UNIFIED_SOCIAL_CREDIT_CODE', idNumber: '91350100M000100Y43' } }),
    ]);
    expect(['FOUND', 'NONE']).toContain(inquiry!.status);
    expect(line.requests[0]!.body).toContain('统一社会信用代码');
    expect(line.requests[0]!.body).not.toContain(residentNumber(1));
  });
});

/** Columns of a request that no holding depends on. */
const rest = {
  FYMC: null,
  FYDM: null,
  CBR: null,
  YHDH: null,
  AH: null,
  GZZBH: null,
  GWZBH: null,
  CKH: null,
  WSBH: null,
  QFR: null,
  QFRQ: null,
  YXQZ: null,
};
