import { Field, ID, InputType } from 'type-graphql';
import type { CaseStage, CaseType, ClosingMode, PartyRole } from '../../../common/vocabulary.ts';
import { CaseNumberScalar } from '../scalars/case-number.ts';
import { DateScalar } from '../scalars/date.ts';
import { MoneyScalar } from '../../kit/scalars/money.ts';
import { CaseStageEnum, CaseTypeEnum, ClosingModeEnum } from '../vocabulary/case.ts';
import { PartyRoleEnum } from '../vocabulary/party.ts';

@InputType({
  description:
    'Which cases (案件筛选条件). All conditions hold together; an absent or null one excludes nothing, an empty list excludes everything.',
})
export class CaseFilter {
  @Field(() => [CaseNumberScalar], { nullable: true, description: 'These numbers (案号), at most 1,000.' })
  numbers?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Cases that belong to these courts, by code (法院代字).' })
  courts?: string[] | null;

  @Field(() => [CaseStageEnum], { nullable: true, description: 'In one of these stages (案件进展阶段).' })
  stages?: CaseStage[] | null;

  @Field(() => [CaseTypeEnum], { nullable: true, description: 'Of one of these types (案件类型).' })
  types?: CaseType[] | null;

  @Field(() => [ClosingModeEnum], { nullable: true, description: 'Closed in one of these ways (结案方式).' })
  closingModes?: ClosingMode[] | null;

  @Field(() => DateScalar, { nullable: true, description: 'Filed on this day or later (立案日期起).' })
  filedFrom?: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Filed on this day or earlier (立案日期止).' })
  filedTo?: string | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'At least this much outstanding (尚未执行金额下限).' })
  amountOutstandingMin?: bigint | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'At most this much outstanding (尚未执行金额上限).' })
  amountOutstandingMax?: bigint | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A party whose name contains this (当事人姓名或名称), at least two characters. partyName, partyIdNumber, personId and role speak of one party.',
  })
  partyName?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A party with this identity number (当事人证件号码) in any written form; 15 and 18 digits meet. Only for viewers whose role works on cases (限办案人员); FORBIDDEN to others.',
  })
  partyIdNumber?: string | null;

  @Field(() => ID, { nullable: true, description: 'A party who is this person (人员标识).' })
  personId?: string | null;

  @Field(() => PartyRoleEnum, { nullable: true, description: 'A party in this role (诉讼地位).' })
  role?: PartyRole | null;

  @Field(() => String, { nullable: true, description: 'Some debtor lives in this province (被执行人住所地省份).' })
  province?: string | null;
}
