/** What one request has asked of agencies and changed, on its way into the trail: written before the request is answered, or it is not answered. */

import { setTimeout as pause } from 'node:timers/promises';

import { toInstantText } from '../../common/civil-date.ts';
import { isUuid } from '../../common/private-text.ts';
import { controlActions } from '../../common/vocabulary.ts';
import type { Viewer } from '../../common/viewer.ts';
import type { Outcome } from './asked-fields.ts';
import { toTold, type ChangedThing } from './marks.ts';
import type { Trail } from './trail.ts';
import { toQuestionLines } from './records.ts';
import { whoOf } from './who.ts';

/** What of a request goes into its records. */
export interface RequestTrail {
  readonly trail: Trail;
  /** Why the request asks, once it was read. */
  purpose: string | null;
  /** Whether the request was understood and is being run: whoever runs it notes what it asks for. */
  isExecuted: boolean;
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

/** One change that was asked for at a court or the command centre, and what became of it. */
export interface NotedChange {
  /** The mutation's field. */
  readonly change: string;
  /** Whose rows it was to change: a court's code, or `command`; null where the hub found nobody. */
  readonly holder: string | null;
  /** What was to be read of its answer: names as JSON. */
  readonly fields: string;
  readonly about: ChangedThing;
  readonly taskForce: unknown;
  readonly order: { readonly id: unknown; readonly action: unknown };
  readonly idempotencyKey: unknown;
  readonly outcome: Outcome;
}

/** Whoever waits longer for the disk is answered without an answer. */
const patienceMs = 5_000;

/** Nothing asked yet. */
export function openRequestTrail(trail: Trail): RequestTrail {
  return { trail, purpose: null, isExecuted: false, records: [] };
}

/** Notes what an agency was asked; `fields` are names as JSON. */
export function noteQuestions(request: AskingRequest, agency: string, fields: string, noted: Iterable<Noted>): void {
  const { trail, records } = request.trail;
  const common = `${askingText(request)},"agency":${JSON.stringify(agency)},"fields":${fields}`;
  const questions = Array.from(
    noted,
    ({ about, outcome, order = null }) => `${trail.marks.describe(about)},${outcomeText(outcome)}${orderText(order)}`,
  );
  records.push(...toQuestionLines(common, questions));
}

/** Notes a change that was asked for, made or not. No value of it is noted: neither texts nor amounts. */
export function noteChange(request: AskingRequest, noted: NotedChange): void {
  const { marks } = request.trail.trail;
  const { change, holder, fields, about, taskForce, order, idempotencyKey, outcome } = noted;
  const taken = { isCaseKnown: holder !== null, isMade: outcome.status === 'MADE' };
  const mark = isKey(idempotencyKey) ? marks.idempotencyKey(String(idempotencyKey)) : null;
  request.trail.records.push(
    `${askingText(request)},"agency":null,"change":${JSON.stringify(change)},"holder":${JSON.stringify(holder)},"idempotencyMark":${JSON.stringify(mark)},"fields":${fields},${marks.describeChanged(about, taken)},"taskForce":${uuidText(taskForce)},${outcomeText(outcome)},"order":${uuidText(order.id)},"action":${actionText(order.action)}`,
  );
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

/** When, by which request, who and why. */
function askingText(request: AskingRequest): string {
  return `"at":"${toInstantText(request.now())}","request":${JSON.stringify(request.record.id)},"who":${whoText(request)},"purpose":${JSON.stringify(request.trail.purpose)}`;
}

function outcomeText({ status, reason }: Outcome): string {
  return `"status":${toldText(status)},"reason":${toldText(reason)}`;
}

function orderText(order: NotedOrder | null): string {
  return order === null ? '' : `,"order":${idText(order.id)},"action":${toldText(order.action)}`;
}

function idText(id: unknown): string {
  return typeof id === 'string' && isUuid(id) ? JSON.stringify(id) : toldText(id);
}

/** Task forces and orders have such ids; what else somebody typed is no name of one. */
function uuidText(id: unknown): string {
  return typeof id === 'string' && isUuid(id) ? JSON.stringify(id) : 'null';
}

/** What the contract knows as one. */
function actionText(action: unknown): string {
  return JSON.stringify(controlActions.find((known) => known === action) ?? null);
}

function toldText(text: unknown): string {
  return typeof text === 'string' ? JSON.stringify(toTold(text)) : 'null';
}

/** As GraphQL takes an ID. */
function isKey(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function whoText(request: AskingRequest): string {
  const who = whoOf(request);
  if (who === null) return 'null';
  const { subject, role, court, dutyCertificate } = who;
  const told = (text: string | null) => text && request.trail.trail.marks.officer(text);
  return JSON.stringify({
    subject: told(subject),
    role: told(role),
    court: told(court),
    dutyCertificate: told(dutyCertificate),
  });
}
