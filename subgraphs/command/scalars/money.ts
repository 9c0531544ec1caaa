import { GraphQLScalarType, Kind } from 'graphql';
import { formatMoney, parseMoney } from '../../../common/money.ts';
import { ValueError } from '../../../common/value-error.ts';

/** The contract's `Money`: an integer of fen inside the program, a string of yuan with two decimals outside. */
export const MoneyScalar = new GraphQLScalarType<bigint, string>({
  name: 'Money',
  description: 'An amount of yuan (金额, 元) as a string with two decimals, exact to the fen: `1234.50`.',
  serialize: (fen) => {
    if (typeof fen !== 'bigint') throw new TypeError('an amount inside the program is a bigint of fen');
    return formatMoney(fen);
  },
  parseValue: parseAmount,
  parseLiteral: (node) => parseAmount(node.kind === Kind.STRING ? node.value : null),
});

function parseAmount(written: unknown): bigint {
  if (typeof written !== 'string') throw new ValueError('an amount is text', 'yuan as text, such as "1234.50"');
  return parseMoney(written);
}
