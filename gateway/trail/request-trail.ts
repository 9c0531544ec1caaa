/** What one request has asked of agencies, on its way into the trail: written before the request is answered, or it is not answered. */

import { setTimeout as pause } from 'node:timers/promises';

import { toInstantText } from '../../common/civil-date.ts';
import { isUuid } from '../../common/private-text.ts';
import type { Viewer } from '../../common/viewer.ts';
import type { Outcome } from './asked-fields.ts';
import { toTold } from './marks.ts';
import type { Trail } from './trail.ts';
import { toToldName, whoOf } from './who.ts';

/** What of a request goes into its records. */
export interface RequestTrail {
  readonly trail: Trail;
  /** Why the request asks, once it was read. */
  purpose: string | null;
  /** The fields of lines that are not written yet. */
  readonly records: string[];
}

/** The request as its records have it. */
export interface AskingRequest {
  readonly viewer: Viewer | null;
  readonly trail: RequestTrail;
  readonly record: { readonly id: string };
  readonly now: () => Date;
}

/** One question about one thing, and what became of it. */
export interface Noted {
  /** The representation, or the arguments of a root field. */
  readonly about: Readonly<Record<string, unknown>>;
  readonly outcome: Outcome;
  /** What the agency was to do about it; absent where it was only asked. */
  readonly order?: NotedOrder | null;
}

/** An order to control property, by its name and what it orders. */
export interface NotedOrder {
  readonly id: string;
  readonly action: string | null;
}

/** Whoever waits longer for the disk is answered without an answer. */
const patienceMs = 5_000;

/** Nothing asked yet. */
export function openRequestTrail(trail: Trail): RequestTrail {
  return { trail, purpose: null, records: [] };
}

/** Notes what an agency was asked; `fields` are names as JSON. */
export function noteQuestions(request: AskingRequest, agency: string, fields: string, noted: Iterable<Noted>): void {
  const { trail, purpose, records } = request.trail;
  const common = `"at":"${toInstantText(request.now())}","request":${JSON.stringify(request.record.id)},"who":${whoText(request)},"purpose":${JSON.stringify(purpose)},"agency":${JSON.stringify(agency)},"fields":${fields},`;
  for (const { about, outcome, order = null } of noted) {
    const { status, reason } = outcome;
    records.push(
      `${common}${trail.marks.describe(about)},"status":${JSON.stringify(toTold(status))},"reason":${reason === null ? 'null' : JSON.stringify(toTold(reason))}${orderText(order)}`,
    );
  }
}

/** Writes what was noted; false when that is not certain, and then no answer may go out. Without notes it is true at once. */
export function recordQuestions({ trail, records }: RequestTrail): true | Promise<boolean> {
  if (records.length === 0) return true;
  return isWritten(trail, records.splice(0));
}

async function isWritten(trail: Trail, records: readonly string[]): Promise<boolean> {
  const late = new AbortController();
  const written = trail.append(records).then(
    () => true,
    // Why, was told to those who run the hub.
    () => false,
  );
  const waited = pause(patienceMs, false, { signal: late.signal }).catch(() => false);
  return Promise.race([written, waited]).finally(() => late.abort());
}

function orderText(order: NotedOrder | null): string {
  if (order === null) return '';
  const { id, action } = order;
  return `,"order":${JSON.stringify(isUuid(id) ? id : toTold(id))},"action":${action === null ? 'null' : JSON.stringify(toTold(action))}`;
}

function whoText(request: AskingRequest): string {
  const who = whoOf(request);
  if (who === null) return 'null';
  const { subject, role, court, dutyCertificate } = who;
  const told = (text: string | null) => text && toToldName(text);
  return JSON.stringify({
    subject: told(subject),
    role: told(role),
    court: told(court),
    dutyCertificate: told(dutyCertificate),
  });
}
