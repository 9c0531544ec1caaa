import { Field, ObjectType } from 'type-graphql';
import { DateTimeScalar } from '../scalars/date-time.ts';
import { DateScalar } from '../scalars/date.ts';

/** Of officers. */
const hidden =
  'for viewers whose role does not work on cases (lawyer, public, court-it) or who are not known (非办案人员不予显示).';

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

  @Field(() => String, {
    nullable: true,
    description: `The officer who issued it through this graph (签发操作人), as his token names him; null of one that came with an import, and ${hidden}`,
  })
  issuedBy: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: `When he did (签发时间); null where \`issuedBy\` is.` })
  issuedAt: Date | null;

  @Field(() => String, {
    nullable: true,
    description: `The officer who revoked it (撤销操作人), as his token names him; null of one that was not revoked, and ${hidden}`,
  })
  revokedBy: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: `When he did (撤销时间); null where \`revokedBy\` is.` })
  revokedAt: Date | null;
}
