import { Directive, Field, ID, ObjectType } from 'type-graphql';
import type { IdType, PartyKind, PartyRole } from '../../../common/vocabulary.ts';
import { CaseNumberScalar } from '../scalars/case-number.ts';
import { IdTypeEnum, PartyKindEnum, PartyRoleEnum } from '../vocabulary/party.ts';

/** One row of a party as a field resolver sees it; what only resolvers read stands without a `@Field`. */
@ObjectType({ description: 'Somebody in a case (当事人).', simpleResolvers: true })
@Directive('@key(fields: "caseNumber id")')
@Directive('@owner(key: "caseNumber")')
export class Party {
  @Field(() => CaseNumberScalar, { description: 'The case (案号).' })
  caseNumber: string;

  @Field(() => ID, { description: 'Ordinal within the case (当事人序号): "1", "2", …' })
  id: string;

  @Field(() => PartyRoleEnum, { nullable: true, description: 'Role in the case (诉讼地位).' })
  role: PartyRole;

  @Field(() => PartyKindEnum, { nullable: true, description: 'Person or organisation (当事人类型).' })
  kind: PartyKind;

  @Field(() => String, { nullable: true, description: 'Name as this case spells it (姓名或名称).' })
  name: string;

  @Field(() => IdTypeEnum, { nullable: true, description: 'Kind of identity number (证件类型).' })
  idType: IdType | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why there is no identity number, when there is none (无证件号码原因).',
  })
  idMissingReason: string | null;

  @Field(() => String, { nullable: true, description: 'Province of residence (住所地省份), such as 江苏省.' })
  province: string | null;

  @Field(() => String, { nullable: true, description: 'County of residence (住所地区县).' })
  county: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the residence is rural (是否农村).' })
  rural: boolean | null;

  /** Full, in normal form; it leaves the program masked, or by `subject`. */
  fullIdNumber: string | null;

  personId: string;
}
