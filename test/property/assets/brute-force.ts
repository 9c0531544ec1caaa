/** The asset summary by brute force: from what a debtor has, thing by thing, without the product's types and rules. */

import { today, type Account, type Debtor, type Telling, type Thing } from './world.ts';

const years = { VEHICLE: 2, REAL_ESTATE: 3 };

/** What may be controlled of one thing, in fen: exactly, at least, or unknown. */
type Worth = { readonly exactly: bigint } | { readonly atLeast: bigint } | 'unknown';

function worthOfAccount({ currency, balance, available, freezes }: Account): Worth {
  if (available === 0) return { exactly: 0n };
  if (currency !== 'CNY') return balance === 0 ? { exactly: 0n } : 'unknown';
  if (available !== null) return balance !== null && available > balance ? 'unknown' : { exactly: BigInt(available) };
  if (balance === null) return 'unknown';
  const running = freezes.filter(({ until }) => new Date(until) >= new Date(today));
  if (running.some(({ amount }) => amount === null)) return 'unknown';
  const frozen = running.map(({ amount }) => amount ?? 0).reduce((a, b) => a + b, 0);
  return { exactly: BigInt(Math.max(0, balance - frozen)) };
}

function worthOfThing({ kind, value, share, mortgages, seizures }: Thing): Worth {
  for (const { from, until, position } of seizures) {
    if (position > 0) return { exactly: 0n };
    const longest = new Date(from);
    longest.setUTCFullYear(longest.getUTCFullYear() + years[kind]);
    const end = until === null ? longest : new Date(Math.min(longest.getTime(), new Date(until).getTime()));
    if (end >= new Date(today)) return { exactly: 0n };
  }
  if (value === null || share === null) return 'unknown';
  if (mortgages.some(({ amount }) => amount === null)) return 'unknown';
  const secured = mortgages.map(({ amount }) => amount ?? 0).reduce((a, b) => a + b, 0);
  const left = BigInt(Math.max(0, value - secured)) * BigInt(share[0]);
  const worth = (left - (left % BigInt(share[1]))) / BigInt(share[1]);
  return mortgages.some(({ ceiling }) => ceiling) ? { atLeast: worth } : { exactly: worth };
}

/** Total and certainty over everything that anybody has told; a whole telling tells all there is. */
export function bruteForce(debtor: Debtor): { certainty: string; controllable: bigint | null } {
  const agencies = [
    { things: debtor.accounts.map((own) => ({ key: own.key, worth: worthOfAccount(own) })), field: 'bank' },
    { things: debtor.vehicles.map((own) => ({ key: own.key, worth: worthOfThing(own) })), field: 'vehicle' },
    { things: debtor.units.map((own) => ({ key: own.key, worth: worthOfThing(own) })), field: 'realEstate' },
  ] as const;
  let total = 0n;
  let anything = false;
  let everything = true;
  for (const { things, field } of agencies) {
    const tellings: readonly Telling[] = debtor.parties.map((party) => party[field]);
    const whole = tellings.some(({ status }) => ['FOUND', 'NONE'].includes(status));
    if (whole) anything = true;
    else everything = false;
    for (const { key, worth } of things) {
      if (!whole && !tellings.some(({ told }) => told?.includes(key))) continue;
      if (worth === 'unknown') {
        everything = false;
        continue;
      }
      anything = true;
      if ('atLeast' in worth) everything = false;
      total += 'atLeast' in worth ? worth.atLeast : worth.exactly;
    }
  }
  if (!anything) return { certainty: 'UNKNOWN', controllable: null };
  return { certainty: everything ? 'EXACT' : 'LOWER_BOUND', controllable: total };
}
