/** What was measured, as a table, and which promises it breaks. */

import { canPin } from '../speed/pin.ts';
import { quartilesOf, type Quartiles } from '../speed/quantiles.ts';
import { pageSize } from '../speed/world/question.ts';
import { connections, isWritten, type Driven, type TrailKind } from './kinds.ts';
import type { Row } from './measure.ts';

/** So much of the throughput without a trail is left with one, over sockets, by each hash. */
export const promised = 0.9;

/** Rows that keep less than is promised, a line each. */
export function brokenPromises(rows: readonly Row[]): string[] {
  return rows.flatMap((row) => {
    if (row.setting !== 'over sockets' || !isWritten(row.kind)) return [];
    const { median } = ratiosOf(row, throughput);
    if (median >= promised) return [];
    return `With a trail by ${row.kind} a hub has ${median.toFixed(3)} of its throughput over sockets; promised is at least ${promised.toFixed(2)}.`;
  });
}

/** The report; `measured` says on what and how long. */
export function toReport(rows: readonly Row[], measured: string): string {
  return [...introduction(), '', measured, '', ...toTable(rows), '', ...toVerified(rows), ''].join('\n');
}

function introduction(): string[] {
  const cores = canPin
    ? 'All hubs have one core, court and agencies the other.'
    : 'Nothing is kept to a core here, and figures are worth little.';
  return [
    '# What the trail costs',
    '',
    'Written by `npm run bench:audit`: how many questions a hub answers in a second with its trail on disk (every record',
    'chained and flushed before the answer goes out), as a share of what a hub without a trail answers. Each hub is a process',
    'of its own; over sockets first, and then another hub of its kind in memory. They are driven in turns, one at a time and every',
    `other round in the opposite order, and compared round by round. ${cores} Figures are medians of rounds.`,
    '',
    `All are asked the same, ${connections} questions at once, by an officer of the command centre: one court's ${pageSize} newest cases, their debtors,`,
    'and what three agencies have on them. Before it is driven, each has to give the answer that the table behind court and',
    'agencies says; afterwards each trail has to be whole, and to have all records of all requests.',
    '',
    `- \`${nameOf('off')}\`: no trail. The module that notes what was asked (gateway/trail/request-trail.ts) is replaced by one that notes`,
    '  nothing: no line is made, and no answer waits for one. What sources hand to that module, a list of whom they asked about and what',
    '  came of it, is made all the same.',
    `- \`${nameOf('deferred')}\`: no trail either, but each answer goes out one turn of the event loop later.`,
    '- `sha256`, `sm3`: a trail on disk, chained by this hash.',
    '',
    `\`over sockets\`: court and agencies are another process. Promised is at least ${promised.toFixed(2)} in these rows, for each hash; with less the`,
    'command fails. `in memory`: court and agencies are functions in the process of the hub and answer within the same turn of its',
    'event loop. This is how the trail was measured at first. A hub without a trail does not wait there at all, and one with a trail does.',
    `\`${nameOf('deferred')}\` waits too, and writes nothing: by its rows it can be seen in both settings what`,
    'waiting costs that is no work of the trail.',
  ];
}

function toTable(rows: readonly Row[]): string[] {
  return [
    '| setting | trail | throughput with, of that without | [quartiles by round] | CPU without, of that with | requests a second | CPU ms a request | records a request | bytes a request |',
    '| --- | --- | --: | :-: | --: | --: | --: | --: | --: |',
    ...rows.map((row) => `| ${cellsOf(row).join(' | ')} |`),
  ];
}

function cellsOf(row: Row): string[] {
  const { setting, kind, driven, written } = row;
  const ratio = ratiosOf(row, throughput);
  const medianOf = (of: (one: Driven) => number) => quartilesOf(driven.map(of)).median;
  const compared =
    kind === 'off'
      ? ['1', '', '1']
      : [
          ratio.median.toFixed(3),
          `${ratio.lower.toFixed(3)} – ${ratio.upper.toFixed(3)}`,
          ratiosOf(row, (one, off) => off.cpuMs / one.cpuMs).median.toFixed(3),
        ];
  return [
    setting,
    nameOf(kind),
    ...compared,
    medianOf(({ rps }) => rps).toFixed(1),
    medianOf(({ cpuMs }) => cpuMs).toFixed(2),
    written ? String(written.records / written.requests) : '0',
    written ? (written.bytes / written.requests).toFixed(0) : '0',
  ];
}

function toVerified(rows: readonly Row[]): string[] {
  return rows.flatMap(({ setting, kind, written }) => {
    if (!written) return [];
    const { records, requests, verifySeconds } = written;
    const perMillion = ((verifySeconds / records) * 1_000_000).toFixed(1);
    return `- ${kind}, ${setting}: ${records} records of ${requests} requests verified in ${verifySeconds.toFixed(1)} s, which is ${perMillion} s for a million (promised: 30).`;
  });
}

/** Within a round, where both were disturbed alike. */
function ratiosOf({ driven, off }: Row, of: (one: Driven, off: Driven) => number): Quartiles {
  return quartilesOf(driven.map((one, round) => of(one, off[round]!)));
}

function throughput(one: Driven, off: Driven): number {
  return one.rps / off.rps;
}

/** A kind as rows have it. */
export function nameOf(kind: TrailKind): string {
  return kind === 'off' ? 'none' : kind === 'deferred' ? 'none, a turn later' : kind;
}
