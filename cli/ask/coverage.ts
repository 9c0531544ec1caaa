/** Who answered, who did not, and why: in plain words, before any row. */

import type { Answer } from '../../common/wire.ts';
import { isObject, listOf, type JsonObject } from './json.ts';
import type { Shape } from './shape.ts';
import { textWidth, toTerminalText } from './text-width.ts';

export interface CoverageReport {
  readonly isComplete: boolean;
  readonly lines: readonly string[];
}

interface CourtEntry {
  readonly code: string;
  readonly status: string;
  readonly reason: string | null;
}

/** Courts beyond so many are told by number, those that did not answer always by name. */
const listedCourts = 20;

/** What an answer says of its own coverage; `nameOf` knows courts by their code. */
export function reportCoverage(
  { data, extensions }: Answer,
  shapes: readonly Shape[],
  nameOf: (code: string) => string | null,
): CoverageReport {
  const told = readCoverage(extensions?.['coverage']);
  const stated = shapes.flatMap((shape) => statementsIn(shape, data?.[shape.key]));
  const asOf = new Map(stated.flatMap(({ courts }) => courts).flatMap(instantOf));
  const isComplete = told.every(isWhole) && stated.every(({ complete }) => complete);
  const lines = told.flatMap((coverage, at) => describe(coverage, at === 0, nameOf, asOf));
  if (told.length > 0) return { isComplete, lines };
  if (stated.length === 0) {
    return { isComplete, lines: ['Coverage: none stated; nothing in this question is gathered from several courts.'] };
  }
  return { isComplete, lines: [`Coverage: ${isComplete ? 'complete' : 'INCOMPLETE'}; the hub does not say by court.`] };
}

interface Told {
  readonly path: string;
  readonly complete: boolean;
  readonly courts: readonly CourtEntry[];
}

function readCoverage(value: unknown): readonly Told[] {
  // What agencies were asked is told by itself.
  const ofCourts = listOf(value).filter(({ courts }) => Array.isArray(courts));
  return ofCourts.map(({ path, complete, courts }) => ({
    path: String(path),
    complete: complete === true,
    courts: listOf(courts).map(({ code, status, reason }) => ({
      code: String(code),
      status: String(status),
      reason: typeof reason === 'string' ? reason : null,
    })),
  }));
}

function isWhole({ complete }: Told): boolean {
  return complete;
}

function describe(
  { path, complete, courts }: Told,
  isFirst: boolean,
  nameOf: (code: string) => string | null,
  asOf: ReadonlyMap<string, string>,
): string[] {
  const asked = courts.filter(({ status }) => status !== 'NOT_ASKED');
  const answered = asked.filter(({ status }) => isAnswer(status));
  const excluded = asked.length === courts.length ? '' : `, ${courts.length - asked.length} not asked`;
  const head = `Coverage of ${toTerminalText(path)}: ${complete ? 'complete' : 'INCOMPLETE'}, ${answered.length} of ${asked.length} courts answered${excluded}.`;
  // The first is told court by court; of the others what is missing.
  const listed =
    isFirst && courts.length <= listedCourts
      ? courts
      : courts.filter(({ status }) => !isAnswer(status) && status !== 'NOT_ASKED');
  const rows = listed.map(({ code, status, reason }) => [
    toTerminalText(code),
    toTerminalText(nameOf(code) ?? ''),
    `${words(status, reason)}${asOf.has(code) ? `, as of ${toTerminalText(asOf.get(code)!)}` : ''}`,
  ]);
  const widths = [0, 1].map((at) => Math.max(0, ...rows.map((row) => textWidth(row[at]!))));
  return [
    head,
    ...rows.map(([code, name, text]) => `  ${padded(code!, widths[0]!)}  ${padded(name!, widths[1]!)}  ${text!}`),
  ];
}

function padded(text: string, width: number): string {
  return text + ' '.repeat(width - textWidth(text));
}

function isAnswer(status: string): boolean {
  return status === 'FOUND' || status === 'NONE';
}

/** A status, with its reason, as one says it. */
export function words(status: string, reason: string | null): string {
  const why = reason === null ? '' : ` (${toTerminalText(reasonWords[reason] ?? reason)})`;
  return `${statusWords[status] ?? toTerminalText(status)}${why}`;
}

const statusWords: Readonly<Record<string, string>> = {
  FOUND: 'records found',
  NONE: 'nothing on record',
  NOT_ASKED: 'not asked, the question excludes it',
  PENDING: 'NOT ANSWERED YET',
  REFUSED: 'REFUSED',
  TIMEOUT: 'NO ANSWER in time',
  UNREACHABLE: 'NO ANSWER',
  DEGRADED: 'answered IN PART',
};

const reasonWords: Readonly<Record<string, string>> = {
  DOWN: 'it cannot be reached: DOWN',
  GARBLED: 'what it answered cannot be read: GARBLED',
  TOO_LARGE: 'its answer is too large: TOO_LARGE',
  SERVER_ERROR: 'it has a fault of its own: SERVER_ERROR',
  MISSED_EARLIER: 'it was missing on an earlier page: MISSED_EARLIER',
};

interface Statement {
  readonly complete: boolean;
  readonly courts: readonly JsonObject[];
}

/** Every `Coverage` that the question asked for as data. */
function statementsIn(shape: Shape, value: unknown): readonly Statement[] {
  if (shape.fields === null || value === null || value === undefined) return [];
  if (Array.isArray(value)) return (value as unknown[]).flatMap((item) => statementsIn(shape, item));
  if (!isObject(value)) return [];
  if (shape.type === 'Coverage') {
    const courts = listOf(value['courts']);
    return [{ complete: value['complete'] !== false, courts }];
  }
  return shape.fields.flatMap((field) => statementsIn(field, value[field.key]));
}

function instantOf({ court, asOf }: JsonObject): [string, string][] {
  const code = isObject(court) ? court['code'] : null;
  // To the second: the courts' clock, and enough for people.
  return typeof code === 'string' && typeof asOf === 'string' ? [[code, asOf.slice(0, 19).replace('T', ' ')]] : [];
}
