import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { CoerciveMeasureKind, ControlAction } from '../../../common/vocabulary.ts';
import { DateScalar } from '../scalars/date.ts';
import { MoneyScalar } from '../../kit/scalars/money.ts';
import { CoerciveMeasureKindEnum, ControlActionEnum } from '../vocabulary/measure.ts';

@ObjectType({ description: 'A measure on a piece of property (控制措施).', simpleResolvers: true })
export class Measure {
  @Field(() => ControlActionEnum, { nullable: true, description: 'What was done (措施).' })
  action: ControlAction | null;

  @Field(() => String, { nullable: true, description: 'The property (财产).' })
  property: string | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'The amount controlled (控制金额).' })
  amount: bigint | null;

  @Field(() => DateScalar, { nullable: true, description: 'First day (起始日期).' })
  from: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day (到期日期); null while waiting.' })
  expiresOn: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Place in the queue (轮候顺位): 0 is effective, n is the n-th waiting.',
  })
  queuePosition: number | null;
}

@ObjectType({ description: 'A measure against somebody (强制措施).', simpleResolvers: true })
export class CoerciveMeasure {
  @Field(() => CoerciveMeasureKindEnum, { nullable: true, description: 'What was done (措施种类).' })
  kind: CoerciveMeasureKind | null;

  @Field(() => DateScalar, { nullable: true, description: 'Date of the decision (决定日期).' })
  decidedOn: string | null;

  @Field(() => ID, { nullable: true, description: 'The `Party.id` of whom it was taken against (被采取人).' })
  partyId: string | null;
}
