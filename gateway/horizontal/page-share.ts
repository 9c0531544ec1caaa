/** How many rows of a page a member is asked for first, when several are asked (decision 0038). */

/**
 * The rows that a speaker is asked for: `first` is the page's size, `speaks` for how many members it speaks, of so many
 * that are `asked` together. Never more than `first`, never less than one.
 */
export type PageShare = (first: number, speaks: number, asked: number) => number;

/**
 * Its even share and three standard deviations more: rows that are spread by chance are there at once in nearly all
 * cases. A page of which this would not spare half is asked whole, since each round costs the time of a call.
 */
export const adaptiveShare: PageShare = (first, speaks, asked) => {
  const share = (first * speaks) / asked;
  const rows = Math.ceil(share) + Math.ceil(3 * Math.sqrt(share));
  return rows * 2 <= first ? rows : first;
};

/** The most rounds in which members are asked for one page: a share, and once what may still be missing. */
export const mostRounds = 2;
