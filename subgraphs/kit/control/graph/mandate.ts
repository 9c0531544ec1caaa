import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { DateScalar, MoneyScalar } from '../../inquiry/graph/scalars.ts';

/** 协助执行通知书, the court's, as the agencies require it; only `@requires` reaches it. */
@ObjectType({ description: "The court's signed order to control property (协助执行通知书), for agencies only." })
@Directive('@inaccessible')
export class Mandate {
  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Who is to carry it out (协助单位).' })
  agency: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'What is to be done (控制措施).' })
  action: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Number of the ruling (裁定书文号).' })
  number: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'The property (财产), its number in full.' })
  property: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'The bank that keeps the account (开户银行).' })
  bankName: string | null;

  @Directive('@external')
  @Field(() => MoneyScalar, { nullable: true, description: 'The limit (控制限额).' })
  amount: string | null;

  @Directive('@external')
  @Field(() => DateScalar, { nullable: true, description: 'Last day (控制截止日).' })
  until: string | null;

  @Directive('@external')
  @Field(() => ID, { nullable: true, description: 'The order that it renews or releases (原裁定).' })
  originId: string | null;

  @Directive('@external')
  @Field(() => Boolean, { nullable: true, description: 'Whether it was released since (是否已解除).' })
  isReleased: boolean | null;

  @Directive('@external')
  @Field(() => [[ID]], {
    nullable: true,
    description: 'The releases that make room for its amount (为其腾出额度的解除裁定), those of one order together.',
  })
  releaseIds: string[][] | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'The quota judge who signed it (签发人).' })
  signedBy: string | null;

  @Directive('@external')
  @Field(() => DateScalar, { nullable: true, description: 'Day of signature (签发日期).' })
  signedOn: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'The enforcing court (执行法院).' })
  courtName: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Code of the enforcing court (法院代字).' })
  courtCode: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Who handles the case (承办人).' })
  handlerName: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Telephone of the handler (承办人电话).' })
  handlerPhone: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Work identity card number of the handler (工作证编号).' })
  workIdNumber: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Duty certificate number of the handler (执行公务证编号).' })
  dutyCertificateNumber: string | null;
}
