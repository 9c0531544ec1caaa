import { Directive, Field, ObjectType } from 'type-graphql';
import { coverageStatuses, type CoverageStatus } from '../../../kit/inquiry/graph/coverage-status.ts';
import { DateTimeScalar } from '../../../kit/scalars/date-time.ts';

/** What a summary reads of every agency's inquiry; the agency resolves it. */
@ObjectType()
export abstract class ReadInquiry {
  @Directive('@external')
  @Field(() => coverageStatuses, { description: 'State of the inquiry (查询状态).' })
  status: CoverageStatus;

  @Directive('@external')
  @Field(() => DateTimeScalar, { nullable: true, description: 'When the agency answered (反馈时间).' })
  answeredAt: Date | null;
}
