import { createHash } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Viewer } from '../../common/viewer.ts';
import type { Database } from '../kit/database/database.ts';
import { createKysely } from '../kit/database/kysely.ts';
import { answerOnce } from '../kit/idempotency/answer-once.ts';
import { parseIdempotencyKey } from '../kit/idempotency/key.ts';
import { judgeOf } from './judge.ts';
import type { CourtSetting } from './setting.ts';
import type { Tables } from './tables.ts';

/** A change of one case, as a judge asks for it. */
export interface JudgedChange<Input extends { readonly caseNumber: string }, Made extends object> {
  readonly operation: string;
  readonly input: Input;
  readonly idempotencyKey: string;
  readonly viewer: Viewer | null;
  /** Who may make it, in words. */
  readonly rule: string;
  readonly make: (db: Kysely<Tables>, judge: Viewer) => Promise<Made>;
}

/** Makes a change once under its key, for a judge of the case's court and nobody else. */
export function changeOnce<Input extends { readonly caseNumber: string }, Made extends object>(
  setting: CourtSetting,
  database: Database,
  { operation, input, idempotencyKey, viewer, rule, make }: JudgedChange<Input, Made>,
): Promise<Made> {
  const judge = judgeOf(input.caseNumber, viewer, setting, rule);
  const key = parseIdempotencyKey(idempotencyKey);
  const asked = JSON.stringify([operation, judge.subject, Object.entries(input).sort()], (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  );
  const digest = createHash('sha256').update(asked).digest();
  return answerOnce(
    { database, now: setting.now },
    { key, digest, make: (own) => make(createKysely<Tables>(own), judge) },
  );
}
