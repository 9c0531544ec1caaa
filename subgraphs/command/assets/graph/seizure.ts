import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { DateScalar } from '../../../kit/inquiry/graph/scalars.ts';

/** What a summary reads of a seizure, whatever it lies on; the agency resolves it. */
@ObjectType()
export abstract class ReadSeizure {
  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Who ordered it (查封机关).' })
  authority: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Number of the order (查封文号).' })
  documentNumber: string | null;

  @Directive('@external')
  @Field(() => DateScalar, { nullable: true, description: 'First day (查封起始日).' })
  from: string | null;

  @Directive('@external')
  @Field(() => DateScalar, { nullable: true, description: 'Last day (查封截止日); null while waiting.' })
  until: string | null;

  @Directive('@external')
  @Field(() => Int, {
    nullable: true,
    description: 'Place in line (轮候顺位): 0 is effective, n is the n-th in waiting.',
  })
  queuePosition: number | null;
}
