import { Field, ObjectType } from 'type-graphql';
import { TaskForce } from '../task-force/type.ts';
import type { TaskForcePage } from './page.ts';

@ObjectType({ description: 'One row of a page of task forces (分页边).', simpleResolvers: true })
export class TaskForceEdge {
  @Field(() => String, { description: 'Position in the order (游标).' })
  cursor: string;

  @Field(() => TaskForce, { description: 'The task force (专项行动).' })
  node: TaskForce;
}

/** A name of its own, as `PageInfo` is the courts'. */
@ObjectType({ description: 'Where a page of task forces stands (分页信息).', simpleResolvers: true })
export class TaskForcePageInfo {
  @Field(() => Boolean, { description: 'Whether rows follow (是否有下一页).' })
  hasNextPage: boolean;

  @Field(() => Boolean, { description: 'Whether the page was asked for after a cursor (是否有上一页).' })
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first row (起始游标); null on an empty page.' })
  startCursor: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last row (结束游标); null on an empty page.' })
  endCursor: string | null;
}

/** Rows are read when `edges` or `pageInfo` is asked for, once. */
@ObjectType({ description: 'A page of task forces, the newest first (专项行动分页).', simpleResolvers: true })
export class TaskForceConnection {
  page: TaskForcePage;
}
