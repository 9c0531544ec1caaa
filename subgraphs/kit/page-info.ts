import { Field, ObjectType } from 'type-graphql';

/** Where a page stands: the same in every connection, each under a name of its own. */
@ObjectType()
export abstract class PageInfoFields {
  @Field(() => Boolean, { description: 'Whether rows follow (是否有下一页).' })
  hasNextPage: boolean;

  @Field(() => Boolean, { description: 'Whether the page was asked for after a cursor (是否有上一页).' })
  hasPreviousPage: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first row (起始游标); null on an empty page.' })
  startCursor: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last row (结束游标); null on an empty page.' })
  endCursor: string | null;
}
