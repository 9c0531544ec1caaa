import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { MoneyScalar } from '../../kit/scalars/money.ts';
import { DateScalar } from '../scalars/date.ts';

@ObjectType({
  description:
    "The court's signed order to control property (协助执行通知书), for agencies only; no client reaches it.",
  simpleResolvers: true,
})
@Directive('@inaccessible')
export class Mandate {
  @Field(() => String, { nullable: true, description: 'Who is to carry it out (协助单位), a value of `AgencyCode`.' })
  agency: string;

  @Field(() => String, { nullable: true, description: 'What is to be done (控制措施), a value of `ControlAction`.' })
  action: string;

  @Field(() => String, { nullable: true, description: 'Number of the ruling (裁定书文号).' })
  number: string;

  @Field(() => String, { nullable: true, description: 'The property (财产), its number in full.' })
  property: string;

  @Field(() => String, { nullable: true, description: 'The bank that keeps the account (开户银行).' })
  bankName: string | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'The limit (控制限额).' })
  amount: bigint | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day (控制截止日).' })
  until: string | null;

  @Field(() => ID, { nullable: true, description: 'The order that it renews or releases (原裁定).' })
  originId: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether it was released since (是否已解除).' })
  isReleased: boolean;

  @Field(() => [[ID]], {
    nullable: true,
    description:
      'The releases that make room for its amount (为其腾出额度的解除裁定), those of one order together: one of each has to be carried out first.',
  })
  releaseIds: readonly (readonly string[])[];

  @Field(() => String, { nullable: true, description: 'The judge who signed it (签发人).' })
  signedBy: string;

  @Field(() => DateScalar, { nullable: true, description: 'Date of signing (签发日期).' })
  signedOn: string;

  @Field(() => String, { nullable: true, description: 'The court that ordered it (法院名称).' })
  courtName: string;

  @Field(() => String, { nullable: true, description: 'Code of that court (法院代字).' })
  courtCode: string;

  @Field(() => String, { nullable: true, description: 'Who handles the case (承办人).' })
  handlerName: string;

  @Field(() => String, { nullable: true, description: 'Telephone of the handler (承办人电话).' })
  handlerPhone: string;

  @Field(() => String, { nullable: true, description: 'Work permit number of the handler (工作证号).' })
  workIdNumber: string;

  @Field(() => String, { nullable: true, description: 'Duty certificate number of the handler (执行公务证号).' })
  dutyCertificateNumber: string;
}
