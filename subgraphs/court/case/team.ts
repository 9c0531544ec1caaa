import { Field, ObjectType } from 'type-graphql';
import type { TeamType } from '../../../common/vocabulary.ts';
import { TeamTypeEnum } from '../vocabulary/case.ts';

@ObjectType({ description: 'The team that executes a case (执行团队).', simpleResolvers: true })
export class Team {
  @Field(() => String, { nullable: true, description: 'Name of the team (团队名称).' })
  name: string | null;

  @Field(() => TeamTypeEnum, { nullable: true, description: 'Its track (团队类型).' })
  type: TeamType | null;

  @Field(() => String, { nullable: true, description: 'The quota judge who leads it (员额法官).' })
  judge: string | null;
}
