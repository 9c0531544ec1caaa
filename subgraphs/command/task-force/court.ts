import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** A court as the hub's registry knows it: here it is its code. */
@ObjectType({ description: 'A court (法院).', simpleResolvers: true })
@Directive('@key(fields: "code", resolvable: false)')
export class Court {
  @Field(() => ID, { description: 'Court code (法院代字), such as 苏0312.' })
  code: string;
}
