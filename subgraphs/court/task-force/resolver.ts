import { Args, Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { PageArguments } from '../connection/arguments.ts';
import { createCaseConnection } from '../connection/open.ts';
import { CaseConnection } from '../connection/types.ts';
import type { CourtContext } from '../context.ts';
import type { Plain } from '../plain.ts';
import { parseCriteria } from './criteria.ts';
import { criteriaRequirement, TaskForce } from './types.ts';

/** A task force as federation hands it to a court: what it says of itself has not been read yet. */
export interface TaskForceReference {
  readonly id: string;
  readonly criteria: unknown;
}

@Resolver(() => TaskForce)
export class TaskForceResolver {
  @FieldResolver(() => CaseConnection, {
    nullable: true,
    description:
      'The cases of the task force (专项行动案件), page by page, in the order and with the coverage of `cases`.',
  })
  @Directive(`@requires(fields: "${criteriaRequirement}")`)
  @Directive('@gather(courts: "criteria.courts", maxPage: 100)')
  @Directive('@merge(by: PAGE, key: "number")')
  cases(
    @Root() { criteria }: TaskForceReference,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: CourtContext,
  ): Plain<CaseConnection> {
    return createCaseConnection(context, { filter: parseCriteria(criteria, context) }, page);
  }
}
