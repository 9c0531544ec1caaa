import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { CaseNumberScalar } from '../../../kit/inquiry/graph/scalars.ts';
import type { CommandContext } from '../../context.ts';
import { assetRequirement, parseAnswers } from '../answers.ts';
import { summarise } from '../summary.ts';
import { BankInquiry } from './bank.ts';
import { RealEstateInquiry } from './real-estate.ts';
import { toAssetSummary } from './summary.ts';
import { AssetSummary } from './type.ts';
import { VehicleInquiry } from './vehicle.ts';

/** A court's party, as far as a summary of what it has needs it. */
@ObjectType({ description: 'Somebody in a case (当事人).' })
@Directive('@key(fields: "caseNumber id")')
export class Party {
  @Field(() => CaseNumberScalar, { description: 'The case (案号).' })
  caseNumber: string;

  @Field(() => ID, { description: 'Ordinal within the case (当事人序号).' })
  id: string;

  @Directive('@external')
  @Field(() => BankInquiry, { nullable: true, description: 'What the banks say about this party (银行存款查询).' })
  bank: BankInquiry | null;

  @Directive('@external')
  @Field(() => VehicleInquiry, {
    nullable: true,
    description: 'What the vehicle administration says about this party (车辆查询).',
  })
  vehicle: VehicleInquiry | null;

  @Directive('@external')
  @Field(() => RealEstateInquiry, {
    nullable: true,
    description: 'What the real-estate registry says about this party (不动产查询).',
  })
  realEstate: RealEstateInquiry | null;
}

/** Sums up what the agencies say about a party. */
@Resolver(() => Party)
export class PartyAssetsResolver {
  @Directive(`@requires(fields: "${assetRequirement}")`)
  @FieldResolver(() => AssetSummary, {
    nullable: true,
    description: 'What may still be controlled of what this party has (可控财产汇总).',
  })
  assets(@Root() party: Party, @Ctx() { today }: CommandContext) {
    return toAssetSummary(summarise([parseAnswers(party)], today()));
  }
}
