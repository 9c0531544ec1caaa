import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { Mandate } from '../../kit/control/graph/mandate.ts';
import { OutcomeFields } from '../../kit/control/graph/measure-outcome.ts';
import { orderRequirement } from '../../kit/control/order.ts';
import type { AgencyContext } from '../../kit/inquiry/agency.ts';
import { CaseNumberScalar } from '../../kit/inquiry/graph/scalars.ts';
import { Subject } from '../../kit/inquiry/graph/subject.ts';
import type { UnitRecord } from '../upstream/unit-record.ts';

/** A court's order, as far as the registry needs it. */
@ObjectType({ description: "A court's order to control property (控制措施裁定)." })
@Directive('@key(fields: "caseNumber id")')
export class MeasureOrder {
  @Field(() => CaseNumberScalar, { description: 'The case (案号).' })
  caseNumber: string;

  @Field(() => ID, { description: 'Name of the order within the case (裁定标识).' })
  id: string;

  @Directive('@external')
  @Field(() => ID, { nullable: true, description: 'Against whom (被执行人).' })
  partyId: string | null;

  @Directive('@external')
  @Field(() => Mandate, { nullable: true, description: 'What is to be done, and who says so (协助执行通知书).' })
  mandate: Mandate | null;

  @Directive('@external')
  @Field(() => Subject, { nullable: true, description: 'Whose property it is (被执行人身份).' })
  subject: Subject | null;
}

/** 不动产控制结果. */
@ObjectType({
  description:
    'What the real-estate registry made of an order (不动产控制结果). Whoever asks for it has the order carried out, unless it was before; it is carried out once.',
  simpleResolvers: true,
})
export class RealEstateOutcome extends OutcomeFields {}

/** Has the real-estate registry carry an order out. */
@Resolver(() => MeasureOrder)
export class MeasureOrderResolver {
  @Directive(`@requires(fields: "${orderRequirement}")`)
  @FieldResolver(() => RealEstateOutcome, {
    nullable: true,
    description: 'What the real-estate registry made of it (不动产控制结果); asking for it has it carried out.',
  })
  realEstate(@Root() order: MeasureOrder, @Ctx() { carryOut }: AgencyContext<UnitRecord>): Promise<RealEstateOutcome> {
    return carryOut(order);
  }
}
