import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { maskIdNumber } from '../../../common/identity.ts';
import { worksOnCases } from '../../../common/viewer.ts';
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
    description:
      'Identity number (证件号码), masked 6 + 8★ + 4; null when there is none, and for viewers whose role does not work on cases (lawyer, public, court-it) or who are not known (非办案人员不予显示).',
  })
  idNumber(@Root() { fullIdNumber }: Plain<Party>, @Ctx() { viewer }: CourtContext): string | null {
    return fullIdNumber === null || !worksOnCases(viewer) ? null : maskIdNumber(fullIdNumber);
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
