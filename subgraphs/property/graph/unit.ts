import { Field, FieldResolver, Float, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { DateScalar, MoneyScalar } from '../../kit/inquiry/graph/scalars.ts';
import { maskTail } from '../../kit/inquiry/mask.ts';
import type { RightKind, SeizureKind } from '../upstream/unit-record.ts';
import { RealEstateRight, RealEstateSeizureKind } from './words.ts';

/** 共有人. */
@ObjectType({
  description: 'Somebody who holds a unit beside the party (共有人), and has to be told of a measure.',
  simpleResolvers: true,
})
export class CoOwner {
  @Field(() => String, {
    nullable: true,
    description: 'Name (姓名或名称), masked but for the first character: nobody has a writ about this person.',
  })
  name: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Share as a fraction (权利比例); null when held jointly without shares.',
  })
  share: string | null;
}

/** 抵押权. */
@ObjectType({ description: 'A mortgage on a unit (不动产抵押).', simpleResolvers: true })
export class RealEstateMortgage {
  @Field(() => String, { nullable: true, description: 'Whose property secures the debt (抵押人).' })
  mortgagor: string | null;

  @Field(() => String, { nullable: true, description: 'Who holds it (抵押权人).' })
  mortgagee: string | null;

  @Field(() => String, { nullable: true, description: 'Kind of mortgage (抵押方式).' })
  mode: string | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'Secured amount (被担保债权数额).' })
  securedAmount: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'First day of the debt (债务履行起始日).' })
  from: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day of the debt (债务履行结束日).' })
  until: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Number of the registration certificate (不动产登记证明号), masked but for the last three.',
  })
  certificateNumber: string | null;
}

/** 查封登记. */
@ObjectType({ description: 'A seizure registered on a unit (不动产查封登记).', simpleResolvers: true })
export class RealEstateSeizure {
  @Field(() => String, { nullable: true, description: 'Who ordered it (查封机关).' })
  authority: string | null;

  @Field(() => RealEstateSeizureKind, { nullable: true, description: 'Kind of seizure (查封类型).' })
  kind: SeizureKind;

  @Field(() => String, { nullable: true, description: 'Number of the order (查封文号).' })
  documentNumber: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'First day (查封起始日).' })
  from: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day (查封结束日); null while waiting.' })
  until: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Place in line (轮候顺位): 0 is effective, n is the n-th in waiting.',
  })
  queuePosition: number;
}

/** 不动产单元. */
@ObjectType({
  description: 'A unit of real estate in which a party holds a right (不动产单元).',
  simpleResolvers: true,
})
export class RealEstateUnit {
  @Field(() => String, { nullable: true, description: 'Where it lies (坐落).' })
  location: string | null;

  @Field(() => Float, { nullable: true, description: 'Square metres (面积): of the building, or of the land.' })
  area: number | null;

  @Field(() => String, {
    nullable: true,
    description: "The party's share as a fraction (权利比例), `1/1` when sole; null when held jointly without shares.",
  })
  share: string | null;

  @Field(() => String, { nullable: true, description: 'How it is held, in the words of the registry (共有方式).' })
  coOwnership: string | null;

  @Field(() => [CoOwner], { nullable: true, description: 'Who else holds it (共有人).' })
  coOwners: CoOwner[];

  @Field(() => [RealEstateRight], { nullable: true, description: 'What the party holds in it (权利类型).' })
  rights: RightKind[];

  @Field(() => String, { nullable: true, description: 'Number of the unit (不动产单元号).' })
  unitNumber: string;

  @Field(() => String, {
    nullable: true,
    description: 'Number of the title certificate (不动产权证号), masked but for the last three.',
  })
  certificateNumber: string | null;

  @Field(() => String, { nullable: true, description: 'Planned use (规划用途).' })
  plannedUse: string | null;

  @Field(() => [RealEstateMortgage], { nullable: true, description: 'Mortgages on it (抵押).' })
  mortgages: RealEstateMortgage[];

  @Field(() => [RealEstateSeizure], {
    nullable: true,
    description: 'Seizures on it in order of their place in line (查封).',
  })
  seizures: RealEstateSeizure[];
}

/** Shows a title certificate in part, and no value: a registration is no appraisal. */
@Resolver(() => RealEstateUnit)
export class RealEstateUnitResolver {
  @FieldResolver(() => String, { nullable: true })
  certificateNumber(@Root() { certificateNumber }: RealEstateUnit): string | null {
    return certificateNumber === null ? null : maskTail(certificateNumber, 3);
  }

  @FieldResolver(() => MoneyScalar, {
    nullable: true,
    description: 'Appraised value (评估价值); null, since the registry appraises nothing.',
  })
  estimatedValue(): null {
    return null;
  }
}

/** Shows of a co-owner's name no more than the first character. */
@Resolver(() => CoOwner)
export class CoOwnerResolver {
  @FieldResolver(() => String, { nullable: true })
  name(@Root() { name }: CoOwner): string | null {
    return name === null ? null : Array.from(name, (character, place) => (place === 0 ? character : '★')).join('');
  }
}

/** Shows a mortgage's certificate in part. */
@Resolver(() => RealEstateMortgage)
export class RealEstateMortgageResolver {
  @FieldResolver(() => String, { nullable: true })
  certificateNumber(@Root() { certificateNumber }: RealEstateMortgage): string | null {
    return certificateNumber === null ? null : maskTail(certificateNumber, 3);
  }
}
