import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import { caseNumberFromKey } from '../../../common/case-number.ts';
import { toCivilDate } from '../../../common/civil-date.ts';
import { maskTail } from '../../kit/inquiry/mask.ts';
import type { CourtContext } from '../context.ts';
import { Subject } from '../party/subject.ts';
import { Party } from '../party/type.ts';
import type { Plain } from '../plain.ts';
import { Mandate } from './mandate.ts';
import { MeasureOrder } from './type.ts';

@Resolver(() => MeasureOrder)
export class MeasureOrderResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The property (财产), as its agency shows it: an account masked but for the last four, a vehicle but for the last three, a unit by its number.',
  })
  property(@Root() { agency, fullProperty }: Plain<MeasureOrder>): string {
    return agency === 'REAL_ESTATE' ? fullProperty : maskTail(fullProperty, agency === 'BANK' ? 4 : 3);
  }

  @FieldResolver(() => Party, {
    nullable: true,
    description: 'The debtor (被执行人), as the case has him now; null where it has nobody of his number any more.',
  })
  async party(
    @Root() { caseNumber, fullSubject }: Plain<MeasureOrder>,
    @Ctx() { loaders }: CourtContext,
  ): Promise<Plain<Party> | null> {
    // An import may have given his ordinal to somebody else.
    const debtors = await loaders.parties('DEBTOR').load(caseNumber);
    return debtors.find(({ fullIdNumber }) => fullIdNumber === fullSubject.idNumber) ?? null;
  }

  @FieldResolver(() => Subject, {
    nullable: true,
    description: 'Full identity of the debtor when it was signed (被执行人身份), for the agency.',
  })
  @Directive('@inaccessible')
  subject(@Root() { fullSubject }: Plain<MeasureOrder>): Plain<Subject> {
    return fullSubject;
  }

  @FieldResolver(() => Mandate, {
    nullable: true,
    description: 'What is to be done, and who says so (协助执行通知书), for the agency.',
  })
  @Directive('@inaccessible')
  mandate(@Root() order: Plain<MeasureOrder>, @Ctx() { court, registry, now }: CourtContext): Plain<Mandate> {
    const { agency, action, number, bankName, amount, until, originId, signedBy, signedOn, handler } = order;
    const today = toCivilDate(now());
    const issuer = registry.ownerOf(caseNumberFromKey(order.caseNumber)) ?? court;
    return {
      ...{ agency, action, number, bankName, amount, until, originId, signedBy, signedOn },
      property: order.fullProperty,
      isReleased: order.releasedOn !== null,
      // What has lapsed since is not held, whatever became of its release.
      releaseIds: order.freed.flatMap((freed) => (freed.until < today ? [] : [freed.releaseIds])),
      courtName: issuer.name,
      courtCode: issuer.code,
      handlerName: handler.name,
      handlerPhone: handler.phone,
      workIdNumber: handler.workId,
      dutyCertificateNumber: handler.dutyCertificate,
    };
  }
}
