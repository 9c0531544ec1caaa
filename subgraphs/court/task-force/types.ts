import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { MoneyScalar } from '../../kit/scalars/money.ts';

/**
 * Which cases a task force is about. The command centre keeps it; courts only read it. Each absent condition is null: one
 * that is left out was lost on the way.
 */
@ObjectType({ description: 'Which cases a task force is about (办案范围). All conditions hold together.' })
export class TaskForceCriteria {
  @Directive('@external')
  @Field(() => ID, { nullable: true, description: 'An applicant is this person (申请执行人标识).' })
  creditorPersonId: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'The name of an applicant contains this (申请执行人名称).' })
  creditorName: string | null;

  @Directive('@external')
  @Field(() => MoneyScalar, { nullable: true, description: 'At least this much outstanding (尚未执行金额下限).' })
  amountOutstandingMin: string | null;

  @Directive('@external')
  @Field(() => MoneyScalar, { nullable: true, description: 'At most this much outstanding (尚未执行金额上限).' })
  amountOutstandingMax: string | null;

  @Directive('@external')
  @Field(() => [String], {
    nullable: true,
    description: 'In one of these stages, as `CaseStage` has them (案件进展阶段).',
  })
  stages: string[] | null;

  @Directive('@external')
  @Field(() => [ID], { nullable: true, description: 'Cases of these courts, by code (法院代字).' })
  courts: string[] | null;

  @Directive('@external')
  @Field(() => [String], {
    nullable: true,
    description: 'Some debtor lives in one of these provinces (被执行人住所地省份).',
  })
  provinces: string[] | null;
}

@ObjectType({
  description: 'A joint task force of several courts (专项行动), as far as a court needs it.',
  simpleResolvers: true,
})
@Directive('@key(fields: "id")')
export class TaskForce {
  @Field(() => ID, { description: 'Identifier (专项行动标识).' })
  id: string;

  @Directive('@external')
  @Field(() => TaskForceCriteria, { nullable: true, description: 'Which cases it is about (办案范围).' })
  criteria: TaskForceCriteria | null;
}

/** What `TaskForce.cases` requires of the command centre: every condition, so that none is lost unnoticed. */
export const criteriaRequirement =
  'criteria { creditorPersonId creditorName amountOutstandingMin amountOutstandingMax stages courts provinces }';
