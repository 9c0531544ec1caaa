import { Directive, Field, ObjectType } from 'type-graphql';

/** A party's full identity; only `@requires` reaches it. */
@ObjectType({ description: 'Full identity of a party (被查询人身份), for agencies only.' })
@Directive('@inaccessible')
export class Subject {
  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Name (姓名或名称).' })
  name: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Kind of identity number (证件类型).' })
  idType: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Identity number in full (证件号码).' })
  idNumber: string | null;
}
