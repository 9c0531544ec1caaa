import { Directive, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { DateScalar, MoneyScalar } from '../../kit/inquiry/graph/scalars.ts';
import { assetKey } from '../../kit/inquiry/asset-key.ts';
import { maskTail } from '../../kit/inquiry/mask.ts';

/** 机动车抵押. */
@ObjectType({ description: 'A mortgage on a vehicle (机动车抵押).', simpleResolvers: true })
export class VehicleMortgage {
  @Field(() => String, { nullable: true, description: 'Who holds it (抵押权人).' })
  holder: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Day of registration (抵押登记日期).' })
  since: string | null;
}

/** 机动车查封. */
@ObjectType({ description: "A seizure in the vehicle's file (机动车查封登记).", simpleResolvers: true })
export class VehicleSeizure {
  @Field(() => String, { nullable: true, description: 'Who ordered it (查封机关).' })
  authority: string | null;

  @Field(() => String, { nullable: true, description: 'Number of the order (查封文号).' })
  documentNumber: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'First day (查封起始日).' })
  from: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day (查封截止日); null while waiting (轮候).' })
  until: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Place in line (轮候顺位): 0 is effective, n is the n-th in waiting.',
  })
  queuePosition: number;
}

/** 机动车. */
@ObjectType({ description: 'A registered vehicle or machine (机动车登记).', simpleResolvers: true })
export class Vehicle {
  @Field(() => String, {
    nullable: true,
    description: 'Plate number (号牌号码), masked but for the last three; null without a plate, as many machines are.',
  })
  plateNumber: string | null;

  @Field(() => String, { nullable: true, description: 'Kind of plate (号牌种类), GA 24.7: 01 large, 02 small, ….' })
  plateType: string | null;

  @Field(() => String, { nullable: true, description: 'Vehicle identification number (车辆识别代号).' })
  vin: string | null;

  @Field(() => String, { nullable: true, description: 'Serial number of a machine (机械出厂序列号).' })
  machineSerial: string | null;

  @Field(() => String, { nullable: true, description: 'Brand (品牌).' })
  brand: string | null;

  @Field(() => String, { nullable: true, description: 'Model (型号).' })
  model: string | null;

  @Field(() => String, { nullable: true, description: 'Kind of vehicle (车辆类型).' })
  vehicleType: string | null;

  @Field(() => String, { nullable: true, description: 'Colour of the body (车身颜色).' })
  colour: string | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'State (机动车状态) as a set of letters: A normal, G violations unsettled, K seized, Q inspection overdue, ….',
  })
  statusLetters: string[] | null;

  @Field(() => DateScalar, { nullable: true, description: 'Day of first registration (初次登记日期).' })
  firstRegisteredOn: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day of the inspection (检验有效期止).' })
  inspectionValidUntil: string | null;

  @Field(() => [VehicleMortgage], { nullable: true, description: 'Mortgages (抵押).' })
  mortgages: VehicleMortgage[];

  @Field(() => [VehicleSeizure], { nullable: true, description: 'Seizures in order of their place in line (查封).' })
  seizures: VehicleSeizure[];
}

/** Shows a plate in part, and no value: a registration is no appraisal. */
@Resolver(() => Vehicle)
export class VehicleResolver {
  @FieldResolver(() => String, { nullable: true })
  plateNumber(@Root() { plateNumber }: Vehicle): string | null {
    return plateNumber === null ? null : maskTail(plateNumber, 3);
  }

  @FieldResolver(() => MoneyScalar, {
    nullable: true,
    description: 'Appraised value (评估价值); null, since the vehicle administration appraises nothing.',
  })
  estimatedValue(): null {
    return null;
  }
  @Directive('@inaccessible')
  @FieldResolver(() => ID, {
    nullable: true,
    description: 'The same for the same vehicle, whoever asks (财产键); null without any number. Not for clients.',
  })
  assetKey(@Root() { vin, machineSerial, plateType, plateNumber }: Vehicle): string | null {
    if (vin !== null) return assetKey('VIN', vin);
    if (machineSerial !== null) return assetKey('MACHINE', machineSerial);
    return plateNumber === null ? null : assetKey('PLATE', plateType, plateNumber);
  }
}
