import { GraphQLScalarType } from 'graphql';

/** Scalars of the court contract, declared here under the same names. Agencies write them as text and read none. */
export const CaseNumberScalar = textScalar('CaseNumber', 'The number of a case (案号), in display form.');
export const MoneyScalar = textScalar('Money', 'An amount of yuan (金额) with two decimals, exact to the fen.');
export const DateScalar = textScalar('Date', 'A civil date (日期) of Asia/Shanghai, `YYYY-MM-DD`.');
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'An instant (时间), ISO 8601 with the offset +08:00.',
  serialize: (value) => {
    if (!(value instanceof Date)) throw new TypeError('DateTime serialises an instant');
    return `${new Date(value.getTime() + 8 * 3_600_000).toISOString().slice(0, -1)}+08:00`;
  },
});

function textScalar(name: string, description: string): GraphQLScalarType<string, string> {
  return new GraphQLScalarType<string, string>({
    name,
    description,
    serialize: (value) => {
      if (typeof value !== 'string') throw new TypeError(`${name} serialises text`);
      return value;
    },
  });
}
