import { ArgsType, Field, Int, registerEnumType } from 'type-graphql';
import { type CaseOrder, CaseOrderEnum } from '../cursor/order.ts';
import { badInput } from '../../kit/caller-errors.ts';

export const CompletenessEnum = { PARTIAL: 'PARTIAL', COMPLETE: 'COMPLETE' } as const;
export type Completeness = keyof typeof CompletenessEnum;

registerEnumType(CompletenessEnum, {
  name: 'Completeness',
  description:
    'What to do when a court does not answer (完整性要求). One court alone is always complete. What agencies leave out withholds no row.',
  valuesConfig: {
    PARTIAL: { description: 'Give what the others answered, and say what is missing (允许部分结果).' },
    COMPLETE: { description: 'One error that lists the gaps, and null (须完整).' },
  },
});

/** Which page; an explicit null means the default. */
@ArgsType()
export class PageArguments {
  @Field(() => Int, { nullable: true, defaultValue: 20, description: 'How many rows (每页条数): 1 to 100.' })
  first: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'Rows after this cursor (起始游标), of the same filter and order.',
  })
  after?: string | null;

  @Field(() => CaseOrderEnum, {
    nullable: true,
    defaultValue: CaseOrderEnum.FILED_ON_DESC,
    description: 'The order (排序).',
  })
  orderBy: CaseOrder | null;

  @Field(() => CompletenessEnum, {
    nullable: true,
    defaultValue: CompletenessEnum.PARTIAL,
    description: 'What to do when a court does not answer (完整性要求).',
  })
  completeness: Completeness | null;
}

/** The largest page and the largest list of one person's cases. */
export const maxPage = 100;

/** How many rows are asked for; throws BAD_USER_INPUT beyond 1 to 100. */
export function parseFirst(first: number | null, byDefault: number): number {
  const asked = first ?? byDefault;
  if (asked < 1 || asked > maxPage) {
    throw badInput('first', `${asked} rows cannot be asked for`, `an integer from 1 to ${maxPage}`, asked);
  }
  return asked;
}
