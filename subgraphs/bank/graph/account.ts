import { Directive, Field, FieldResolver, ID, Int, ObjectType, Resolver, Root } from 'type-graphql';
import { DateScalar, MoneyScalar } from '../../kit/inquiry/graph/scalars.ts';
import { assetKey } from '../../kit/inquiry/asset-key.ts';
import { maskTail } from '../../kit/inquiry/mask.ts';

/** 冻结信息. */
@ObjectType({ description: 'A measure that lies on an account already (在先冻结).', simpleResolvers: true })
export class PriorFreeze {
  @Field(() => Int, { nullable: true, description: 'Place in the order of measures (冻结序号).' })
  sequence: number;

  @Field(() => String, { nullable: true, description: 'Who ordered it (冻结机关).' })
  authority: string | null;

  @Field(() => String, { nullable: true, description: 'Number of the order (冻结文号).' })
  documentNumber: string | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'Amount frozen (冻结金额).' })
  amount: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Last day of the freeze (冻结截止日).' })
  until: string | null;
}

/** 账户信息. */
@ObjectType({ description: 'An account that a bank reports (账户).', simpleResolvers: true })
export class BankAccount {
  @Field(() => String, { nullable: true, description: 'The bank (银行名称).' })
  bankName: string | null;

  @Field(() => String, { nullable: true, description: 'The branch where it was opened (开户网点).' })
  branch: string | null;

  @Field(() => String, { nullable: true, description: 'Account number (账号), masked but for the last four.' })
  number: string;

  @Field(() => String, { nullable: true, description: 'Currency (币种), ISO 4217.' })
  currency: string | null;

  @Field(() => MoneyScalar, { nullable: true, description: "Balance (余额), in the account's currency." })
  balance: string | null;

  @Field(() => MoneyScalar, { nullable: true, description: 'What may still be controlled (可用余额).' })
  available: string | null;

  @Field(() => String, { nullable: true, description: "State of the account in the bank's words (账户状态)." })
  accountStatus: string | null;

  @Field(() => DateScalar, { nullable: true, description: 'Day of opening (开户日期).' })
  openedOn: string | null;

  @Field(() => [PriorFreeze], { nullable: true, description: 'Measures that lie on it already (在先冻结).' })
  priorFreezes: PriorFreeze[] | null;
}

/** Shows an account number in part as a court beside the handling team may see it: the last four. */
@Resolver(() => BankAccount)
export class BankAccountResolver {
  @FieldResolver(() => String, { nullable: true })
  number(@Root() { number }: BankAccount): string {
    return maskTail(number, 4);
  }
  @Directive('@inaccessible')
  @FieldResolver(() => ID, {
    nullable: true,
    description: 'The same for the same account, whoever asks (财产键); for subgraphs that sum up, not for clients.',
  })
  assetKey(@Root() { bankName, number }: BankAccount): string {
    return assetKey('ACCOUNT', bankName, number);
  }
}
