import { FieldResolver, Int, Resolver, Root } from 'type-graphql';
import { TaskForceConnection, TaskForceEdge, TaskForcePageInfo } from './types.ts';

@Resolver(() => TaskForceConnection)
export class TaskForceConnectionResolver {
  @FieldResolver(() => [TaskForceEdge], { description: 'The rows of this page (本页各行).' })
  async edges(@Root() { page }: TaskForceConnection): Promise<readonly TaskForceEdge[]> {
    return (await page.rows()).edges;
  }

  @FieldResolver(() => TaskForcePageInfo, { description: 'Where the page stands (分页信息).' })
  async pageInfo(@Root() { page }: TaskForceConnection): Promise<TaskForcePageInfo> {
    const { edges, hasNextPage } = await page.rows();
    return {
      hasNextPage,
      hasPreviousPage: page.isLater,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    };
  }

  @FieldResolver(() => Int, { nullable: true, description: 'How many task forces there are (总数).' })
  totalCount(@Root() { page }: TaskForceConnection): Promise<number> {
    return page.total();
  }
}
