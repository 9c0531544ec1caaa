import { Field, ObjectType } from 'type-graphql';
import { DateScalar } from '../scalars/date.ts';

@ObjectType({
  description: "The court's signed order to ask agencies about one party (协助查询通知书).",
  simpleResolvers: true,
})
export class Writ {
  @Field(() => String, { nullable: true, description: 'Number of the document (文书编号).' })
  number: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'The agencies it names (协助单位): BANK, VEHICLE, REAL_ESTATE.',
  })
  agencies: string[] | null;

  @Field(() => String, { nullable: true, description: 'The judge who signed it (签发人).' })
  signedBy: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Date of signing (签发日期).' })
  signedOn: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day of validity (有效期至).' })
  validUntil: string | null;

  @Field(() => String, { nullable: true, description: 'The court that issued it (法院名称).' })
  courtName: string | null;

  @Field(() => String, { nullable: true, description: 'Code of that court (法院代字).' })
  courtCode: string | null;

  @Field(() => String, { nullable: true, description: 'Who handles the case (承办人).' })
  handlerName: string | null;

  @Field(() => String, { nullable: true, description: 'Telephone of the handler (承办人电话).' })
  handlerPhone: string | null;

  @Field(() => String, { nullable: true, description: 'Work permit number of the handler (工作证号).' })
  workIdNumber: string | null;

  @Field(() => String, { nullable: true, description: 'Duty certificate number of the handler (执行公务证号).' })
  dutyCertificateNumber: string | null;
}
