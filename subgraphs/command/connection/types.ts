import { Field, ObjectType } from 'type-graphql';
import { PageInfoFields } from '../../kit/page-info.ts';
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
export class TaskForcePageInfo extends PageInfoFields {}

/** Rows are read when `edges` or `pageInfo` is asked for, once. */
@ObjectType({ description: 'A page of task forces, the newest first (专项行动分页).', simpleResolvers: true })
export class TaskForceConnection {
  page: TaskForcePage;
}
