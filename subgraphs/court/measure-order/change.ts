import { Field, ObjectType } from 'type-graphql';
import type { Plain } from '../plain.ts';
import { MeasureOrder } from './type.ts';

@ObjectType({ description: 'A measure that was ordered (控制措施变更).', simpleResolvers: true })
export class MeasureOrderChange {
  @Field(() => MeasureOrder, { nullable: true, description: 'The order (裁定), as it stands now.' })
  order: Plain<MeasureOrder> | null;
}
