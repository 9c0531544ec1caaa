import { Directive, Field, ObjectType } from 'type-graphql';
import type { CaseStage, CaseType, ClosingMode, TransferKind } from '../../../common/vocabulary.ts';
import { CaseNumberScalar } from '../scalars/case-number.ts';
import { DateScalar } from '../scalars/date.ts';
import { MoneyScalar } from '../../kit/scalars/money.ts';
import { CaseStageEnum, CaseTypeEnum, ClosingModeEnum, TransferKindEnum } from '../vocabulary/case.ts';
import { Team } from './team.ts';
import type { Plain } from '../plain.ts';

/** One row of a case as a field resolver sees it: numbers as normal keys, amounts as fen, dates as `YYYY-MM-DD`. */
@ObjectType({ description: 'One enforcement case (执行案件).', simpleResolvers: true })
@Directive('@key(fields: "number")')
@Directive('@owner(key: "number")')
export class Case {
  @Field(() => CaseNumberScalar, { description: 'Case number (案号).' })
  number: string;

  @Field(() => CaseTypeEnum, { nullable: true, description: 'Case type (案件类型), as the number says.' })
  type: CaseType;

  @Field(() => CaseStageEnum, { nullable: true, description: 'Stage (案件进展阶段).' })
  stage: CaseStage;

  @Field(() => DateScalar, { nullable: true, description: 'Date of filing (立案日期).' })
  filedOn: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Date of closing (结案日期); null while the case is open.' })
  closedOn: string | null;

  @Field(() => ClosingModeEnum, {
    nullable: true,
    description: 'Closing mode (结案方式); null while the case is open.',
  })
  closingMode: ClosingMode | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'Amount to be executed (应执行标的金额).' })
  amountDue: bigint | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'Amount recovered so far (实际到位金额).' })
  amountRecovered: bigint | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'Amount still outstanding (尚未执行金额).' })
  amountOutstanding: bigint | null;

  @Field(() => CaseNumberScalar, { nullable: true, description: 'The case that this one continues (原执行案号).' })
  predecessorNumber: string | null;

  @Field(() => CaseNumberScalar, { nullable: true, description: 'The case that continues this one (后续案号).' })
  successorNumber: string | null;

  @Field(() => TransferKindEnum, {
    nullable: true,
    description: 'How it came from or went to the other court (案件移转方式).',
  })
  transferKind: TransferKind | null;

  @Field(() => Team, { nullable: true, description: 'The executing team (执行团队); null before assignment.' })
  team: Plain<Team> | null;
}
