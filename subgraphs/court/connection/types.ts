import { Directive, Field, ObjectType } from 'type-graphql';
import { PageInfoFields } from '../../kit/page-info.ts';
import { Case } from '../case/type.ts';
import type { CasePage } from './page.ts';
import type { Plain } from '../plain.ts';

@ObjectType({ description: 'One row of a page (分页边).', simpleResolvers: true })
export class CaseEdge {
  @Field(() => String, { description: 'Position in the order (游标); it holds no name and no identity number.' })
  cursor: string;

  @Field(() => Case, { description: 'The case (案件).' })
  node: Plain<Case>;
}

@ObjectType({ description: 'Where a page stands (分页信息).', simpleResolvers: true })
export class PageInfo extends PageInfoFields {}

/** Rows are read when `edges`, `pageInfo` or `coverage` is asked for, once. */
@ObjectType({ description: 'A page of cases in one global order (案件分页).', simpleResolvers: true })
export class CaseConnection {
  @Field(() => Boolean, { description: 'Whether the total leaves out courts that did not answer (总数是否为下限).' })
  @Directive('@merge(by: ANY)')
  totalIsLowerBound: boolean;

  page: CasePage;

  /** Whether it was asked for after a cursor. */
  isLaterPage: boolean;
}
