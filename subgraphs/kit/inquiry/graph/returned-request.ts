import { Directive, Field, ObjectType } from 'type-graphql';

/** 回退信息; the same in every agency, so that one fragment reads all. */
@ObjectType({
  description: 'What an agency says of a request that it handed back (回退信息). Long numbers in it are masked.',
  simpleResolvers: true,
})
@Directive('@shareable')
export class ReturnedRequest {
  @Field(() => String, { nullable: true, description: 'Why it came back (回退原因).' })
  reason: string | null;

  @Field(() => String, { nullable: true, description: 'What is to be done about it (回退备注).' })
  note: string | null;

  @Field(() => String, { nullable: true, description: 'Whom to ask at the agency (联系人).' })
  contact: string | null;

  @Field(() => String, { nullable: true, description: 'The telephone there (联系电话).' })
  phone: string | null;
}
