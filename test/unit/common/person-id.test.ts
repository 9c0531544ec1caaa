import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIdentity } from '../../../common/identity.ts';
import {
  caseKeyOfLocalPerson,
  localPersonId,
  personId,
  personIdVector,
  personKeyMark,
  type PersonKey,
} from '../../../common/person-id.ts';
import { residentCheck } from '../../../common/resident-id.ts';
import { thrownBy } from './thrown-by.ts';

const key: PersonKey = { version: 1, secret: Buffer.from('a secret of one test, 32 bytes..') };
const rotated: PersonKey = { version: 2, secret: key.secret };
const another: PersonKey = { version: 1, secret: Buffer.from('another secret, also 32 bytes...') };

describe('personId', () => {
  it.each(personIdVector.persons)('gives the published id of a $type', ({ type, number, id }) => {
    expect(personId(personIdVector.key, parseIdentity(number, type))).toBe(id);
  });

  it('is the HMAC-SHA256 that a court without this program computes', () => {
    const { secret } = personIdVector.key;
    const hmac = createHmac('sha256', secret).update('nonet/person-id\0person\x000\0RESIDENT_ID\x0011010519491231002X');
    expect(personIdVector.persons[0].id).toBe(`p0.${hmac.digest('base64url')}`);
  });

  it('joins the 15 and the 18 characters of one resident', () => {
    expect(personId(key, parseIdentity('110105491231002'))).toBe(personId(key, parseIdentity('11010519491231002x')));
  });

  it('joins the social credit code and the older code of one organisation', () => {
    const credit = personId(key, parseIdentity('91350100M000100Y43'));
    expect(personId(key, parseIdentity('M000100Y-4', 'ORGANISATION_CODE'))).toBe(credit);
    expect(personId(key, parseIdentity('M000100Y4', 'ORGANISATION_CODE'))).toBe(credit);
  });

  it('joins the renewals of one permit', () => {
    expect(personId(key, parseIdentity('H1234567801'))).toBe(personId(key, parseIdentity('H12345678')));
  });

  it('keeps the same number under different types apart', () => {
    const [number, number15, warnings] = ['830000199408230021', null, [] as string[]];
    const resident = { type: 'RESIDENT_ID', number, number15, warnings } as const;
    expect(personId(key, resident)).not.toBe(personId(key, { ...resident, type: 'HMT_RESIDENCE' }));
  });

  it('differs between people', () => {
    const numbers = Array.from({ length: 500 }, (_, index) => {
      const body = `32031219800101${String(index).padStart(3, '0')}`;
      return body + residentCheck(body);
    });
    expect(new Set(numbers.map((number) => personId(key, parseIdentity(number)))).size).toBe(500);
  });

  it('is another under another secret and under another version of the same secret', () => {
    const identity = parseIdentity('11010519491231002X');
    const hash = (key: PersonKey): string => personId(key, identity).split('.')[1]!;
    expect(new Set([key, rotated, another, personIdVector.key].map(hash)).size).toBe(4);
    expect(personId(rotated, identity)).toMatch(/^p2\.[A-Za-z0-9_-]{43}$/);
  });

  it('holds nothing of the number', () => {
    const id = personId(key, parseIdentity('11010519491231002X'));
    const text = id + Buffer.from(id.slice(3), 'base64url').toString('latin1');
    expect(text).not.toMatch(/110105|1949|002X/);
  });

  it.each([
    ['a secret below 32 bytes', { version: 1, secret: new Uint8Array(31) }, 'shorter than 32 bytes'],
    ['the published secret', { version: 1, secret: personIdVector.key.secret }, 'is no secret'],
    ['the version of the published secret', { version: 0, secret: key.secret }, 'is no secret'],
    ['a version that is no integer', { version: 1.5, secret: key.secret }, 'not an integer from 1'],
    ['a negative version', { version: -1, secret: key.secret }, 'not an integer from 1'],
  ])('refuses %s', (_, weak, problem) => {
    const work = (): string => personId(weak, parseIdentity('11010519491231002X'));
    expect(work).toThrow(problem);
    expect(thrownBy(work).message).not.toContain('1949');
  });
});

describe('personKeyMark', () => {
  it('is the published one for the published key', () => {
    expect(personKeyMark(personIdVector.key)).toBe(personIdVector.mark);
  });

  it('is equal for equal keys only, and no id of a person', () => {
    expect(personKeyMark({ ...key, secret: Uint8Array.from(key.secret) })).toBe(personKeyMark(key));
    expect(new Set([key, rotated, another].map(personKeyMark)).size).toBe(3);
    expect(() => caseKeyOfLocalPerson(personKeyMark(key))).toThrow('this is no id of a person');
  });
});

describe('localPersonId', () => {
  it('names one case, standard or older', () => {
    const keys = fc.constantFrom('2017 苏0312 执 00001234', '2014 铜 执恢 00000001 字');
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 999_999 }), (caseKey, ordinal) => {
        const id = localPersonId(caseKey, ordinal);
        expect(id).toMatch(/^u1\.[A-Za-z0-9_-]+$/);
        expect(caseKeyOfLocalPerson(id)).toBe(caseKey);
      }),
    );
  });

  it('differs between the parties of one case', () => {
    const caseKey = '2017 苏0312 执 00001234';
    expect(localPersonId(caseKey, 1)).not.toBe(localPersonId(caseKey, 11));
  });
});

describe('caseKeyOfLocalPerson', () => {
  it('is null for a person who is joined over the courts', () => {
    expect(caseKeyOfLocalPerson(personId(key, parseIdentity('11010519491231002X')))).toBeNull();
  });

  const encoded = (text: string): string => `u1.${Buffer.from(text).toString('base64url')}`;
  it.each([
    '',
    'p1.',
    'p1.short',
    `p01.${'A'.repeat(43)}`,
    'u1.',
    `u2.${Buffer.from('2017 苏0312 执 00001234/1').toString('base64url')}`,
    encoded('2017 苏0312 执 00001234'),
    encoded('2017 苏0312 执 00001234/0'),
    encoded('2017 苏0312 执 00001234/01'),
    encoded('2017 苏0312 执 1234/1'),
    `${encoded('2017 苏0312 执 00001234/1')}=`,
    `u1. ${encoded('2017 苏0312 执 00001234/1').slice(3)}`,
    '11010519491231002X',
    'u1.'.padEnd(10_000, 'A'),
  ])('refuses %j and does not repeat it', (id) => {
    const error = thrownBy(() => caseKeyOfLocalPerson(id));
    expect(error.message).toBe('this is no id of a person; expected an id as Person.id gives it');
  });
});
