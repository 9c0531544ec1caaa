import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { MoneyScalar } from '../../../kit/scalars/money.ts';
import { ReadInquiry } from './inquiry.ts';
import { ReadSeizure } from './seizure.ts';

/** What a summary reads of it; its agency resolves it. */
@ObjectType({ description: 'A mortgage on a vehicle (机动车抵押).' })
export class VehicleMortgage {
  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Who holds it (抵押权人).' })
  holder: string | null;
}

/** What a summary reads of it; its agency resolves it. */
@ObjectType({ description: "A seizure in the vehicle's file (机动车查封登记)." })
export class VehicleSeizure extends ReadSeizure {}

/** What a summary reads of it; its agency resolves it. */
@ObjectType({ description: 'A registered vehicle or machine (机动车登记).' })
export class Vehicle {
  @Directive('@external')
  @Field(() => ID, { nullable: true, description: 'The same for the same vehicle, whoever asks (财产键).' })
  assetKey: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Plate number, masked (号牌号码).' })
  plateNumber: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Model (型号).' })
  model: string | null;

  @Directive('@external')
  @Field(() => MoneyScalar, { nullable: true, description: 'Appraised value (评估价值).' })
  estimatedValue: bigint | null;

  @Directive('@external')
  @Field(() => [VehicleMortgage], { nullable: true, description: 'Mortgages (抵押).' })
  mortgages: VehicleMortgage[] | null;

  @Directive('@external')
  @Field(() => [VehicleSeizure], { nullable: true, description: 'Seizures (查封).' })
  seizures: VehicleSeizure[] | null;
}

/** What a summary reads of it; its agency resolves it. */
@ObjectType({ description: 'What the vehicle administration says about a party (车辆查询).' })
export class VehicleInquiry extends ReadInquiry {
  @Directive('@external')
  @Field(() => [Vehicle], { nullable: true, description: 'Vehicles and machines (机动车).' })
  vehicles: Vehicle[] | null;
}
