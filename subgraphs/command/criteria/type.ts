import { Field, ID, ObjectType } from 'type-graphql';
import type { CaseStage } from '../../../common/vocabulary.ts';
import { MoneyScalar } from '../../kit/scalars/money.ts';

/** Criteria in their one spelling: amounts are fen, lists have no doubles and are in the order of what they name. */
@ObjectType({
  description:
    'Which cases belong to a task force (专项行动案件范围). All conditions hold together; an absent one is null and excludes nothing. At least one is there.',
  simpleResolvers: true,
})
export class TaskForceCriteria {
  @Field(() => ID, { nullable: true, description: 'The creditor is this person (申请执行人的人员标识).' })
  creditorPersonId: string | null;

  @Field(() => String, { nullable: true, description: "The creditor's name contains this (申请执行人姓名或名称)." })
  creditorName: string | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'At least this much outstanding (尚未执行金额下限).' })
  amountOutstandingMin: bigint | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'At most this much outstanding (尚未执行金额上限).' })
  amountOutstandingMax: bigint | null;

  @Field(() => [String], {
    nullable: true,
    description: 'In one of these stages (案件进展阶段), words of CaseStage.',
  })
  stages: readonly CaseStage[] | null;

  @Field(() => [ID], { nullable: true, description: 'Cases of these courts (法院代字).' })
  courts: readonly string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Some debtor lives in one of these provinces (被执行人住所地省份), by full name: 江苏省.',
  })
  provinces: readonly string[] | null;
}
