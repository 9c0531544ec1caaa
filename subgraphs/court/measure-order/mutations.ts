import { Arg, Ctx, Directive, ID, Mutation, Resolver } from 'type-graphql';
import { keyDescription } from '../../kit/idempotency/conflict.ts';
import type { CourtContext } from '../context.ts';
import type { Plain } from '../plain.ts';
import { MeasureOrderChange } from './change.ts';
import { OrderMeasureInput } from './inputs.ts';

// Decorators of parameters run from the last to the first, and so the arguments stand in reverse here.
@Resolver()
export class MeasureOrderMutations {
  @Mutation(() => MeasureOrderChange, {
    nullable: true,
    description:
      'Orders a measure on property of a debtor (裁定控制措施); by a judge of the case’s court. It is carried out when its agency’s field is asked, here or later; what failed may be ordered anew.',
  })
  @Directive('@route(by: "input.caseNumber")')
  async orderMeasure(
    @Arg('idempotencyKey', () => ID, { description: keyDescription }) idempotencyKey: string,
    @Arg('input', () => OrderMeasureInput, { description: 'What is to be done (裁定内容).' }) input: OrderMeasureInput,
    @Ctx() { measureOrders, viewer, loaders }: CourtContext,
  ): Promise<Plain<MeasureOrderChange>> {
    return { order: await loaders.order.load(await measureOrders.order(input, idempotencyKey, viewer)) };
  }
}
