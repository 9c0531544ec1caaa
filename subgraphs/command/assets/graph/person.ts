import { Arg, Ctx, Directive, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql';
import type { CommandContext } from '../../context.ts';
import { assetRequirement, parseAnswers } from '../answers.ts';
import { summarise } from '../summary.ts';
import { Party } from './party.ts';
import { toAssetSummary } from './summary.ts';
import { AssetSummary } from './type.ts';

/** A person over all courts, as far as a summary of what somebody has needs it. */
@ObjectType({ description: 'Who somebody is over all courts (人员).' })
@Directive('@key(fields: "id")')
export class Person {
  @Field(() => ID, { description: 'The same in every court (人员标识).' })
  id: string;
}

/** A person as federation brings it: what it says of itself has not been read yet. */
export interface PersonReference {
  readonly id: string;
  readonly debtorParties: unknown;
}

/** Sums up what the agencies say about a person, through every case in which the person is a debtor. */
@Resolver(() => Person)
export class PersonAssetsResolver {
  @Directive('@external')
  @FieldResolver(() => [Party], { nullable: true, description: 'This person as a debtor (作为被执行人).' })
  debtorParties(
    @Root() { debtorParties }: PersonReference,
    @Arg('first', () => Int, { nullable: true, defaultValue: 100, description: 'How many (条数): 1 to 100.' })
    first: number | null,
  ): readonly unknown[] | null {
    return Array.isArray(debtorParties) ? debtorParties.slice(0, first ?? 100) : null;
  }

  @Directive(`@requires(fields: "debtorParties { ${assetRequirement} }")`)
  @FieldResolver(() => AssetSummary, {
    nullable: true,
    description: 'What may still be controlled of what this person has, each thing once over all cases (可控财产汇总).',
  })
  assets(@Root() { debtorParties }: PersonReference, @Ctx() { today }: CommandContext) {
    const parties: readonly unknown[] = Array.isArray(debtorParties) ? debtorParties : [];
    return toAssetSummary(summarise(parties.map(parseAnswers), today()));
  }
}
