import { Directive, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeScalar } from '../scalars/date-time.ts';
import type { Plain } from '../plain.ts';

export const CoverageStatusEnum = {
  FOUND: 'FOUND',
  NONE: 'NONE',
  PENDING: 'PENDING',
  REFUSED: 'REFUSED',
  TIMEOUT: 'TIMEOUT',
  UNREACHABLE: 'UNREACHABLE',
  NOT_ASKED: 'NOT_ASKED',
  DEGRADED: 'DEGRADED',
} as const;
export type CoverageStatus = keyof typeof CoverageStatusEnum;

registerEnumType(CoverageStatusEnum, {
  name: 'CoverageStatus',
  description: 'What came of asking one court or agency (覆盖状态).',
  valuesConfig: {
    FOUND: { description: 'It answered: something matches (有记录).' },
    NONE: { description: 'It answered: nothing matches (无记录).' },
    PENDING: { description: 'It has taken the question and not answered yet (待反馈).' },
    REFUSED: { description: 'It may not or cannot answer (拒绝).' },
    TIMEOUT: { description: 'It did not answer in time (超时).' },
    UNREACHABLE: { description: 'It could not be reached, or what came was no answer (不可达).' },
    NOT_ASKED: { description: 'The question itself excludes it (未询问).' },
    DEGRADED: { description: 'It answered, but fields or rows are missing (部分缺失).' },
  },
});

export const CoverageSelectionEnum = { ALL: 'ALL', GAPS: 'GAPS' } as const;
export type CoverageSelection = keyof typeof CoverageSelectionEnum;

registerEnumType(CoverageSelectionEnum, {
  name: 'CoverageSelection',
  description: 'Which courts to list (列出范围).',
  valuesConfig: {
    ALL: { description: 'Every court (全部).' },
    GAPS: { description: 'Only those whose answer is missing (仅缺口).' },
  },
});

@ObjectType({ description: 'A court, known here by its code alone (法院).', simpleResolvers: true })
@Directive('@key(fields: "code", resolvable: false)')
export class Court {
  @Field(() => ID, { description: 'Court code (法院代字), such as 苏0312.' })
  code: string;
}

@ObjectType({ description: 'What came of asking one court (法院覆盖情况).', simpleResolvers: true })
export class CourtCoverage {
  @Field(() => Court, { description: 'The court (法院).' })
  court: Plain<Court>;

  @Field(() => CoverageStatusEnum, { description: 'Status over the whole filter, never over the page (状态).' })
  status: CoverageStatus;

  @Field(() => String, { nullable: true, description: 'Why an answer is missing (原因).' })
  reason: string | null;

  /** Its resolver reads it: most answers are not asked for it. */
  @Field(() => DateTimeScalar, { nullable: true, description: "The court's own clock when it answered (数据时点)." })
  asOf?: Date | null;

  /** For the hub to say: a court that answers does not know when it arrives. */
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: "When the hub received the answer, by the hub's clock; a court itself says nothing here (收到时点).",
  })
  receivedAt?: Date | null;

  @Field(() => Int, { nullable: true, description: 'Milliseconds that the answer took (耗时).' })
  elapsedMs: number | null;

  @Field(() => [String], { nullable: true, description: 'Fields that the court could not give (缺失字段).' })
  missingFields: string[] | null;
}

@ObjectType({ description: 'Whose rows an answer speaks of (覆盖范围).', simpleResolvers: true })
export class Coverage {
  @Field(() => Boolean, { description: 'Whether every court is FOUND, NONE or NOT_ASKED (是否完整).' })
  complete: boolean;

  /** Read by the resolver of `courts`. */
  all: readonly Plain<CourtCoverage>[];
}
