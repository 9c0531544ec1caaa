import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { AgencyCode, ControlAction } from '../../../common/vocabulary.ts';
import { MoneyScalar } from '../../kit/scalars/money.ts';
import type { Subject } from '../party/subject.ts';
import type { Plain } from '../plain.ts';
import { CaseNumberScalar } from '../scalars/case-number.ts';
import { DateScalar } from '../scalars/date.ts';
import { AgencyCodeEnum } from '../vocabulary/agency.ts';
import { ControlActionEnum } from '../vocabulary/measure.ts';
import type { Freed } from './freed.ts';

/** Who handles the case, as it stands on an order. */
export interface Handler {
  readonly name: string;
  readonly phone: string;
  readonly workId: string;
  readonly dutyCertificate: string;
}

/** One order as a field resolver sees it; what only resolvers read stands without a `@Field`. */
@ObjectType({
  description:
    "A court's order to control property (控制措施裁定). Its agency's field carries it out, and says what came of it.",
  simpleResolvers: true,
})
@Directive('@key(fields: "caseNumber id")')
@Directive('@owner(key: "caseNumber")')
export class MeasureOrder {
  @Field(() => CaseNumberScalar, { description: 'The case (案号).' })
  caseNumber: string;

  @Field(() => ID, { description: 'Name of the order (裁定标识), given by the court when it is ordered.' })
  id: string;

  @Field(() => ID, { nullable: true, description: 'The `Party.id` of the debtor (被执行人) when it was signed.' })
  partyId: string;

  @Field(() => ControlActionEnum, { nullable: true, description: 'What is to be done (控制措施).' })
  action: ControlAction;

  @Field(() => AgencyCodeEnum, { nullable: true, description: 'Who is to carry it out (协助单位).' })
  agency: AgencyCode;

  @Field(() => String, { nullable: true, description: 'Number of the ruling (裁定书文号).' })
  number: string;

  @Field(() => String, { nullable: true, description: 'The bank that keeps the account (开户银行); null elsewhere.' })
  bankName: string | null;

  @Field(() => MoneyScalar, {
    nullable: true,
    description: 'The limit of a freeze (控制限额); null for what has no amount.',
  })
  amount: bigint | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day (控制截止日); null for a release.' })
  until: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The order that it renews or releases (原裁定), always the first; null for a first one.',
  })
  originId: string | null;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'When it was first ordered released (解除日期), whether that was carried out or not; null where it was not, and for a release.',
  })
  releasedOn: string | null;

  @Field(() => String, { nullable: true, description: 'The judge who signed it (签发人).' })
  signedBy: string;

  @Field(() => DateScalar, { nullable: true, description: 'Date of signing (签发日期).' })
  signedOn: string;

  /** In full; it leaves the program masked, or by `mandate`. */
  fullProperty: string;

  /** As it was when the order was signed. */
  fullSubject: Plain<Subject>;

  handler: Handler;

  /** The released orders that made room for its amount. */
  freed: readonly Freed[];
}
