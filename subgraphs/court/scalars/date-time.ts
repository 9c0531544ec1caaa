import { GraphQLScalarType } from 'graphql';

import { toInstantText } from '../../../common/civil-date.ts';

/** An instant, written with the offset of the courts. The contract only gives it out, so it reads nothing. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description: 'An instant (时点), ISO 8601 with offset: `2018-01-04T08:30:00.000+08:00`.',
  serialize: (instant) => {
    if (!(instant instanceof Date)) throw new TypeError('an instant inside the program is a Date');
    return toInstantText(instant);
  },
});
