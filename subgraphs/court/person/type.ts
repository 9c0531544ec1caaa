import { Directive, Field, ID, ObjectType } from 'type-graphql';

@ObjectType({
  description:
    'Who somebody is over all courts (人员): a keyed hash of the identity number, which itself stays in the court.',
  simpleResolvers: true,
})
@Directive('@key(fields: "id")')
export class Person {
  @Field(() => ID, { description: 'Keyed hash of type and normalised number, the same in every court (人员标识).' })
  id: string;
}
