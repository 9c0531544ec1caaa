import { Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { InquiryFields } from '../../kit/inquiry/graph/inquiry-fields.ts';
import { CaseNumberScalar } from '../../kit/inquiry/graph/scalars.ts';
import { Subject } from '../../kit/inquiry/graph/subject.ts';
import { Writ } from '../../kit/inquiry/graph/writ.ts';
import type { AgencyContext } from '../../kit/inquiry/agency.ts';
import { requirement } from '../../kit/inquiry/party.ts';
import type { BankRecord } from '../upstream/bank-record.ts';
import { BankAccount } from './account.ts';
import { BankCoverage } from './coverage.ts';
import { toBankInquiry } from './inquiry.ts';

/** 银行存款查询. */
@ObjectType({ description: 'What the banks say about a party (银行存款查询).', simpleResolvers: true })
export class BankInquiry extends InquiryFields {
  @Field(() => [BankAccount], {
    nullable: true,
    description:
      'Accounts (账户); empty when nothing is on record (查无), null when there is no answer. While banks are missing, those of the banks that have answered.',
  })
  accounts: BankAccount[] | null;

  @Field(() => BankCoverage, {
    nullable: true,
    description: 'Which banks were asked and have answered (银行反馈覆盖); null while none has.',
  })
  coverage: BankCoverage | null;
}

/** A court's party, as far as the banks need it. */
@ObjectType({ description: 'Somebody in a case (当事人).' })
@Directive('@key(fields: "caseNumber id")')
export class Party {
  @Field(() => CaseNumberScalar, { description: 'The case (案号).' })
  caseNumber: string;

  @Field(() => ID, { description: 'Ordinal within the case (当事人序号).' })
  id: string;

  @Directive('@external')
  @Field(() => Writ, { nullable: true, description: 'The legal basis to ask (协助查询通知书).' })
  writ: Writ | null;

  @Directive('@external')
  @Field(() => Subject, { nullable: true, description: 'Who is asked about (被查询人).' })
  subject: Subject | null;
}

/** Asks the banks about a party, on its writ. */
@Resolver(() => Party)
export class PartyResolver {
  @Directive(`@requires(fields: "${requirement}")`)
  @FieldResolver(() => BankInquiry, {
    nullable: true,
    description: 'What the banks say about this party (银行存款查询).',
  })
  async bank(@Root() party: Party, @Ctx() { inquire, arrived }: AgencyContext<BankRecord>) {
    return toBankInquiry(await inquire(party), arrived);
  }
}
