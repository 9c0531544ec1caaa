import { Directive, Field, ID, ObjectType } from 'type-graphql';
import { DateScalar } from '../../../kit/inquiry/graph/scalars.ts';
import { MoneyScalar } from '../../../kit/scalars/money.ts';
import { ReadInquiry } from './inquiry.ts';

/** What a summary reads of it; its agency resolves it. */
@ObjectType({ description: 'A measure that lies on an account already (在先冻结).' })
export class PriorFreeze {
  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Who ordered it (冻结机关).' })
  authority: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Number of the order (冻结文号).' })
  documentNumber: string | null;

  @Directive('@external')
  @Field(() => MoneyScalar, { nullable: true, description: 'Amount frozen (冻结金额).' })
  amount: bigint | null;

  @Directive('@external')
  @Field(() => DateScalar, { nullable: true, description: 'Last day of the freeze (冻结截止日).' })
  until: string | null;
}

/** What a summary reads of it; its agency resolves it. */
@ObjectType({ description: 'An account that a bank reports (账户).' })
export class BankAccount {
  @Directive('@external')
  @Field(() => ID, { nullable: true, description: 'The same for the same account, whoever asks (财产键).' })
  assetKey: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'The bank (银行名称).' })
  bankName: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Account number, masked (账号).' })
  number: string | null;

  @Directive('@external')
  @Field(() => String, { nullable: true, description: 'Currency (币种), ISO 4217.' })
  currency: string | null;

  @Directive('@external')
  @Field(() => MoneyScalar, { nullable: true, description: 'Balance (余额).' })
  balance: bigint | null;

  @Directive('@external')
  @Field(() => MoneyScalar, { nullable: true, description: 'What may still be controlled (可用余额).' })
  available: bigint | null;

  @Directive('@external')
  @Field(() => [PriorFreeze], { nullable: true, description: 'Measures that lie on it already (在先冻结).' })
  priorFreezes: PriorFreeze[] | null;
}

/** What a summary reads of it; its agency resolves it. */
@ObjectType({ description: 'What the banks say about a party (银行存款查询).' })
export class BankInquiry extends ReadInquiry {
  @Directive('@external')
  @Field(() => [BankAccount], { nullable: true, description: 'Accounts (账户).' })
  accounts: BankAccount[] | null;
}
