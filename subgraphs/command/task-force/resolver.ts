import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CourtRegistry } from '../../../common/court-registry.ts';
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
    const all = registry.courts.map(({ code }) => code);
    return (criteria.courts === null ? all : toPresent(criteria.courts, registry)).map((code) => ({ code }));
  }
}

/** The courts that have these codes now, in the registry's order; a code that is gone stays, so that the hub tells it is unknown. */
function toPresent(codes: readonly string[], registry: CourtRegistry): readonly string[] {
  const present = new Set(codes.map((code) => registry.byCode(code)?.code ?? code));
  const known = registry.courts.map(({ code }) => code).filter((code) => present.delete(code));
  return [...known, ...present];
}
