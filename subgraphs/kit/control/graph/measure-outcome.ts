import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { DateScalar, MoneyScalar } from '../../inquiry/graph/scalars.ts';
import { DateTimeScalar } from '../../scalars/date-time.ts';

/** What became of an order. */
export const measureStatuses = {
  SUCCESS: 'SUCCESS',
  PARTIAL: 'PARTIAL',
  FAILED: 'FAILED',
  PENDING: 'PENDING',
  REFUSED: 'REFUSED',
  TIMEOUT: 'TIMEOUT',
  UNREACHABLE: 'UNREACHABLE',
} as const;
export type MeasureStatus = keyof typeof measureStatuses;

registerEnumType(measureStatuses, {
  name: 'MeasureStatus',
  description: 'What became of an order to control property (控制结果).',
  valuesConfig: {
    SUCCESS: {
      description:
        'Carried out as ordered (控制成功), on the waiting list where an earlier measure stands before it, and on an empty account up to the limit.',
    },
    PARTIAL: { description: 'Carried out, and not as ordered (部分控制); the reason says in which way.' },
    FAILED: {
      description:
        'The agency could not carry it out, or nothing is held of what it renews or releases (控制失败), for good; the reason says why.',
    },
    PENDING: {
      description:
        'Handed in, not answered yet (待反馈); with a reason: not handed in yet, since it waits for the order that it renews or releases.',
    },
    REFUSED: {
      description:
        'May not be carried out, or not yet, or the request was returned (拒绝或回退); the reason says which.',
    },
    TIMEOUT: { description: 'No answer within the deadline (超时); whoever reads again hands it in again.' },
    UNREACHABLE: {
      description:
        'Cannot be reached, or its answer cannot be read (无法连通); whoever reads again hands it in again, under the same number.',
    },
  },
});

/**
 * 控制结果, as every agency tells it. Each has a type of its own: Hive Gateway cannot serve one type that several subgraphs
 * give as what they compute of an order (docs/other-engines.md).
 */
@ObjectType()
export abstract class OutcomeFields {
  @Field(() => measureStatuses, { description: 'What became of it (控制结果).' })
  status: MeasureStatus;

  @Field(() => String, {
    nullable: true,
    description:
      'Why it is not as ordered (原因): the words of the agency, or BALANCE_BELOW_ORDER, MORE_THAN_ORDERED, LONGER_THAN_ORDERED, NOTHING_HELD, ORIGIN_NOT_HANDED_IN, ORIGIN_PENDING, RELEASE_PENDING, ….',
  })
  reason: string | null;

  @Field(() => MoneyScalar, {
    nullable: true,
    description: 'The amount that is held (实际控制金额); null where none was ordered, or it cannot be told.',
  })
  controlledAmount: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'First day (控制起始日).' })
  from: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day (控制截止日); null while it waits.' })
  until: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Place in line when it was carried out (轮候顺位): 0 is effective, n is the n-th in waiting. What it is now, an inquiry says.',
  })
  queuePosition: number | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Number of the request (控制请求单号); null when the agency was not asked.',
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
