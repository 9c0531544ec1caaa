import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Info, Int, Query, Resolver, Root } from 'type-graphql';
import type { PartyRole } from '../../../common/vocabulary.ts';
import { toBounded } from '../bounded.ts';
import { Case } from '../case/type.ts';
import { maxPage, PageArguments, parseFirst } from '../connection/arguments.ts';
import { createCaseConnection } from '../connection/open.ts';
import { CaseConnection } from '../connection/types.ts';
import type { CourtContext } from '../context.ts';
import { parsePersonId } from '../filter/normal.ts';
import { DateScalar } from '../scalars/date.ts';
import { Party } from '../party/type.ts';
import { PartyRoleEnum } from '../vocabulary/party.ts';
import { Person } from './type.ts';
import type { Plain } from '../plain.ts';

@Resolver(() => Person)
export class PersonResolver {
  @Query(() => Person, {
    nullable: true,
    description: 'One person by id (按标识查人员); null when no case here names the person.',
  })
  @Directive('@gather')
  async person(
    @Arg('id', () => ID, { description: 'An id as `Person.id` gives it (人员标识).' }) given: string,
    @Ctx() { loaders }: CourtContext,
  ): Promise<Plain<Person> | null> {
    const id = parsePersonId('id', given);
    return (await loaders.summaries.load(id)) === null ? null : { id };
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Name as the case filed last spells it (姓名或名称); null when unknown here.',
  })
  @Directive('@merge(by: FIRST_BY, key: "lastFiledOn")')
  async name(@Root() { id }: Plain<Person>, @Ctx() { loaders }: CourtContext): Promise<string | null> {
    return (await loaders.summaries.load(id))?.name ?? null;
  }

  @FieldResolver(() => [String], {
    nullable: true,
    description: 'All spellings of the name (各案所载姓名), sorted by bytes of UTF-8, at most 100.',
  })
  @Directive('@merge(by: UNION)')
  async names(
    @Root() { id }: Plain<Person>,
    @Ctx() context: CourtContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly string[]> {
    return toBounded((await context.loaders.summaries.load(id))?.names ?? [], maxPage, context, info);
  }

  @FieldResolver(() => DateScalar, { nullable: true, description: 'When the last case was filed (最近立案日期).' })
  @Directive('@merge(by: MAX)')
  async lastFiledOn(@Root() { id }: Plain<Person>, @Ctx() { loaders }: CourtContext): Promise<string | null> {
    return (await loaders.summaries.load(id))?.lastFiledOn ?? null;
  }

  @FieldResolver(() => Boolean, {
    nullable: true,
    description:
      'Whether an identity number stands behind the id (是否已识别); without one nobody is joined with others.',
  })
  @Directive('@merge(by: SAME)')
  async identified(@Root() { id }: Plain<Person>, @Ctx() { loaders }: CourtContext): Promise<boolean | null> {
    return (await loaders.summaries.load(id))?.identified ?? null;
  }

  @FieldResolver(() => [Case], {
    nullable: true,
    description: 'Cases of this person (涉案), the last filed first, at most `first`.',
  })
  @Directive('@gather')
  @Directive('@merge(by: CONCAT, key: "filedOn DESC, number ASC")')
  async cases(
    @Root() { id }: Plain<Person>,
    @Arg('role', () => PartyRoleEnum, {
      nullable: true,
      defaultValue: PartyRoleEnum.DEBTOR,
      description: 'In this role (诉讼地位); null for any.',
    })
    role: PartyRole | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 100, description: 'How many (条数): 1 to 100.' })
    first: number | null,
    @Ctx() context: CourtContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Plain<Case>[]> {
    const limit = parseFirst(first, 100);
    return toBounded(await context.loaders.personCases({ first: limit, role }).load(id), limit, context, info);
  }

  @FieldResolver(() => [Party], {
    nullable: true,
    description: 'This person as a debtor, case by case (作为被执行人), by case number, at most `first`.',
  })
  @Directive('@gather')
  @Directive('@merge(by: CONCAT, key: "caseNumber ASC, id ASC")')
  async debtorParties(
    @Root() { id }: Plain<Person>,
    @Arg('first', () => Int, { nullable: true, defaultValue: 100, description: 'How many (条数): 1 to 100.' })
    first: number | null,
    @Ctx() context: CourtContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Plain<Party>[]> {
    const limit = parseFirst(first, 100);
    return toBounded(await context.loaders.debtorParties(limit).load(id), limit, context, info);
  }

  @FieldResolver(() => CaseConnection, {
    nullable: true,
    description: 'Cases of this person, page by page (涉案分页).',
  })
  @Directive('@gather(maxPage: 100)')
  @Directive('@merge(by: PAGE, key: "number")')
  caseConnection(
    @Root() { id }: Plain<Person>,
    @Arg('role', () => PartyRoleEnum, {
      nullable: true,
      defaultValue: PartyRoleEnum.DEBTOR,
      description: 'In this role (诉讼地位); null for any.',
    })
    role: PartyRole | null,
    @Args(() => PageArguments) page: PageArguments,
    @Ctx() context: CourtContext,
  ): Plain<CaseConnection> {
    return createCaseConnection(context, { filter: {}, person: { id, role } }, page);
  }
}
