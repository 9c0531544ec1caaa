/** Control measures on property, with the longest terms that the law allows, and the waiting ones behind other courts'. */

import type { MeasureRecord } from '../../common/case-record.ts';
import { dateOf, monthsAfter } from './calendar.ts';
import { bankBranchName, quarterName } from './naming.ts';
import { machines, roadWords } from './names.ts';
import type { Place } from './places.ts';
import type { Random } from './random.ts';

/** What bears on a case's measures; day numbers. */
export interface MeasureFacts {
  readonly home: Place;
  readonly machinery: boolean;
  /** How likely property was found. */
  readonly likelihood: number;
  readonly first: number;
  readonly last: number;
  readonly closed: boolean;
  /** The claim, beyond which nothing may be frozen; null when unknown. */
  readonly due: string | null;
}

interface Property {
  readonly text: string;
  readonly action: 'FREEZE' | 'SEAL';
  /** The longest term (司法解释 2015 民诉法解释 Art. 487): deposits one year, movables two, real estate three. */
  readonly months: number;
  readonly seizable: boolean;
}

/** The measures of one case, in order of their days; none when the window is empty. */
export function measuresOf(random: Random, facts: MeasureFacts): readonly MeasureRecord[] {
  if (facts.first > facts.last || !random.chance(facts.likelihood)) return [];
  const count = random.weigh([
    [1, 62],
    [2, 28],
    [3, 10],
  ]);
  const measures: MeasureRecord[] = [];
  // One freeze a case: its limit is the claim, so a second would go beyond it.
  let frozen = false;
  for (let ordinal = 0; ordinal < count; ordinal += 1) {
    const property = propertyOf(random, facts, frozen);
    frozen ||= property.action === 'FREEZE';
    measures.push(...measuresOn(random, facts, property));
  }
  return measures.sort((one, other) => (one.from < other.from ? -1 : one.from > other.from ? 1 : 0));
}

function measuresOn(random: Random, facts: MeasureFacts, property: Property): MeasureRecord[] {
  const { text, action, months, seizable } = property;
  const from = random.between(facts.first, Math.min(facts.last, facts.first + 60));
  if (random.chance(0.16)) return [waiting(random, text, from)];
  const amount = action === 'FREEZE' ? facts.due : null;
  const measure = (kind: MeasureRecord['action'], day: number, term: number | null, sum = amount): MeasureRecord => ({
    action: kind,
    property: text,
    amount: sum,
    from: dateOf(day),
    expiresOn: term === null ? null : dateOf(monthsAfter(day, term) - 1),
    queuePosition: 0,
  });
  const taken = [measure(action, from, months)];
  let latest = from;
  const anniversary = monthsAfter(from, months) - 1;
  if (anniversary <= facts.last && random.chance(0.6)) {
    // Renewed before it lapses, for the same longest term again.
    latest = anniversary - random.between(1, 15);
    taken.push(measure('RENEW', latest, months));
  }
  if (seizable && latest < facts.last && random.chance(0.25)) {
    latest = random.between(latest, facts.last);
    taken.push(measure('SEIZE_PHYSICAL', latest, months));
  }
  if (facts.closed && random.chance(0.5)) {
    taken.push(measure(action === 'FREEZE' ? 'DEDUCT' : 'RELEASE', facts.last, null));
  }
  return taken;
}

/** A waiting measure has no effect and no term of its own before its turn (法释〔2004〕15号 Art. 28). */
function waiting(random: Random, property: string, from: number): MeasureRecord {
  const queuePosition = random.weigh([
    [1, 60],
    [2, 25],
    [3, 10],
    [4, 5],
  ]);
  return { action: 'WAITLIST', property, amount: null, from: dateOf(from), expiresOn: null, queuePosition };
}

function propertyOf(random: Random, { home, machinery }: MeasureFacts, frozen: boolean): Property {
  if (machinery && random.chance(0.7)) {
    const [kind, model] = random.pick(machines);
    const text = `${kind} ${model}${random.between(15, 90) * 10} 机号${model}${digits(random, 8)}`;
    return { text, action: 'SEAL', months: 24, seizable: true };
  }
  const sort = random.weigh([
    ['DEPOSIT', frozen ? 0 : 45],
    ['VEHICLE', 30],
    ['HOUSE', 25],
  ]);
  if (sort === 'DEPOSIT') {
    return {
      text: `${bankBranchName(random)}存款（尾号${digits(random, 4)}）`,
      action: 'FREEZE',
      months: 12,
      seizable: false,
    };
  }
  if (sort === 'VEHICLE') {
    const plate = `${home.letter}${'ABCDEFGH'.charAt(random.below(8))}${digits(random, 5)}`;
    return {
      text: `${random.pick(['小型轿车', '小型普通客车', '重型半挂牵引车', '轻型货车'])} ${plate}`,
      action: 'SEAL',
      months: 24,
      seizable: true,
    };
  }
  const address = `${home.county}${random.pick(roadWords)}${quarterName(random)}${random.between(1, 30)}幢${random.between(1, 4)}单元${random.between(1, 26)}0${random.between(1, 4)}室`;
  return { text: address, action: 'SEAL', months: 36, seizable: false };
}

function digits(random: Random, count: number): string {
  return String(random.below(10 ** count)).padStart(count, '0');
}
