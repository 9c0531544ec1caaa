import { Directive, Field, ObjectType } from 'type-graphql';
import { MoneyScalar } from '../../../kit/scalars/money.ts';
import { ReadInquiry } from './inquiry.ts';
import { ReadSeizure } from './seizure.ts';

/** What a summary reads of it; its agency resolves it. */
@ObjectType({ description: 'A mortgage on a unit (不动产抵押).' })
export class RealEstateMortgage {
  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Kind of mortgage (抵押方式).' })
  mode: string | null;

  @Directive('@external')
  @Field(() => MoneyScalar, { nullable: true, description: 'Secured amount (被担保债权数额).' })
  securedAmount: bigint | null;
}

/** What a summary reads of it; its agency resolves it. */
@ObjectType({ description: 'A seizure registered on a unit (不动产查封登记).' })
export class RealEstateSeizure extends ReadSeizure {}

/** What a summary reads of it; its agency resolves it. */
@ObjectType({ description: 'A unit of real estate in which a party holds a right (不动产单元).' })
export class RealEstateUnit {
  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Number of the unit (不动产单元号).' })
  unitNumber: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Where it lies (坐落).' })
  location: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: "The party's share as a fraction (权利比例)." })
  share: string | null;

  @Directive('@external')
  @Field(() => MoneyScalar, { nullable: true, description: 'Appraised value (评估价值).' })
  estimatedValue: bigint | null;

  @Directive('@external')
  @Field(() => [RealEstateMortgage], { nullable: true, description: 'Mortgages on it (抵押).' })
  mortgages: RealEstateMortgage[] | null;

  @Directive('@external')
  @Field(() => [RealEstateSeizure], { nullable: true, description: 'Seizures on it (查封).' })
  seizures: RealEstateSeizure[] | null;
}

/** What a summary reads of it; its agency resolves it. */
@ObjectType({ description: 'What the real-estate registry says about a party (不动产查询).' })
export class RealEstateInquiry extends ReadInquiry {
  @Directive('@external')
  @Field(() => [RealEstateUnit], { nullable: true, description: 'Units (不动产单元).' })
  units: RealEstateUnit[] | null;
}
