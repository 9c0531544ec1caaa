import { GraphQLScalarType, Kind } from 'graphql';
import { caseNumberFromKey, caseNumberKey, formatCaseNumber, parseCaseNumber } from '../../../common/case-number.ts';
import { ValueError } from '../../../common/value-error.ts';

/** Inside the program a case number is its normal key; read in every written form, written in display form. */
export const CaseNumberScalar = new GraphQLScalarType<string, string>({
  name: 'CaseNumber',
  description:
    'A case number (案号, 法〔2015〕137号): read in every written form, written as `（2017）苏0312执1234号`. It names the court that owns the case.',
  serialize: (key) => formatCaseNumber(caseNumberFromKey(String(key))),
  parseValue: parseCaseNumberKey,
  parseLiteral: (node) => parseCaseNumberKey(node.kind === Kind.STRING ? node.value : null),
});

/** The normal key of a case number from outside; ValueError for anything that is none. */
export function parseCaseNumberKey(written: unknown): string {
  if (typeof written !== 'string') {
    throw new ValueError('a case number is text', 'a case number such as （2017）苏0312执1234号');
  }
  return caseNumberKey(parseCaseNumber(written));
}
