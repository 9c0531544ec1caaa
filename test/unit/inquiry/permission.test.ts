import { describe, expect, it } from 'vitest';

import { grantsExtension } from '../../../common/grants.ts';
import { roleNames, roles, type Role, type Viewer } from '../../../common/viewer.ts';
import { permissionOf } from '../../../subgraphs/kit/inquiry/permission.ts';
import type { WritReference } from '../../../subgraphs/kit/inquiry/party.ts';

const viewerOf = (role: Role, court: string | null, taskForces: readonly string[] = []): Viewer => ({
  subject: 'somebody',
  role,
  court: roles[role].court === 'never' ? null : court,
  taskForces,
  workId: null,
  dutyCertificate: null,
});
const writ = (courtCode: string | null): WritReference => ({
  number: 'W1',
  agencies: ['BANK'],
  signedBy: '李法官',
  signedOn: '2018-01-01',
  validUntil: '2018-06-30',
  courtName: null,
  courtCode,
  handlerName: null,
  handlerPhone: null,
  workIdNumber: null,
  dutyCertificateNumber: null,
});
const caseNumber = '（2017）苏0312执1号';
const of = (viewer: Viewer | null, courtCode: string | null = '苏0312', extensions: object = {}) =>
  permissionOf(viewer, { ...extensions })({ caseNumber, writ: writ(courtCode) });

describe('whether an agency may be asked', () => {
  it.each(roleNames)('%s of the court of the case', (role) => {
    const may = role === 'judge' || role === 'assistant' || role === 'command-centre';
    const otherwise = role === 'task-force-member' ? 'CASE_NOT_IN_TASK_FORCE' : 'ROLE_MAY_NOT_ASK';
    expect(of(viewerOf(role, '苏0312', ['t']))).toBe(may ? null : otherwise);
  });

  it.each(['judge', 'assistant', 'command-centre'] as const)('%s of another court may not', (role) => {
    for (const court of ['苏0303', '苏031', '苏0', '苏']) {
      expect(of(viewerOf(role, court))).toBe('CASE_OF_OTHER_COURT');
    }
  });

  it('the command centre of the intermediate court may for the basic courts below it, and nobody else of that court', () => {
    expect(of(viewerOf('command-centre', '苏03'))).toBeNull();
    expect(of(viewerOf('command-centre', '苏04'))).toBe('CASE_OF_OTHER_COURT');
    expect(of(viewerOf('judge', '苏03'))).toBe('CASE_OF_OTHER_COURT');
    expect(of(viewerOf('judge', '苏03'), '苏03')).toBeNull();
    // A basic court is above nobody, whatever another code begins with.
    expect(of(viewerOf('command-centre', '苏0312'), '苏03')).toBe('CASE_OF_OTHER_COURT');
  });

  it('a member of a task force may for the cases that the hub found in it', () => {
    const member = viewerOf('task-force-member', '苏0303', ['t']);
    expect(of(member, '苏0312', { [grantsExtension]: [caseNumber] })).toBeNull();
    expect(of(member, '苏0312', { [grantsExtension]: ['（2017）苏0312执2号'] })).toBe('CASE_NOT_IN_TASK_FORCE');
    for (const nonsense of [undefined, null, 'all', { 0: caseNumber }]) {
      expect(of(member, '苏0312', { [grantsExtension]: nonsense })).toBe('CASE_NOT_IN_TASK_FORCE');
    }
  });

  it.each(roleNames)('%s of another court who is in a task force, about a case that the hub found in it', (role) => {
    const may = ['judge', 'assistant', 'command-centre', 'task-force-member'].includes(role);
    const extensions = { [grantsExtension]: [caseNumber] };
    expect(of(viewerOf(role, '苏0303', ['t']), '苏0312', extensions)).toBe(may ? null : 'ROLE_MAY_NOT_ASK');
  });

  it.each(['judge', 'assistant', 'command-centre'] as const)(
    '%s of a task force keeps the cases of his court',
    (role) => {
      const extensions = { [grantsExtension]: ['（2017）苏0303执2号'] };
      expect(of(viewerOf(role, '苏0312', ['t']), '苏0312', extensions)).toBeNull();
      expect(of(viewerOf(role, '苏0305', ['t']), '苏0312', extensions)).toBe('CASE_OF_OTHER_COURT');
    },
  );

  it('what the hub found is of no use to others', () => {
    expect(of(viewerOf('lawyer', null), '苏0312', { [grantsExtension]: [caseNumber] })).toBe('ROLE_MAY_NOT_ASK');
    expect(of(viewerOf('judge', '苏0303'), '苏0312', { [grantsExtension]: [caseNumber] })).toBe('CASE_OF_OTHER_COURT');
  });

  it('nobody may on behalf of nobody', () => {
    expect(of(null)).toBe('UNKNOWN_VIEWER');
  });

  it('a writ that does not say whose it is gives no court a right', () => {
    expect(of(viewerOf('judge', '苏0312'), null)).toBe('CASE_OF_OTHER_COURT');
    expect(of(viewerOf('command-centre', '苏03'), null)).toBe('CASE_OF_OTHER_COURT');
  });
});
