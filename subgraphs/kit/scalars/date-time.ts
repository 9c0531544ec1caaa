import { GraphQLScalarType } from 'graphql';

import { toInstantText } from '../../../common/civil-date.ts';

/** An instant, written with the offset of the courts. Agencies and command centre only give it out, so it reads nothing. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'An instant (时间), ISO 8601 with the offset +08:00.',
  serialize: (value) => {
    if (!(value instanceof Date)) throw new TypeError('DateTime serialises an instant');
    return toInstantText(value);
  },
});
