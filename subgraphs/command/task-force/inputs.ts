import { Field, InputType } from 'type-graphql';
import { TaskForceCriteriaInput } from '../criteria/input.ts';

@InputType({ description: 'A new task force (新建专项行动).' })
export class CreateTaskForceInput {
  @Field(() => String, { description: 'Name of the action (专项行动名称), 1 to 200 characters.' })
  name: string;

  @Field(() => String, { nullable: true, description: 'What it is for (行动目的), at most 2,000 characters.' })
  purpose?: string | null | undefined;

  @Field(() => TaskForceCriteriaInput, { description: 'Which cases belong to it (案件范围).' })
  criteria: TaskForceCriteriaInput;
}

@InputType({ description: 'What changes of a task force (修改专项行动); what is absent stays as it is.' })
export class UpdateTaskForceInput {
  @Field(() => String, {
    nullable: true,
    description: 'Another name (专项行动名称), 1 to 200 characters; it cannot be null.',
  })
  name?: string | null | undefined;

  @Field(() => String, {
    nullable: true,
    description: 'Another purpose (行动目的), at most 2,000 characters; null for none.',
  })
  purpose?: string | null | undefined;

  @Field(() => TaskForceCriteriaInput, {
    nullable: true,
    description: 'Other criteria in the place of all there were (案件范围); they cannot be null.',
  })
  criteria?: TaskForceCriteriaInput | null | undefined;
}
