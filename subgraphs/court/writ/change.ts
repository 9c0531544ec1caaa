import { Field, ObjectType } from 'type-graphql';
import { Party } from '../party/type.ts';
import type { Plain } from '../plain.ts';
import { Writ } from './type.ts';

@ObjectType({ description: 'A writ that was issued or revoked (协助查询通知书变更).', simpleResolvers: true })
export class WritChange {
  @Field(() => Party, { nullable: true, description: 'Whom it is about (被查询人), as the case has it now.' })
  party: Plain<Party> | null;

  @Field(() => Writ, {
    nullable: true,
    description: 'The writ that was issued (协助查询通知书); null where one was revoked.',
  })
  writ: Plain<Writ> | null;
}
