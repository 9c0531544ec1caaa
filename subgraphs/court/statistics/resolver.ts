import { Arg, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { CourtContext } from '../context.ts';
import { toCoverage } from '../coverage/answer.ts';
import { Coverage } from '../coverage/types.ts';
import { CaseFilter } from '../filter/input.ts';
import { parseAsked } from '../filter/asked.ts';
import { toConditions } from '../filter/predicate.ts';
import { MoneyScalar } from '../../kit/scalars/money.ts';
import { createCaseSums } from './sums.ts';
import { CaseStatistics, ClosingModeStatistics, MonthStatistics, StageStatistics } from './types.ts';
import type { Plain } from '../plain.ts';

@Resolver(() => CaseStatistics)
export class CaseStatisticsResolver {
  @Query(() => CaseStatistics, { nullable: true, description: 'Counts and sums over cases (案件统计).' })
  @Directive('@gather(courts: "filter.courts", keys: "filter.numbers")')
  caseStatistics(
    @Arg('filter', () => CaseFilter, { nullable: true, description: 'Which cases (筛选条件).' })
    filter: CaseFilter | null | undefined,
    @Ctx() context: CourtContext,
  ): Plain<CaseStatistics> {
    const conditions = toConditions(parseAsked(filter, context));
    return { sums: createCaseSums(context.db, conditions), totalIsLowerBound: false };
  }

  @FieldResolver(() => Int, { nullable: true, description: 'How many cases (件数).' })
  @Directive('@merge(by: SUM)')
  async count(@Root() { sums }: Plain<CaseStatistics>): Promise<number> {
    return (await sums.totals()).count;
  }

  @FieldResolver(() => MoneyScalar, {
    nullable: true,
    description: 'Due together (应执行标的金额); null when none is known.',
  })
  @Directive('@merge(by: SUM)')
  async amountDue(@Root() { sums }: Plain<CaseStatistics>): Promise<bigint | null> {
    return (await sums.totals()).amountDue;
  }

  @FieldResolver(() => MoneyScalar, {
    nullable: true,
    description: 'Recovered together (实际到位金额); null when none is known.',
  })
  @Directive('@merge(by: SUM)')
  async amountRecovered(@Root() { sums }: Plain<CaseStatistics>): Promise<bigint | null> {
    return (await sums.totals()).amountRecovered;
  }

  @FieldResolver(() => MoneyScalar, {
    nullable: true,
    description: 'Outstanding together (尚未执行金额); null when none is known.',
  })
  @Directive('@merge(by: SUM)')
  async amountOutstanding(@Root() { sums }: Plain<CaseStatistics>): Promise<bigint | null> {
    return (await sums.totals()).amountOutstanding;
  }

  @FieldResolver(() => [StageStatistics], {
    nullable: true,
    description: 'By stage (按阶段), in the order of the enum.',
  })
  @Directive('@merge(by: UNION, key: "stage")')
  byStage(@Root() { sums }: Plain<CaseStatistics>): Promise<Plain<StageStatistics>[]> {
    return sums.byStage();
  }

  @FieldResolver(() => [ClosingModeStatistics], {
    nullable: true,
    description: 'By closing mode (按结案方式), in the order of the enum; open cases are in none.',
  })
  @Directive('@merge(by: UNION, key: "closingMode")')
  byClosingMode(@Root() { sums }: Plain<CaseStatistics>): Promise<Plain<ClosingModeStatistics>[]> {
    return sums.byClosingMode();
  }

  @FieldResolver(() => [MonthStatistics], {
    nullable: true,
    description: 'By month of filing (按立案月份), ascending; cases without a date are in none.',
  })
  @Directive('@merge(by: UNION, key: "month")')
  byMonth(@Root() { sums }: Plain<CaseStatistics>): Promise<Plain<MonthStatistics>[]> {
    return sums.byMonth();
  }

  @FieldResolver(() => Coverage, { description: 'Whose rows this speaks of (覆盖范围).' })
  async coverage(@Root() { sums }: Plain<CaseStatistics>, @Ctx() context: CourtContext): Promise<Plain<Coverage>> {
    return toCoverage(context, await sums.found());
  }
}
