import { GraphQLScalarType, Kind } from 'graphql';
import { parseCivilDate } from '../../../common/civil-date.ts';
import { ValueError } from '../../../common/value-error.ts';

/** A civil date `YYYY-MM-DD`, inside and outside the program. */
export const DateScalar = new GraphQLScalarType<string, string>({
  name: 'Date',
  description: 'A civil date of Asia/Shanghai (日期): `2017-12-15`.',
  serialize: String,
  parseValue: parseDate,
  parseLiteral: (node) => parseDate(node.kind === Kind.STRING ? node.value : null),
});

function parseDate(written: unknown): string {
  if (typeof written !== 'string') throw new ValueError('a date is text', 'a calendar date such as "2017-12-15"');
  return parseCivilDate(written);
}
