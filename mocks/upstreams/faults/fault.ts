/** What an upstream does wrong, each with what it means; `mocks/README.md` says what a reader makes of it. */
export const faults = {
  slow: 'three days late',
  down: 'nobody picks up',
  nonsense: 'an answer that is no JSON',
  truncated: 'answers break off in the middle',
  flaky: 'every first of two calls gets 503',
  throttled: 'every first of two calls gets 429 with Retry-After 1',
  returned: 'requests come back (回退)',
  'two-names': 'requests come back, the reason and the contact under other names',
  garbled: 'columns of the wrong type',
  reordered: 'rows, elements and columns stand in reverse',
  duplicated: 'rows and elements arrive twice',
  shortened: 'the last row of every list is lost on the way',
  renamed: 'columns under other names that are known',
  drifted: 'columns under other names that nobody knows',
  'nothing-inside': '查无… stands in the key column of a row',
  partial: 'two of the banks are not on line',
  excessive: 'measures are said to hold more, and for longer, than was ordered',
} as const satisfies Readonly<Record<string, string>>;
export type Fault = keyof typeof faults;

/** Every fault by name, in the order of the table. */
export const faultNames = Object.keys(faults) as [Fault, ...Fault[]];
