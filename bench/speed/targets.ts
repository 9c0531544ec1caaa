/** What Nonet has promised to be, as ratios within one run. */

import { besideId } from './gateways.ts';
import type { Figures, Row } from './measure.ts';
import { limitId, promises, type Promised } from './promises.ts';
import { quartilesOf, type Quartiles } from './quantiles.ts';

export interface Target {
  readonly what: string;
  readonly promised: string;
  readonly ratio: Quartiles;
  /** The same of what is written by hand in our place; null where it is the other. */
  readonly limit: number | null;
  /** Whether the quartile on the worse side keeps the promise. */
  readonly isMet: boolean;
}

/** The targets of which both rows were measured. */
export function toTargets(rows: readonly Row[]): Target[] {
  const find = (scenario: Row['scenario'], id: string) =>
    rows.find((row) => row.scenario === scenario && row.id === id && row.figures !== null);
  return promises.flatMap(({ scenario, figure, other, bound, word }) => {
    const [ours, theirs] = [find(scenario, 'nonet'), find(scenario, other)];
    if (!ours?.figures || !theirs?.figures) return [];
    const ratio = ratioOf(figure, ours.figures, theirs.figures);
    const limit = other === limitId(scenario) ? null : find(scenario, limitId(scenario))?.figures;
    const isMost = figure === 'memory';
    return [
      {
        what: whatOf(figure, scenario, theirs.gateway),
        promised: `${word} ${isMost ? '≤' : '≥'} ${bound}`,
        ratio,
        limit: limit ? ratioOf(figure, limit, theirs.figures).median : null,
        isMet: isMost ? ratio.upper <= bound : ratio.lower >= bound,
      },
    ];
  });
}

/** What the Nonet of another checkout costs, over ours, by scenario. */
export function toComparison(rows: readonly Row[]): string {
  const lines = rows.flatMap(({ scenario, id, figures: ours }) => {
    const theirs = rows.find((row) => row.scenario === scenario && row.id === besideId)?.figures;
    if (id !== 'nonet' || !ours || !theirs) return [];
    const { lower, median, upper } = ratioOf('cpu', ours, theirs);
    const [middle, low, high] = [median, lower, upper].map((value) => value.toFixed(3));
    return [
      `${scenario}: CPU per request of the other checkout, over ours: ${middle} (quartiles by round ${low} – ${high})`,
    ];
  });
  return lines.join('\n');
}

/** The ratio of the medians, and quartiles of the ratios round by round: what disturbs a round disturbs both. */
function ratioOf(figure: Promised['figure'], ours: Figures, theirs: Figures): Quartiles {
  const of = ({ byRound }: Figures) => byRound.map((round) => round[nameOf[figure]]);
  const [one, other] = figure === 'cpu' ? [of(theirs), of(ours)] : [of(ours), of(theirs)];
  const byRound = quartilesOf(one.map((value, round) => value / other[round]!));
  return { ...byRound, median: quartilesOf(one).median / quartilesOf(other).median };
}

const nameOf = { cpu: 'cpuMsPerRequest', rps: 'rps', memory: 'rssMb' } as const;

function whatOf(figure: Promised['figure'], scenario: string, other: string): string {
  if (figure === 'cpu') return `${scenario}: CPU per request of ${other}, over ours`;
  return `${scenario}: our ${figure === 'rps' ? 'throughput' : 'memory'}, of that of ${other}`;
}
