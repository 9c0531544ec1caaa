import { Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { CourtContext } from '../context.ts';
import { toCoverage } from '../coverage/answer.ts';
import { Coverage } from '../coverage/types.ts';
import { CaseConnection, CaseEdge, PageInfo } from './types.ts';
import type { Plain } from '../plain.ts';

@Resolver(() => CaseConnection)
export class CaseConnectionResolver {
  @FieldResolver(() => [CaseEdge], { description: 'The rows of this page (本页各行).' })
  async edges(@Root() { page }: Plain<CaseConnection>): Promise<readonly Plain<CaseEdge>[]> {
    return (await page.rows()).edges;
  }

  @FieldResolver(() => PageInfo, { description: 'Where the page stands (分页信息).' })
  async pageInfo(@Root() { page, isLaterPage }: Plain<CaseConnection>): Promise<Plain<PageInfo>> {
    const { edges, hasNextPage } = await page.rows();
    return {
      hasNextPage,
      hasPreviousPage: isLaterPage,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    };
  }

  @FieldResolver(() => Int, { nullable: true, description: 'How many cases match the filter (总数).' })
  @Directive('@merge(by: SUM)')
  totalCount(@Root() { page }: Plain<CaseConnection>): Promise<number> {
    return page.total();
  }

  @FieldResolver(() => Coverage, { description: 'Whose rows this speaks of (覆盖范围).' })
  async coverage(@Root() { page }: Plain<CaseConnection>, @Ctx() context: CourtContext): Promise<Plain<Coverage>> {
    return toCoverage(context, await page.found());
  }
}
