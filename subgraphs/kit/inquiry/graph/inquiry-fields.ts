import { Field, ID, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../../scalars/date-time.ts';
import { type CoverageStatus, coverageStatuses } from './coverage-status.ts';
import { ReturnedRequest } from './returned-request.ts';

/** What every agency's inquiry says about itself, whatever was found. */
@ObjectType()
export abstract class InquiryFields {
  @Field(() => coverageStatuses, { description: 'State of the inquiry (查询状态).' })
  status: CoverageStatus;

  @Field(() => String, {
    nullable: true,
    description: 'Why there is no answer (原因); a returned request says whom to call.',
  })
  reason: string | null;

  @Field(() => ReturnedRequest, {
    nullable: true,
    description: 'The same of a returned request in its parts (回退信息); null for every other.',
  })
  returned: ReturnedRequest | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Number of the request (查询请求单号); null when the agency was not asked.',
  })
  requestNumber: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Number under which the answer is to come (回执号); null when none is to come.',
  })
  ticket: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the agency answered (反馈时间).' })
  answeredAt: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When an answer is expected, while it is pending (预计反馈时间).',
  })
  expectedBy: Date | null;
}
