/** What one request has asked of agencies and changed, on its way into the trail: written before the request is answered, or it is not answered. */

import { toInstantText } from '../../common/civil-date.ts';
import { isUuid } from '../../common/private-text.ts';
import { controlActions } from '../../common/vocabulary.ts';
import type { Viewer } from '../../common/viewer.ts';
import type { Outcome } from './asked-fields.ts';
import { toTold, type ChangedThing } from './marks.ts';
import type { Trail } from './trail.ts';
import { toQuestionLines, type AskedTogether } from './records.ts';
import { whoOf } from './who.ts';

/** What of a request goes into its records. */
export interface RequestTrail {
  readonly trail: Trail;
  /** Why the request asks, once it was read. */
  purpose: string | null;
  /** Who asks, as lines say it, once one was written: a request asks for one viewer. */
  who: string | null;
  /** Whether the request was understood and is being run: whoever runs it notes what it asks for. */
  isExecuted: boolean;
  /** The fields of lines that are not written yet, each for one record. */
  readonly records: string[];
  /** What agencies were asked and is not written yet, by who asked and why as JSON: one, unless the request was read anew meanwhile. */
  readonly questions: Map<string, AskedTogether[]>;
  /** What lines say of whom agencies were asked about: several are told of the same objects. */
  readonly described: Map<Readonly<Record<string, unknown>>, string>;
}

/** The request as its records have it. */
export interface AskingRequest {
  readonly viewer: Viewer | null;
  readonly trail: RequestTrail;
  readonly record: { readonly id: string };
  readonly now: () => Date;
}

/** A question to an agency about several things. */
export interface NotedQuestion {
  readonly agency: string;
  /** What was asked of each: names as JSON. */
  readonly fields: string;
  /** Representations, or the arguments of a root field. */
  readonly about: readonly Readonly<Record<string, unknown>>[];
  /** What became of it, at the same place. */
  readonly outcomes: readonly Outcome[];
  /** What the agency was to do about each, at the same place; null where it was only asked. */
  readonly orders: readonly (NotedOrder | null)[];
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

/** Nothing asked yet. */
export function openRequestTrail(trail: Trail): RequestTrail {
  const empty = { records: [], questions: new Map(), described: new Map() };
  return { trail, purpose: null, who: null, isExecuted: false, ...empty };
}

/** Notes what an agency was asked. */
export function noteQuestion(request: AskingRequest, { agency, fields, about, outcomes, orders }: NotedQuestion): void {
  const { marks } = request.trail.trail;
  const { questions, described } = request.trail;
  const asker = askerText(request);
  const textOf = outcomeTexts();
  const before = questions.get(asker) ?? [];
  if (before.length === 0) questions.set(asker, before);
  const describe = (own: Readonly<Record<string, unknown>>): string => {
    let text = described.get(own);
    if (text === undefined) described.set(own, (text = marks.describe(own)));
    return text;
  };
  before.push({
    question: `${atText(request)},"agency":${JSON.stringify(agency)},"fields":${fields}`,
    about: about.map((own, place) => {
      const order = orders[place];
      return order ? `${describe(own)},${orderText(order)}` : describe(own);
    }),
    outcomes: outcomes.map(textOf),
  });
}

/** One search by an identity number, and whether it was made. */
export interface NotedSearch {
  /** The query's field. */
  readonly search: string;
  /** As it was given. It is no part of the record. */
  readonly number: string;
  /** What was to be read of the answer: names as JSON. */
  readonly fields: string;
  readonly outcome: Outcome;
}

/** Notes a search by an identity number, made or not: courts say by it in which cases somebody is. */
export function noteSearch(request: AskingRequest, { search, number, fields, outcome }: NotedSearch): void {
  const person = request.trail.trail.marks.personOf(number);
  request.trail.records.push(
    `${atText(request)},${askerText(request)},"agency":null,"search":${JSON.stringify(search)},"fields":${fields},"case":null,"party":null,"person":${JSON.stringify(person)},"writ":null,${outcomeText(outcome)}`,
  );
}

/** Notes a change that was asked for, made or not. No value of it is noted: neither texts nor amounts. */
export function noteChange(request: AskingRequest, noted: NotedChange): void {
  const { marks } = request.trail.trail;
  const { change, holder, fields, about, taskForce, order, idempotencyKey, outcome } = noted;
  const taken = { isCaseKnown: holder !== null, isMade: outcome.status === 'MADE' };
  const mark = isKey(idempotencyKey) ? marks.idempotencyKey(String(idempotencyKey)) : null;
  request.trail.records.push(
    `${atText(request)},${askerText(request)},"agency":null,"change":${JSON.stringify(change)},"holder":${JSON.stringify(holder)},"idempotencyMark":${JSON.stringify(mark)},"fields":${fields},${marks.describeChanged(about, taken)},"taskForce":${uuidText(taskForce)},${outcomeText(outcome)},"order":${uuidText(order.id)},"action":${actionText(order.action)}`,
  );
}

/** Writes what was noted; false when that is not certain, and then no answer may go out. Without notes it is true at once. */
export function recordQuestions({ trail, records, questions, described }: RequestTrail): true | Promise<boolean> {
  const lines = records.splice(0);
  for (const [asker, asked] of questions) lines.push(...toQuestionLines(asker, asked));
  questions.clear();
  described.clear();
  return lines.length === 0 || isWritten(trail, lines);
}

function isWritten(trail: Trail, records: readonly string[]): Promise<boolean> {
  return trail.append(records).then(
    () => true,
    // Why, was told to those who run the hub.
    () => false,
  );
}

function atText(request: AskingRequest): string {
  return `"at":"${toInstantText(request.now())}"`;
}

/** By which request, who and why. */
function askerText(request: AskingRequest): string {
  const who = (request.trail.who ??= whoText(request));
  return `"request":${JSON.stringify(request.record.id)},"who":${who},"purpose":${JSON.stringify(request.trail.purpose)}`;
}

/** Most are like the one before them. */
function outcomeTexts(): (outcome: Outcome) => string {
  let last: Outcome | null = null;
  let text = '';
  return (outcome) => {
    if (last?.status === outcome.status && last.reason === outcome.reason) return text;
    last = outcome;
    return (text = `${toldText(outcome.status)},${toldText(outcome.reason)}`);
  };
}

function outcomeText({ status, reason }: Outcome): string {
  return `"status":${toldText(status)},"reason":${toldText(reason)}`;
}

function orderText({ id, action }: NotedOrder): string {
  return `"order":${idText(id)},"action":${toldText(action)}`;
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
