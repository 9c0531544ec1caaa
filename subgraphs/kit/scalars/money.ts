import { GraphQLScalarType, Kind } from 'graphql';
import { formatMoney, parseMoney } from '../../../common/money.ts';
import { ValueError } from '../../../common/value-error.ts';

/** Inside the program an amount is an integer of fen; outside a string of yuan with two decimals. */
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
