import { Directive, Field, ObjectType } from 'type-graphql';

@ObjectType({
  description: 'Full identity of a party (当事人身份), for the agencies that a writ names; no client reaches it.',
  simpleResolvers: true,
})
@Directive('@inaccessible')
export class Subject {
  @Field(() => String, { nullable: true, description: 'Name (姓名或名称).' })
  name: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Kind of identity number (证件类型), a value of `IdType` as text.',
  })
  idType: string | null;

  @Field(() => String, { nullable: true, description: 'Identity number in full (证件号码).' })
  idNumber: string | null;
}
