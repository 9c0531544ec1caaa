import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { InquiryFields } from '../../kit/inquiry/graph/inquiry-fields.ts';
import { CaseNumberScalar } from '../../kit/inquiry/graph/scalars.ts';
import { Subject } from '../../kit/inquiry/graph/subject.ts';
import { Writ } from '../../kit/inquiry/graph/writ.ts';
import type { AgencyContext } from '../../kit/inquiry/agency.ts';
import { requirement } from '../../kit/inquiry/party.ts';
import type { UnitRecord } from '../upstream/unit-record.ts';
import { RealEstateUnit } from './unit.ts';

/** 不动产查询. */
@ObjectType({ description: 'What the real-estate registry says about a party (不动产查询).', simpleResolvers: true })
export class RealEstateInquiry extends InquiryFields {
  @Field(() => [RealEstateUnit], {
    nullable: true,
    description: 'Units (不动产单元); empty when nothing is on record (查无), null when there is no answer.',
  })
  units: RealEstateUnit[] | null;
}

/** A court's party, as far as the registry needs it. */
@ObjectType({ description: 'Somebody in a case (当事人).' })
@Directive('@key(fields: "caseNumber id")')
export class Party {
  @Field(() => CaseNumberScalar, { description: 'The case (案号).' })
  caseNumber: string;

  @Field(() => ID, { description: 'Ordinal within the case (当事人序号).' })
  id: string;

  @Directive('@external')
  @Field(() => Writ, { nullable: true, description: 'The legal basis to ask (协助查询通知书).' })
  writ: Writ | null;

  @Directive('@external')
  @Field(() => Subject, { nullable: true, description: 'Who is asked about (被查询人).' })
  subject: Subject | null;
}

/** Asks the real-estate registry about a party, on its writ. */
@Resolver(() => Party)
export class PartyResolver {
  @Directive(`@requires(fields: "${requirement}")`)
  @FieldResolver(() => RealEstateInquiry, {
    nullable: true,
    description: 'What the real-estate registry says about this party (不动产查询).',
  })
  async realEstate(@Root() party: Party, @Ctx() { inquire }: AgencyContext<UnitRecord>) {
    const { records, ...inquiry } = await inquire(party);
    return { ...inquiry, units: records };
  }
}
