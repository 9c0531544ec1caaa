import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CommandContext } from '../context.ts';
import { Court } from './court.ts';
import { TaskForce } from './type.ts';

@Resolver(() => TaskForce)
export class TaskForceResolver {
  @FieldResolver(() => [Court], {
    nullable: true,
    description: 'The courts that take part (参与法院): those of the criteria, or all when the criteria name none.',
  })
  courts(@Root() { criteria }: TaskForce, @Ctx() { registry }: CommandContext): readonly Court[] {
    if (criteria.courts === null) return registry.courts.map(({ code }) => ({ code }));
    // Merged since, a court is the one that has it now; one that is gone stays, so that the hub tells it is unknown.
    const codes = criteria.courts.map((code) => registry.byCode(code)?.code ?? code);
    return [...new Set(codes)].map((code) => ({ code }));
  }
}
