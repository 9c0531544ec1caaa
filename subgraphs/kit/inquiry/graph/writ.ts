import { Directive, Field, ObjectType } from 'type-graphql';
import { DateScalar } from './scalars.ts';

/** 协助查询通知书, the court's, as the agencies require it. */
@ObjectType({ description: "The court's signed order to ask agencies about one party (协助查询通知书)." })
export class Writ {
  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Number of the writ (文书编号).' })
  number: string | null;

  @Directive('@external')
  @Field(() => [String], { nullable: true, description: 'Agencies it may be shown to (协助单位).' })
  agencies: string[] | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'The quota judge who signed it (签发人).' })
  signedBy: string | null;

  @Directive('@external')
  @Field(() => DateScalar, { nullable: true, description: 'Day of signature (签发日期).' })
  signedOn: string | null;

  @Directive('@external')
  @Field(() => DateScalar, { nullable: true, description: 'Last day on which it is valid (有效期至).' })
  validUntil: string | null;

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
