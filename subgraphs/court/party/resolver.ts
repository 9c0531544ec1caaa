import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { maskIdNumber } from '../../../common/identity.ts';
import type { CourtContext } from '../context.ts';
import { Person } from '../person/type.ts';
import { Writ } from '../writ/type.ts';
import { toWrit } from '../writ/answer.ts';
import { Subject } from './subject.ts';
import { Party } from './type.ts';
import type { Plain } from '../plain.ts';

@Resolver(() => Party)
export class PartyResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Identity number (证件号码), masked 6 + 8★ + 4; null when there is none.',
  })
  idNumber(@Root() { fullIdNumber }: Plain<Party>): string | null {
    return fullIdNumber === null ? null : maskIdNumber(fullIdNumber);
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who it is over all courts (人员).' })
  person(@Root() { personId }: Plain<Party>): Plain<Person> {
    return { id: personId };
  }

  @FieldResolver(() => Writ, {
    nullable: true,
    description: 'The order to ask agencies about this party (协助查询通知书); null when none was signed.',
  })
  async writ(@Root() { caseNumber, id }: Plain<Party>, @Ctx() context: CourtContext): Promise<Plain<Writ> | null> {
    const row = await context.loaders.writs.load({ caseKey: caseNumber, ordinal: Number(id) });
    return row && toWrit(row, context);
  }

  @FieldResolver(() => Subject, {
    nullable: true,
    description: 'Full identity (当事人身份), for the agencies that a writ names.',
  })
  @Directive('@inaccessible')
  subject(@Root() { name, idType, fullIdNumber }: Plain<Party>): Plain<Subject> {
    return { name, idType, idNumber: fullIdNumber };
  }
}
