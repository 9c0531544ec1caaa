import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, Directive, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import { worksOnCases } from '../../../common/viewer.ts';
import type { PartyRole } from '../../../common/vocabulary.ts';
import { toBounded } from '../bounded.ts';
import type { CourtContext } from '../context.ts';
import { measureLimit } from '../measure/loaders.ts';
import { CoerciveMeasure, Measure } from '../measure/types.ts';
import { orderLimit } from '../measure-order/loaders.ts';
import { MeasureOrder } from '../measure-order/type.ts';
import { partyLimit } from '../party/loaders.ts';
import { Party } from '../party/type.ts';
import { PartyRoleEnum } from '../vocabulary/party.ts';
import { toFormerWrit } from '../writ/answer.ts';
import { formerWritLimit } from '../writ/loader.ts';
import { Writ } from '../writ/type.ts';
import { Case } from './type.ts';
import type { Plain } from '../plain.ts';

@Resolver(() => Case)
export class CaseResolver {
  @FieldResolver(() => [Party], {
    nullable: true,
    description: 'Who is in the case (当事人), by ordinal, at most 200.',
  })
  @Directive(`@bounded(most: ${partyLimit})`)
  async parties(
    @Root() { number }: Plain<Case>,
    @Arg('role', () => PartyRoleEnum, { nullable: true, description: 'Only this role (诉讼地位).' })
    role: PartyRole | null | undefined,
    @Ctx() context: CourtContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Plain<Party>[]> {
    return toBounded(await context.loaders.parties(role ?? null).load(number), partyLimit, context, info);
  }

  @FieldResolver(() => [Party], {
    nullable: true,
    description: 'Who is executed against (被执行人), by ordinal, at most 200.',
  })
  @Directive(`@bounded(most: ${partyLimit})`)
  async debtors(
    @Root() { number }: Plain<Case>,
    @Ctx() context: CourtContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Plain<Party>[]> {
    return toBounded(await context.loaders.parties('DEBTOR').load(number), partyLimit, context, info);
  }

  @FieldResolver(() => [Measure], {
    nullable: true,
    description: 'Measures on property (控制措施), as recorded, at most 100.',
  })
  @Directive(`@bounded(most: ${measureLimit})`)
  async measures(
    @Root() { number }: Plain<Case>,
    @Ctx() context: CourtContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Plain<Measure>[]> {
    return toBounded(await context.loaders.measures.load(number), measureLimit, context, info);
  }

  @FieldResolver(() => [MeasureOrder], {
    nullable: true,
    description:
      'Measures that were ordered through this graph (裁定的控制措施), the latest first, at most 100; null for viewers whose role does not work on cases (lawyer, public, court-it) or who are not known: an order may not have been carried out yet (非办案人员不予显示).',
  })
  @Directive(`@bounded(most: ${orderLimit})`)
  async measureOrders(
    @Root() { number }: Plain<Case>,
    @Ctx() context: CourtContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Plain<MeasureOrder>[] | null> {
    if (!worksOnCases(context.viewer)) return null;
    return toBounded(await context.loaders.orders.load(number), orderLimit, context, info);
  }

  @FieldResolver(() => [Writ], {
    nullable: true,
    description:
      'Writs that were revoked, followed by others after their last day, or issued here and written over by an import (已撤销或失效的协助查询通知书), the latest first, at most 100; null for viewers whose role does not work on cases (lawyer, public, court-it) or who are not known (非办案人员不予显示).',
  })
  @Directive(`@bounded(most: ${formerWritLimit})`)
  async formerWrits(
    @Root() { number }: Plain<Case>,
    @Ctx() context: CourtContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Plain<Writ>[] | null> {
    if (!worksOnCases(context.viewer)) return null;
    const rows = toBounded(await context.loaders.formerWrits.load(number), formerWritLimit, context, info);
    return rows.map((row) => toFormerWrit(row, context));
  }

  @FieldResolver(() => [CoerciveMeasure], {
    nullable: true,
    description: 'Measures against people (强制措施), as recorded, at most 100.',
  })
  @Directive(`@bounded(most: ${measureLimit})`)
  async coerciveMeasures(
    @Root() { number }: Plain<Case>,
    @Ctx() context: CourtContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Plain<CoerciveMeasure>[]> {
    return toBounded(await context.loaders.coerciveMeasures.load(number), measureLimit, context, info);
  }
}
