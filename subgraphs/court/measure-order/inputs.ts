import { Field, ID, InputType } from 'type-graphql';
import type { AgencyCode, ControlAction } from '../../../common/vocabulary.ts';
import { MoneyScalar } from '../../kit/scalars/money.ts';
import { CaseNumberScalar } from '../scalars/case-number.ts';
import { DateScalar } from '../scalars/date.ts';
import { AgencyCodeEnum } from '../vocabulary/agency.ts';
import { ControlActionEnum } from '../vocabulary/measure.ts';

@InputType({
  description:
    'An order to control property of a debtor (裁定控制措施). What a first order says of the property, a renewal and a release take from it.',
})
export class OrderMeasureInput {
  @Field(() => CaseNumberScalar, { description: 'The case (案号); its court orders the measure.' })
  caseNumber: string;

  @Field(() => ControlActionEnum, {
    description:
      'What is to be done (控制措施): FREEZE (a bank account), SEAL (a vehicle or a unit), SEIZE_PHYSICAL (a vehicle), RENEW or RELEASE.',
  })
  action: ControlAction;

  @Field(() => ID, {
    nullable: true,
    description: 'The order that is renewed or released (原裁定), by `MeasureOrder.id`; for RENEW and RELEASE alone.',
  })
  originId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The debtor, by ordinal in the case (当事人序号); for a first order.',
  })
  partyId?: string | null;

  @Field(() => AgencyCodeEnum, { nullable: true, description: 'Who carries it out (协助单位); for a first order.' })
  agency?: AgencyCode | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The property (财产), for a first order: number of the account, in full or as `BankAccount.number` shows it; plate, VIN or serial of the vehicle in full; number of the unit.',
  })
  property?: string | null;

  @Field(() => String, { nullable: true, description: 'The bank that keeps the account (开户银行); for FREEZE.' })
  bankName?: string | null;

  @Field(() => MoneyScalar, {
    nullable: true,
    description:
      'The limit (控制限额), for FREEZE: at most what is outstanding of the claim without what live orders of the case cover (不得超标的额).',
  })
  amount?: bigint | null;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'Last day (控制截止日), for all but RELEASE: at most a year for deposits, two for vehicles, three for real estate (民诉法解释 487).',
  })
  until?: string | null;

  @Field(() => String, { description: 'Number of the ruling (裁定书文号), 1 to 100 characters.' })
  number: string;

  @Field(() => String, { description: 'The judge who signs it (签发人), by name.' })
  signedBy: string;

  @Field(() => String, { description: 'Who handles the case (承办人).' })
  handlerName: string;

  @Field(() => String, { description: 'Telephone of the handler (承办人电话).' })
  handlerPhone: string;

  @Field(() => String, { description: 'Work permit number of the handler (工作证号).' })
  workIdNumber: string;

  @Field(() => String, { description: 'Duty certificate number of the handler (执行公务证号).' })
  dutyCertificateNumber: string;
}
