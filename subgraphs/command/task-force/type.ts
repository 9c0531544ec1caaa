import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { TaskForceCriteria } from '../criteria/type.ts';
import { DateTimeScalar } from '../../kit/scalars/date-time.ts';

@ObjectType({
  description: 'A joint special action across courts (专项行动), led by the command centre (执行指挥中心).',
  simpleResolvers: true,
})
@Directive('@key(fields: "id")')
export class TaskForce {
  @Field(() => ID, { description: 'Identity of the task force (专项行动标识).' })
  id: string;

  @Field(() => String, { nullable: true, description: 'Name of the action (专项行动名称).' })
  name: string;

  @Field(() => String, { nullable: true, description: 'What it is for (行动目的).' })
  purpose: string | null;

  @Field(() => TaskForceCriteria, { nullable: true, description: 'Which cases belong to it (案件范围).' })
  criteria: TaskForceCriteria;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was created (创建时间).' })
  createdAt: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was last changed (更新时间).' })
  updatedAt: Date;
}
