import { Arg, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { CourtContext } from '../context.ts';
import {
  Coverage,
  CourtCoverage,
  type CoverageSelection,
  CoverageSelectionEnum,
  type CoverageStatus,
} from './types.ts';
import type { Plain } from '../plain.ts';

@Resolver(() => Coverage)
export class CoverageResolver {
  @FieldResolver(() => [CourtCoverage], { description: 'One entry for each court (各法院覆盖情况).' })
  courts(
    @Root() coverage: Plain<Coverage>,
    @Arg('only', () => CoverageSelectionEnum, {
      nullable: true,
      defaultValue: CoverageSelectionEnum.ALL,
      description: 'Which courts to list (列出范围).',
    })
    only: CoverageSelection | null,
  ): readonly Plain<CourtCoverage>[] {
    return only === 'GAPS' ? coverage.all.filter(({ status }) => !answered.has(status)) : coverage.all;
  }
}

@Resolver(() => CourtCoverage)
export class CourtCoverageResolver {
  @FieldResolver()
  asOf(@Ctx() { asOf }: CourtContext): Promise<Date> {
    return asOf();
  }
}

const answered: ReadonlySet<CoverageStatus> = new Set<CoverageStatus>(['FOUND', 'NONE', 'NOT_ASKED']);
