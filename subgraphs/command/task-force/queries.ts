import { Arg, Ctx, ID, Int, Query, Resolver } from 'type-graphql';
import { createTaskForcePage } from '../connection/page.ts';
import { TaskForceConnection } from '../connection/types.ts';
import type { CommandContext } from '../context.ts';
import { TaskForce } from './type.ts';

@Resolver()
export class TaskForceQueries {
  @Query(() => TaskForce, {
    nullable: true,
    description: 'One task force (查一个专项行动); null when there is none of this id.',
  })
  taskForce(
    @Arg('id', () => ID, { description: 'Identity of the task force (专项行动标识).' }) id: string,
    @Ctx() { taskForces }: CommandContext,
  ): Promise<TaskForce | null> {
    return taskForces.load(id);
  }

  @Query(() => TaskForceConnection, { nullable: true, description: 'Task forces, the newest first (专项行动列表).' })
  taskForces(
    // Decorators of parameters run from the last to the first, and so the arguments stand in reverse here.
    @Arg('after', () => String, { nullable: true, description: 'Rows after this cursor (起始游标).' })
    after: string | null | undefined,
    @Arg('first', () => Int, { nullable: true, defaultValue: 20, description: 'How many rows (每页条数): 1 to 100.' })
    first: number | null,
    @Ctx() { db }: CommandContext,
  ): TaskForceConnection {
    return { page: createTaskForcePage(db, { first: first ?? 20, after: after ?? null }) };
  }
}
