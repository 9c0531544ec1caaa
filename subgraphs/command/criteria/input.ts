import { Field, ID, InputType } from 'type-graphql';
import { MoneyScalar } from '../../kit/scalars/money.ts';

@InputType({
  description:
    'Which cases belong to a task force (专项行动案件范围). All conditions hold together; an absent or null one excludes nothing. At least one is needed, and an empty list is refused.',
})
export class TaskForceCriteriaInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The creditor is this person (申请执行人的人员标识), as Person.id gives it.',
  })
  creditorPersonId?: string | null | undefined;

  @Field(() => String, {
    nullable: true,
    description: "The creditor's name contains this (申请执行人姓名或名称), 2 to 200 characters.",
  })
  creditorName?: string | null | undefined;

  @Field(() => MoneyScalar, { nullable: true, description: 'At least this much outstanding (尚未执行金额下限).' })
  amountOutstandingMin?: bigint | null | undefined;

  @Field(() => MoneyScalar, { nullable: true, description: 'At most this much outstanding (尚未执行金额上限).' })
  amountOutstandingMax?: bigint | null | undefined;

  @Field(() => [String], {
    nullable: true,
    description: 'In one of these stages (案件进展阶段), words of CaseStage.',
  })
  stages?: readonly string[] | null | undefined;

  @Field(() => [ID], {
    nullable: true,
    description: 'Cases of these courts (法院代字); the code of a merged court stands for the court that has it now.',
  })
  courts?: readonly string[] | null | undefined;

  @Field(() => [String], {
    nullable: true,
    description: 'Some debtor lives in one of these provinces (被执行人住所地省份): 江苏省 or 江苏.',
  })
  provinces?: readonly string[] | null | undefined;
}
