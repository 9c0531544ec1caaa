import { Field, Int, ObjectType } from 'type-graphql';
import { coverageStatuses, type CoverageStatus } from '../../kit/inquiry/graph/coverage-status.ts';
import { DateTimeScalar } from '../../kit/scalars/date-time.ts';

/** 银行反馈情况. */
@ObjectType({ description: 'How it stands with one bank (银行反馈情况).', simpleResolvers: true })
export class BankStanding {
  @Field(() => String, {
    nullable: true,
    description: 'The bank (银行名称); null for one that is counted and not named.',
  })
  bankName: string | null;

  @Field(() => coverageStatuses, {
    description: 'FOUND, NONE (查无), PENDING, UNREACHABLE, or DEGRADED when rows of it were lost (反馈状态).',
  })
  status: CoverageStatus;

  @Field(() => String, {
    nullable: true,
    description: 'Why something is missing (原因): NOT_ON_LINE, GARBLED or ROWS_LOST.',
  })
  reason: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When this bank answered (反馈时间).' })
  answeredAt: Date | null;
}

/** 银行反馈覆盖. */
@ObjectType({
  description: 'Which banks were asked and which have answered (银行反馈覆盖): what is missing may hold accounts.',
  simpleResolvers: true,
})
export class BankCoverage {
  @Field(() => Boolean, { description: 'Whether every bank that was asked has answered, whole (是否完整).' })
  complete: boolean;

  @Field(() => Int, { description: 'Banks asked (查询银行数).' })
  asked: number;

  @Field(() => Int, { description: 'Banks that have answered, whole (已反馈银行数).' })
  answered: number;

  @Field(() => [BankStanding], { description: 'Bank by bank (各银行反馈情况).' })
  banks: BankStanding[];
}
