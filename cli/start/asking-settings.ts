/** How courts and agencies are asked, where it is not by default: one JSON file with the shape of the defaults. */

import { readFileSync } from 'node:fs';
import { z } from 'zod';

import { toAsking, type AskingOptions } from '../../gateway/asking/settings.ts';
import type { Settings } from '../settings.ts';

export const askingOptions = { asking: 'string' } as const;

/** Reads the file; each fault in it is told for itself, and then what is returned means nothing. */
export function readAsking(settings: Settings): AskingOptions {
  const path = settings.text({ option: 'asking', variable: 'NONET_ASKING' });
  if (path === undefined) return {};
  const text = settings.read(() => readText(path));
  if (text === null) return {};
  const parsed = askingSchema.safeParse(toJson(text));
  if (!parsed.success) {
    for (const { path: steps, message } of parsed.error.issues) {
      settings.fault(`${path}: ${steps.length > 0 ? `${steps.join('.')} ` : ''}${message}.`);
    }
    return {};
  }
  // Nothing is undefined in it: it was JSON.
  const given = parsed.data as AskingOptions;
  for (const fault of contradictionsIn(given)) settings.fault(`${path}: ${fault}.`);
  return given;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const { code = 'unknown' } = cause as NodeJS.ErrnoException;
    throw new Error(`the settings of asking ${path} cannot be read (${code}); give a JSON file.`, { cause });
  }
}

/** What is no JSON is no object, which the schema says. */
function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function whole(minimum: number, maximum: number) {
  const error = `has to be a whole number from ${minimum} to ${maximum}`;
  return z.int(error).min(minimum, error).max(maximum, error).optional();
}

function share(maximum: number) {
  const error = `has to be a number from 0 to ${maximum}`;
  return z.number(error).min(0, error).max(maximum, error).optional();
}

function section<Shape extends z.ZodRawShape>(shape: Shape, otherwise = '') {
  return z.strictObject(shape, {
    error: ({ code, keys }) =>
      code === 'unrecognized_keys'
        ? `has no ${keys.join(', ')}; it has ${Object.keys(shape).join(', ')}`
        : `has to be a JSON object${otherwise} with any of ${Object.keys(shape).join(', ')}`,
  });
}

/** A section that can be switched off. */
function policy<Shape extends z.ZodRawShape>(shape: Shape) {
  return section(shape, ' or null,').nullable().optional();
}

const ms = whole(1, 600_000);
const budget = { share: share(1), floor: whole(0, 1_000), most: whole(0, 1_000) };

const askingSchema = section({
  deadlines: section({ requestMs: ms, courtMs: ms, agencyMs: ms }).optional(),
  slots: section({ court: whole(1, 1_000), agency: whole(1, 1_000), subgraph: whole(1, 1_000) }).optional(),
  answers: section({
    // V8 has no text of 512 MiB.
    maxBytes: whole(1_024, 256 * 1024 * 1024),
    compressed: z.boolean('has to be true or false').optional(),
  }).optional(),
  pages: section({
    wholeRows: z.boolean('has to be true or false').optional(),
    restMs: whole(0, 86_400_000),
  }).optional(),
  breaker: policy({
    consecutiveFailures: whole(1, 1_000),
    windowCalls: whole(1, 10_000),
    windowMs: ms,
    failedShare: share(1),
    probeEveryMs: whole(10, 600_000),
    probeDeadlineMs: whole(10, 600_000),
  }),
  retry: policy({ ...budget, backoffMs: whole(0, 60_000), leastLeftMs: whole(0, 600_000) }),
  hedge: policy({ ...budget, soonestMs: ms, window: whole(1, 10_000), fewest: whole(1, 10_000) }),
});

/** What no single value shows. */
function contradictionsIn(given: AskingOptions): string[] {
  const { deadlines, hedge } = toAsking(given);
  const faults = (['courtMs', 'agencyMs'] as const)
    .filter((name) => deadlines[name] >= deadlines.requestMs)
    .map((name) => `deadlines.${name} is ${deadlines[name]}; it has to be below requestMs, ${deadlines.requestMs}`);
  if (hedge !== null && hedge.fewest > hedge.window) {
    faults.push(`hedge.fewest is ${hedge.fewest}; it has to be at most window, ${hedge.window}`);
  }
  return faults;
}
