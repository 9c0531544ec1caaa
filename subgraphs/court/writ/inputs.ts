import { Field, ID, InputType } from 'type-graphql';
import type { AgencyCode } from '../../../common/vocabulary.ts';
import { CaseNumberScalar } from '../scalars/case-number.ts';
import { DateScalar } from '../scalars/date.ts';
import { AgencyCodeEnum } from '../vocabulary/agency.ts';

@InputType({ description: 'A new order to ask agencies about one debtor (签发协助查询通知书).' })
export class IssueWritInput {
  @Field(() => CaseNumberScalar, { description: 'The case (案号); its court issues the writ.' })
  caseNumber: string;

  @Field(() => ID, { description: 'The debtor, by ordinal in the case (当事人序号).' })
  partyId: string;

  @Field(() => String, { description: 'Number of the document (文书编号), 1 to 100 characters; used once in a court.' })
  number: string;

  @Field(() => [AgencyCodeEnum], { description: 'The agencies that may be asked (协助单位), at least one.' })
  agencies: AgencyCode[];

  @Field(() => String, { description: 'The judge who signs it (签发人), by name.' })
  signedBy: string;

  @Field(() => DateScalar, { description: 'Last day of validity (有效期至): from today to a year from today.' })
  validUntil: string;

  @Field(() => String, { description: 'Who handles the case (承办人).' })
  handlerName: string;

  @Field(() => String, { description: 'Telephone of the handler (承办人电话).' })
  handlerPhone: string;

  @Field(() => String, { description: 'Work permit number of the handler (工作证编号).' })
  workIdNumber: string;

  @Field(() => String, { description: 'Duty certificate number of the handler (执行公务证编号).' })
  dutyCertificateNumber: string;
}

@InputType({ description: 'A writ that agencies may be asked on no more (撤销协助查询通知书).' })
export class RevokeWritInput {
  @Field(() => CaseNumberScalar, { description: 'The case (案号).' })
  caseNumber: string;

  @Field(() => ID, { description: 'The debtor, by ordinal in the case (当事人序号).' })
  partyId: string;

  @Field(() => String, { description: 'Number of the document (文书编号), as it was issued.' })
  number: string;

  @Field(() => String, { description: 'Why (撤销原因), 1 to 300 characters.' })
  reason: string;
}
