/** Who asks: what is known of a person, or of a person's office, by which every rule about rights decides. */

import { z } from 'zod';

import { isCourtCode } from './case-number.ts';
import { hasIdentityNumberApart } from './identity-number.ts';
import { isUuid } from './private-text.ts';
import { ValueError } from './value-error.ts';

/**
 * Every role that there is, by the word that tokens have for it: its name for people, whether it is one of a court, and whether
 * who has it works on cases: to nobody else an identity number is shown, not even masked.
 */
export const roles = {
  judge: { chinese: '员额法官', english: 'judge', court: 'always', worksOnCases: true },
  assistant: { chinese: '法官助理', english: "judge's assistant", court: 'always', worksOnCases: true },
  clerk: { chinese: '书记员', english: 'clerk', court: 'always', worksOnCases: true },
  police: { chinese: '司法警察', english: 'judicial police', court: 'always', worksOnCases: true },
  'command-centre': { chinese: '执行指挥中心', english: 'command centre', court: 'always', worksOnCases: true },
  'task-force-member': {
    chinese: '专项行动成员',
    english: 'member of a task force',
    court: 'always',
    worksOnCases: true,
  },
  supervisor: { chinese: '执行监督人员', english: 'supervisor', court: 'always', worksOnCases: true },
  auditor: { chinese: '审计人员', english: 'auditor', court: 'maybe', worksOnCases: true },
  'court-it': { chinese: '法院信息技术人员', english: 'court IT', court: 'always', worksOnCases: false },
  lawyer: { chinese: '律师', english: 'lawyer', court: 'never', worksOnCases: false },
  public: { chinese: '社会公众', english: 'the public', court: 'never', worksOnCases: false },
} as const satisfies Readonly<Record<string, RoleEntry>>;

interface RoleEntry {
  readonly chinese: string;
  readonly english: string;
  /** Whether somebody of this role belongs to a court. */
  readonly court: 'always' | 'maybe' | 'never';
  readonly worksOnCases: boolean;
}

export type Role = keyof typeof roles;

/** Somebody who asks. No field can hold an identity number: an officer is known by his work. */
export interface Viewer {
  /** Who it is, in the words of whoever issued the token. */
  readonly subject: string;
  readonly role: Role;
  /** The code of the court that he belongs to: `苏0312`; null for whoever belongs to none. */
  readonly court: string | null;
  /** Ids of the task forces (专项行动) that he is a member of, each once. */
  readonly taskForces: readonly string[];
  /** 工作证编号. */
  readonly workId: string | null;
  /** 执行公务证编号. */
  readonly dutyCertificate: string | null;
}

/** A viewer as the claims of a token say it. */
export interface ViewerClaims {
  readonly sub: string;
  readonly role: Role;
  readonly court?: string;
  readonly task_forces?: readonly string[];
  readonly work_id?: string;
  readonly duty_certificate?: string;
}

/** The most task forces that one person is a member of. */
export const mostTaskForces = 64;

/**
 * Reads the viewer out of a token's claims; others than his are passed over. Throws ValueError for claims that are missing,
 * malformed or at odds with the role, with the claim's name and never its value.
 */
export function parseViewer(claims: unknown): Viewer {
  const read = viewerClaims.safeParse(claims);
  if (!read.success) {
    const { path, message } = read.error.issues[0]!;
    const [problem = '', expected = 'the claims of a viewer'] = message.split('; ');
    throw new ValueError(`${path.length === 0 ? 'what tells the viewer' : `"${path.join('.')}"`} ${problem}`, expected);
  }
  const { sub, role, court, task_forces, work_id, duty_certificate } = read.data;
  return {
    subject: sub,
    role,
    court: court ?? null,
    taskForces: [...new Set(task_forces)],
    workId: work_id ?? null,
    dutyCertificate: duty_certificate ?? null,
  };
}

/** The claims that `parseViewer` reads the same viewer from. */
export function toClaims({ subject, role, court, taskForces, workId, dutyCertificate }: Viewer): ViewerClaims {
  return {
    sub: subject,
    role,
    ...(court !== null && { court }),
    ...(taskForces.length > 0 && { task_forces: taskForces }),
    ...(workId !== null && { work_id: workId }),
    ...(dutyCertificate !== null && { duty_certificate: dutyCertificate }),
  };
}

/** Whether somebody works on cases; nobody knows that of a viewer who is not known. */
export function worksOnCases(viewer: Viewer | null): boolean {
  return viewer !== null && roles[viewer.role].worksOnCases;
}

/** Whether text is a role's word. */
export function isRole(text: string): text is Role {
  return Object.hasOwn(roles, text);
}

/** The words of all roles, in the order of the table. */
export const roleNames = Object.keys(roles).filter(isRole);

/** A name that others gave and that we only hold against another: nothing that cannot be seen, nothing that is private. */
function name(most: number) {
  const expected = `1 to ${most} visible characters, without an identity number`;
  return z
    .string({ error: `is no text; ${expected}` })
    .refine((text) => isVisible(text) && text.length <= most && !hasNumberOfPerson(text), {
      error: `cannot be read; ${expected}`,
    });
}

function isVisible(text: string): boolean {
  return /^[^\p{C}\p{Z}](?:[^\p{C}\p{Zl}\p{Zp}]*[^\p{C}\p{Z}])?$/u.test(text);
}

/** In a UUID runs of digits mean nothing. */
function hasNumberOfPerson(text: string): boolean {
  return !isUuid(text) && hasIdentityNumberApart(text);
}

const courtCode = z
  .string({ error: 'is no text; the code of a court, such as 苏0312' })
  .refine(isCourtCode, { error: 'is no court; the code of one, such as 苏0312' });

const viewerClaims = z
  .object(
    {
      sub: name(128),
      role: z.enum(roleNames, { error: `is missing or no role; one of ${roleNames.join(', ')}` }),
      court: courtCode.nullish(),
      task_forces: z
        .array(name(64), { error: `is no list; at most ${mostTaskForces} ids of task forces` })
        .max(mostTaskForces, { error: `has too many; at most ${mostTaskForces} ids of task forces` })
        .default([]),
      work_id: name(64).nullish(),
      duty_certificate: name(64).nullish(),
    },
    { error: 'are no claims; an object such as {"sub": "…", "role": "judge", "court": "苏0312"}' },
  )
  .superRefine(({ role, court, task_forces, work_id, duty_certificate }, context) => {
    const refuse = (claim: string, message: string) => context.addIssue({ code: 'custom', path: [claim], message });
    const belongs = roles[role].court;
    if (belongs === 'always' && court == null) refuse('court', `is missing; the court of a ${role}, such as 苏0312`);
    if (role === 'task-force-member' && task_forces.length === 0) {
      refuse('task_forces', 'is empty; at least one for a task-force-member');
    }
    if (belongs !== 'never') return;
    // Who holds no office cannot be given one's rights by a claim more.
    const office = { court, work_id, duty_certificate, task_forces: task_forces.length === 0 ? null : task_forces };
    for (const [claim, value] of Object.entries(office)) {
      if (value != null) refuse(claim, `stands beside a role outside the courts; none for ${role}`);
    }
  });
