import { Field, Int, ObjectType } from 'type-graphql';
import { DateScalar } from '../../../kit/inquiry/graph/scalars.ts';
import { MoneyScalar } from '../../../kit/scalars/money.ts';
import type { AssetKind, ExpiryAlert } from '../expiry.ts';
import type { Certainty } from '../summary.ts';
import { AssetKindEnum, CertaintyEnum, ExpiryAlertEnum } from './words.ts';

/** 在先措施. */
@ObjectType({
  description: 'A measure that lies on an asset already, or waits for its turn (在先措施).',
  simpleResolvers: true,
})
export class PriorMeasure {
  @Field(() => String, { nullable: true, description: 'Who ordered it (措施机关).' })
  authority: string | null;

  @Field(() => String, { nullable: true, description: 'Number of the order (文号).' })
  documentNumber: string | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'What is frozen (冻结金额); null for a seizure.' })
  amount: bigint | null;

  @Field(() => Int, { nullable: true, description: 'Place in line (轮候顺位): 0 is effective, n the n-th in waiting.' })
  queuePosition: number | null;

  @Field(() => DateScalar, {
    nullable: true,
    description:
      'Last day (届满日), at most one year (deposits), two (vehicles), three (real estate) from the first; null while waiting.',
  })
  expiresOn: string | null;

  @Field(() => Int, { nullable: true, description: 'Days left today (剩余天数); negative when it is over.' })
  daysLeft: number | null;

  @Field(() => ExpiryAlertEnum, { nullable: true, description: 'Whether the end is near (到期预警).' })
  alert: ExpiryAlert | null;
}

/** 财产. */
@ObjectType({ description: 'One thing that somebody has (财产).', simpleResolvers: true })
export class Asset {
  @Field(() => AssetKindEnum, { description: 'What it is (财产类型).' })
  kind: AssetKind;

  @Field(() => String, {
    nullable: true,
    description: 'Bank and account, plate or location (财产说明), masked as the agency masks it.',
  })
  description: string | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'Of the whole thing (价值); null when it is not known.' })
  value: bigint | null;

  @Field(() => String, { nullable: true, description: 'Share as a fraction (份额); null when it is not known.' })
  share: string | null;

  @Field(() => MoneyScalar, {
    nullable: true,
    description: 'What may still be controlled (可控金额); null when it is not known.',
  })
  controllable: bigint | null;

  @Field(() => Boolean, { description: 'Whether it is that and no more (是否确切).' })
  exact: boolean;

  @Field(() => [PriorMeasure], { description: 'Who else has frozen or seized it (在先措施).' })
  measures: PriorMeasure[];

  @Field(() => Int, {
    nullable: true,
    description: 'The place that a measure of today would have (可得顺位): 0 takes effect at once.',
  })
  nextPosition: number | null;
}

/** 缺口. */
@ObjectType({ description: 'An agency that has not said everything (反馈缺口).', simpleResolvers: true })
export class AssetGap {
  @Field(() => String, { description: 'The field of the agency on a party (查询单位): bank, vehicle or realEstate.' })
  agency: string;

  @Field(() => String, { description: 'State of its inquiry, a word of CoverageStatus (查询状态).' })
  status: string;
}

/** 可控财产汇总. */
@ObjectType({
  description:
    'What may still be controlled over all agencies (可控财产汇总), without prior freezes, mortgages and shares of others.',
  simpleResolvers: true,
})
export class AssetSummary {
  @Field(() => CertaintyEnum, { description: 'How sure the total is (确定程度).' })
  certainty: Certainty;

  @Field(() => MoneyScalar, { nullable: true, description: 'In all (可控总额); null when nothing is known.' })
  controllable: bigint | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'Of that in accounts (存款可控额).' })
  deposits: bigint | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'Of that in vehicles (车辆可控额).' })
  vehicles: bigint | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'Of that in real estate (不动产可控额).' })
  realEstate: bigint | null;

  @Field(() => [AssetGap], { description: 'Agencies that have not said everything (反馈缺口).' })
  gaps: AssetGap[];

  @Field(() => [Asset], { description: 'Thing by thing, each once (财产清单).' })
  assets: Asset[];
}
