import { Arg, Ctx, Directive, ID, Mutation, Resolver } from 'type-graphql';
import { keyDescription } from '../../kit/idempotency/conflict.ts';
import type { CourtContext } from '../context.ts';
import type { Plain } from '../plain.ts';
import { fromAnswer } from './answer.ts';
import { WritChange } from './change.ts';
import type { MadeChange } from './changes.ts';
import { IssueWritInput, RevokeWritInput } from './inputs.ts';

// Decorators of parameters run from the last to the first, and so the arguments stand in reverse here.
@Resolver()
export class WritMutations {
  @Mutation(() => WritChange, {
    nullable: true,
    description: 'Issues a writ (签发协助查询通知书); by a judge of the case’s court.',
  })
  @Directive('@route(by: "input.caseNumber")')
  async issueWrit(
    @Arg('idempotencyKey', () => ID, { description: keyDescription }) idempotencyKey: string,
    @Arg('input', () => IssueWritInput, { description: 'The writ (文书内容).' }) input: IssueWritInput,
    @Ctx() context: CourtContext,
  ): Promise<Plain<WritChange>> {
    return toChange(await context.writChanges.issue(input, idempotencyKey, context.viewer), context);
  }

  @Mutation(() => WritChange, {
    nullable: true,
    description: 'Revokes a writ (撤销协助查询通知书); by a judge of the case’s court.',
  })
  @Directive('@route(by: "input.caseNumber")')
  async revokeWrit(
    @Arg('idempotencyKey', () => ID, { description: keyDescription }) idempotencyKey: string,
    @Arg('input', () => RevokeWritInput, { description: 'Which writ, and why (撤销内容).' }) input: RevokeWritInput,
    @Ctx() context: CourtContext,
  ): Promise<Plain<WritChange>> {
    return toChange(await context.writChanges.revoke(input, idempotencyKey, context.viewer), context);
  }
}

async function toChange({ caseKey, ordinal, writ }: MadeChange, { loaders }: CourtContext): Promise<Plain<WritChange>> {
  return { party: await loaders.party.load({ caseKey, ordinal }), writ: writ && fromAnswer(writ) };
}
