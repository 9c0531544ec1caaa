import { GraphQLScalarType } from 'graphql';

/** Scalars of the court contract, declared here under the same names. Agencies write them as text and read none. */
export const CaseNumberScalar = textScalar('CaseNumber', 'The number of a case (案号), in display form.');
export const MoneyScalar = textScalar('Money', 'An amount of yuan (金额) with two decimals, exact to the fen.');
export const DateScalar = textScalar('Date', 'A civil date (日期) of Asia/Shanghai, `YYYY-MM-DD`.');

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
