import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import {
  isRole,
  mostTaskForces,
  parseViewer,
  roleNames,
  roles,
  toClaims,
  type Viewer,
} from '../../../common/viewer.ts';
import { thrownBy } from './thrown-by.ts';

const judge = { sub: 'u-17', role: 'judge', court: '苏0312' };

describe('a viewer', () => {
  test('is read out of the claims of a token, whatever else stands there', () => {
    const claims = {
      ...judge,
      task_forces: ['tf-1', 'tf-2', 'tf-1'],
      work_id: '苏0312-G001',
      duty_certificate: '苏0312-执001',
      iss: 'https://issuer.example',
      given_name: '伟',
    };
    expect(parseViewer(claims)).toEqual({
      subject: 'u-17',
      role: 'judge',
      court: '苏0312',
      taskForces: ['tf-1', 'tf-2'],
      workId: '苏0312-G001',
      dutyCertificate: '苏0312-执001',
    });
    expect(parseViewer({ sub: 'somebody', role: 'public', court: null })).toEqual({
      subject: 'somebody',
      role: 'public',
      court: null,
      taskForces: [],
      workId: null,
      dutyCertificate: null,
    });
  });

  test('comes back from the claims that are made of it', () => {
    const word = fc.stringMatching(/^[a-z][a-z0-9-]{0,5}$/);
    const viewers = fc
      .record({
        subject: word,
        role: fc.constantFrom(...roleNames),
        court: fc.constantFrom('苏03', '苏0312', '京'),
        taskForces: fc.uniqueArray(word, { minLength: 1, maxLength: 4 }),
        workId: fc.option(word),
        dutyCertificate: fc.option(word),
      })
      .map((viewer): Viewer => {
        if (roles[viewer.role].court !== 'never') return viewer;
        return { ...viewer, court: null, taskForces: [], workId: null, dutyCertificate: null };
      });
    fc.assert(
      fc.property(viewers, (viewer) => {
        expect(parseViewer(JSON.parse(JSON.stringify(toClaims(viewer))))).toEqual(viewer);
      }),
    );
  });

  test.each([
    ['nothing', undefined, 'what tells the viewer are no claims; expected an object such as'],
    ['no subject', { ...judge, sub: undefined }, '"sub" is no text; expected 1 to 128 visible characters'],
    ['an empty subject', { ...judge, sub: '' }, '"sub" cannot be read'],
    ['a subject with a line break', { ...judge, sub: 'a\nb' }, '"sub" cannot be read'],
    ['a subject that turns the line round', { ...judge, sub: 'a\u202eb' }, '"sub" cannot be read'],
    ['a subject with blanks about it', { ...judge, sub: ' a' }, '"sub" cannot be read'],
    ['a long subject', { ...judge, sub: 'a'.repeat(129) }, '"sub" cannot be read'],
    ['no role', { sub: 'a', court: '苏0312' }, '"role" is missing or no role; expected one of judge, assistant'],
    ['a role that is none', { ...judge, role: 'god' }, '"role" is missing or no role; expected one of judge'],
    ['a role of the language', { ...judge, role: 'constructor' }, '"role" is missing or no role'],
    ['several roles', { ...judge, role: ['judge', 'auditor'] }, '"role" is missing or no role'],
    [
      'a court that is none',
      { ...judge, court: '0312' },
      '"court" is no court; expected the code of one, such as 苏0312',
    ],
    ['a judge of no court', { sub: 'a', role: 'judge' }, '"court" is missing; expected the court of a judge'],
    ['one task force that is no list', { ...judge, task_forces: 'tf-1' }, '"task_forces" is no list'],
    [
      'too many task forces',
      { ...judge, task_forces: Array.from({ length: mostTaskForces + 1 }, (_, index) => `tf-${index}`) },
      '"task_forces" has too many; expected at most 64',
    ],
    ['a member of nothing', { ...judge, role: 'task-force-member' }, '"task_forces" is empty; expected at least one'],
    ['a lawyer with a court', { ...judge, role: 'lawyer' }, '"court" stands beside a role outside the courts'],
    ['the public with a certificate', { sub: 'a', role: 'public', duty_certificate: '1' }, '"duty_certificate" stands'],
    ['the public in a task force', { sub: 'a', role: 'public', task_forces: ['tf'] }, '"task_forces" stands beside'],
  ])('is not read out of %s', (_, claims, problem) => {
    const fault = thrownBy(() => parseViewer(claims));
    expect(fault).toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(fault.message).toContain(problem);
  });

  test.each(['sub', 'work_id', 'duty_certificate', 'task_forces'])('holds no identity number in %s', (claim) => {
    for (const number of [
      '11010519491231002X',
      '１１０１０５１９４９１２３１００２Ｘ',
      '110105491231002',
      'id110105194912310020',
    ]) {
      const fault = thrownBy(() => parseViewer({ ...judge, [claim]: claim === 'task_forces' ? [number] : number }));
      expect(fault.message).toContain('without an identity number');
      expect(fault.message).not.toContain(number.normalize('NFKC').slice(2));
    }
  });

  test('may be known by a UUID, digits and all', () => {
    const sub = '11010519-4912-4310-8020-110105194912';
    expect(parseViewer({ ...judge, sub }).subject).toBe(sub);
  });
});

test('a role is a word of the table and nothing that every object has', () => {
  expect(roleNames).toEqual([
    'judge',
    'assistant',
    'clerk',
    'police',
    'command-centre',
    'task-force-member',
    'supervisor',
    'auditor',
    'court-it',
    'lawyer',
    'public',
  ]);
  expect(['toString', '__proto__', 'Judge', ''].filter(isRole)).toEqual([]);
});
