import { Arg, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import { keyDescription } from '../../kit/idempotency/conflict.ts';
import type { CommandContext } from '../context.ts';
import { leaderOf } from './leader.ts';
import { CreateTaskForceInput, UpdateTaskForceInput } from './inputs.ts';
import { TaskForce } from './type.ts';

const who =
  'By command centres alone (限执行指挥中心): that of the intermediate court, and that of a basic court where the criteria name its court.';

// Decorators of parameters run from the last to the first, and so the arguments stand in reverse here.
@Resolver()
export class TaskForceMutations {
  @Mutation(() => TaskForce, { nullable: true, description: `Creates a task force (新建专项行动). ${who}` })
  createTaskForce(
    @Arg('idempotencyKey', () => ID, { description: keyDescription }) idempotencyKey: string,
    @Arg('input', () => CreateTaskForceInput, { description: 'The new task force (专项行动内容).' })
    input: CreateTaskForceInput,
    @Ctx() { changes, registry, viewer }: CommandContext,
  ): Promise<TaskForce> {
    return changes.create(input, idempotencyKey, leaderOf(viewer, registry));
  }

  @Mutation(() => TaskForce, { nullable: true, description: `Changes a task force (修改专项行动). ${who}` })
  updateTaskForce(
    @Arg('idempotencyKey', () => ID, { description: keyDescription }) idempotencyKey: string,
    @Arg('input', () => UpdateTaskForceInput, { description: 'What changes (修改内容).' })
    input: UpdateTaskForceInput,
    @Arg('id', () => ID, { description: 'Identity of the task force (专项行动标识).' }) id: string,
    @Ctx() { changes, registry, viewer }: CommandContext,
  ): Promise<TaskForce> {
    return changes.update(id, input, idempotencyKey, leaderOf(viewer, registry));
  }
}
