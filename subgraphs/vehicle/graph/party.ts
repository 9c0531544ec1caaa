import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { InquiryFields } from '../../kit/inquiry/graph/inquiry-fields.ts';
import { CaseNumberScalar } from '../../kit/inquiry/graph/scalars.ts';
import { Subject } from '../../kit/inquiry/graph/subject.ts';
import { Writ } from '../../kit/inquiry/graph/writ.ts';
import type { AgencyContext } from '../../kit/inquiry/agency.ts';
import { requirement } from '../../kit/inquiry/party.ts';
import type { VehicleRecord } from '../upstream/vehicle-record.ts';
import { Vehicle } from './vehicle.ts';

/** 车辆查询. */
@ObjectType({ description: 'What the vehicle administration says about a party (车辆查询).', simpleResolvers: true })
export class VehicleInquiry extends InquiryFields {
  @Field(() => [Vehicle], {
    nullable: true,
    description:
      'Vehicles and machines (机动车); empty when nothing is on record (查无), null when there is no answer.',
  })
  vehicles: Vehicle[] | null;
}

/** A court's party, as far as the vehicle administration needs it. */
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

/** Asks the vehicle administration about a party, on its writ. */
@Resolver(() => Party)
export class PartyResolver {
  @Directive(`@requires(fields: "${requirement}")`)
  @FieldResolver(() => VehicleInquiry, {
    nullable: true,
    description: 'What the vehicle administration says about this party (车辆查询).',
  })
  async vehicle(@Root() party: Party, @Ctx() { inquire }: AgencyContext<VehicleRecord>) {
    const { records, ...inquiry } = await inquire(party);
    return { ...inquiry, vehicles: records };
  }
}
