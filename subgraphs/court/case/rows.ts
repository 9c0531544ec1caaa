import { sql } from 'kysely';
import type { TeamType } from '../../../common/vocabulary.ts';
import type { Case } from './type.ts';
import type { Plain } from '../plain.ts';

/** A case as the database gives it. */
export interface CaseRow extends Omit<Plain<Case>, 'team'> {
  teamName: string | null;
  teamType: TeamType | null;
  teamJudge: string | null;
}

/** What to select from `enforcement_case as c`. */
export const caseSelection = [
  sql<string>`c.number_key`.as('number'),
  sql<CaseRow['type']>`c.type`.as('type'),
  sql<CaseRow['stage']>`c.stage`.as('stage'),
  sql<string | null>`c.filed_on`.as('filedOn'),
  sql<string | null>`c.closed_on`.as('closedOn'),
  sql<CaseRow['closingMode']>`c.closing_mode`.as('closingMode'),
  sql<bigint | null>`c.amount_due`.as('amountDue'),
  sql<bigint | null>`c.amount_recovered`.as('amountRecovered'),
  sql<bigint | null>`c.amount_outstanding`.as('amountOutstanding'),
  sql<string | null>`c.predecessor_key`.as('predecessorNumber'),
  sql<string | null>`c.successor_key`.as('successorNumber'),
  sql<CaseRow['transferKind']>`c.transfer_kind`.as('transferKind'),
  sql<string | null>`c.team_name`.as('teamName'),
  sql<TeamType | null>`c.team_type`.as('teamType'),
  sql<string | null>`c.team_judge`.as('teamJudge'),
] as const;

/** The case that a row stands for. */
export function toCase({ teamName, teamType, teamJudge, ...row }: CaseRow): Plain<Case> {
  return { ...row, team: teamName === null ? null : { name: teamName, type: teamType, judge: teamJudge } };
}
