import { Arg, Args, Ctx, Directive, Query, Resolver } from 'type-graphql';
import { PageArguments } from '../connection/arguments.ts';
import { createCaseConnection } from '../connection/open.ts';
import { CaseConnection } from '../connection/types.ts';
import type { CourtContext } from '../context.ts';
import { CaseFilter } from '../filter/input.ts';
import { parseAsked } from '../filter/asked.ts';
import { CaseNumberScalar } from '../scalars/case-number.ts';
import { Case } from './type.ts';
import type { Plain } from '../plain.ts';

@Resolver()
export class CaseQueries {
  @Query(() => Case, {
    name: 'case',
    nullable: true,
    description: 'One case by its number (按案号查案件); null when the court has no such case.',
  })
  @Directive('@route(by: "number")')
  caseByNumber(
    @Arg('number', () => CaseNumberScalar, { description: 'Case number (案号) in any written form.' }) number: string,
    @Ctx() { loaders }: CourtContext,
  ): Promise<Plain<Case> | null> {
    return loaders.cases.load(number);
  }

  @Query(() => CaseConnection, { nullable: true, description: 'Cases in one order, page by page (案件查询).' })
  @Directive('@gather(courts: "filter.courts", keys: "filter.numbers", maxPage: 100)')
  @Directive('@merge(by: PAGE, key: "number")')
  cases(
    // Decorators of parameters run from the last to the first, and so the contract's arguments stand in reverse here.
    @Args(() => PageArguments) page: PageArguments,
    @Arg('filter', () => CaseFilter, { nullable: true, description: 'Which cases (筛选条件).' })
    filter: CaseFilter | null | undefined,
    @Ctx() context: CourtContext,
  ): Plain<CaseConnection> {
    return createCaseConnection(context, { filter: parseAsked(filter, context) }, page);
  }
}
