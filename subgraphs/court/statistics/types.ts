import { Directive, Field, Int, ObjectType } from 'type-graphql';
import type { CaseStage, ClosingMode } from '../../../common/vocabulary.ts';
import { MoneyScalar } from '../../kit/scalars/money.ts';
import { CaseStageEnum, ClosingModeEnum } from '../vocabulary/case.ts';
import type { CaseSums } from './sums.ts';

@ObjectType({ description: 'Cases in one stage (按阶段统计).', simpleResolvers: true })
export class StageStatistics {
  @Field(() => CaseStageEnum, { description: 'Stage (案件进展阶段).' })
  stage: CaseStage;

  @Field(() => Int, { nullable: true, description: 'How many cases (件数).' })
  @Directive('@merge(by: SUM)')
  count: number;

  @Field(() => MoneyScalar, {
    nullable: true,
    description: 'Outstanding together (尚未执行金额); null when none is known.',
  })
  @Directive('@merge(by: SUM)')
  amountOutstanding: bigint | null;
}

@ObjectType({ description: 'Cases closed in one way (按结案方式统计).', simpleResolvers: true })
export class ClosingModeStatistics {
  @Field(() => ClosingModeEnum, { description: 'Closing mode (结案方式).' })
  closingMode: ClosingMode;

  @Field(() => Int, { nullable: true, description: 'How many cases (件数).' })
  @Directive('@merge(by: SUM)')
  count: number;

  @Field(() => MoneyScalar, {
    nullable: true,
    description: 'Recovered together (实际到位金额); null when none is known.',
  })
  @Directive('@merge(by: SUM)')
  amountRecovered: bigint | null;
}

@ObjectType({ description: 'Cases filed in one month (按立案月份统计).', simpleResolvers: true })
export class MonthStatistics {
  @Field(() => String, { description: 'Month of filing (立案月份): `2017-03`.' })
  month: string;

  @Field(() => Int, { nullable: true, description: 'How many cases (件数).' })
  @Directive('@merge(by: SUM)')
  count: number;

  @Field(() => MoneyScalar, { nullable: true, description: 'Due together (应执行标的金额); null when none is known.' })
  @Directive('@merge(by: SUM)')
  amountDue: bigint | null;
}

@ObjectType({
  description:
    'Exact counts and sums (案件统计). A case closed by 销案 because another continues it is left out, so that no claim counts twice.',
  simpleResolvers: true,
})
export class CaseStatistics {
  @Field(() => Boolean, { description: 'Whether courts that did not answer are left out (是否为下限).' })
  @Directive('@merge(by: ANY)')
  totalIsLowerBound: boolean;

  sums: CaseSums;
}
