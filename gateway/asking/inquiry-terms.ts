/** What a request says of its inquiries to agencies: once for all of them, in `extensions.inquiry`. */

import { inquiryExtension, longestPurpose, type InquiryTerms } from '../../common/inquiry-terms.ts';
import { withoutPrivateNumbers } from '../../common/private-text.ts';
import type { Question } from '../../common/wire.ts';
import { HubError } from '../errors.ts';
import type { RequestContext } from '../request-context.ts';

/** An answer that is older says nothing about today. */
const longestMaxAgeMs = 366 * 86_400_000;

/** Reads them; undefined when there are none. Nobody is waited for longer than the request itself. Throws BAD_USER_INPUT. */
export function readInquiryTerms(
  extensions: Readonly<Record<string, unknown>> | undefined,
  requestMs = Infinity,
): InquiryTerms | undefined {
  const given = extensions?.[inquiryExtension];
  if (given == null) return undefined;
  if (!isRecord(given))
    throw badTerms('', 'has to be an object such as {"maxAge": "PT1H", "wait": "PT5S", "purpose": "…"}.');
  const unknown = Object.keys(given).find((name) => !known.has(name));
  // The name is the caller's word and may be anything.
  if (unknown !== undefined) throw badTerms('', 'has something else than `maxAge`, `wait` and `purpose`.');
  const { maxAge, wait, purpose } = given;
  return {
    ...(maxAge != null && { maxAgeMs: readDuration('maxAge', maxAge, longestMaxAgeMs) }),
    ...(wait != null && { waitMs: readDuration('wait', wait, requestMs) }),
    ...(purpose != null && { purpose: readPurpose(purpose) }),
  };
}

/** The question as an agency is asked it, with the request's terms beside it. */
export function withInquiryTerms(question: Question, { inquiry }: Pick<RequestContext, 'inquiry'>): Question {
  if (inquiry === undefined) return question;
  return { ...question, extensions: { ...question.extensions, [inquiryExtension]: inquiry } };
}

/** An agency that is to wait has so much longer for its answer; the request's own deadline ends it in any case. */
export function agencyDeadlineMs(deadlineMs: number, { inquiry }: Pick<RequestContext, 'inquiry'>): number {
  return deadlineMs + (inquiry?.waitMs ?? 0);
}

const known: ReadonlySet<string> = new Set(['maxAge', 'wait', 'purpose']);

/** ISO 8601 without years and months, whose lengths differ. */
const durationForm =
  /^P(?=.)(?:(\d{1,4})W|(?:(\d{1,6})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,9}(?:\.\d{1,3})?)S)?)?)$/;

function readDuration(name: string, value: unknown, mostMs: number): number {
  const ms =
    typeof value === 'number' ? secondsToMs(value) : typeof value === 'string' ? durationToMs(value) : undefined;
  if (ms === undefined)
    throw badTerms(
      name,
      'has to be an ISO 8601 duration in weeks or in days, hours, minutes and seconds, such as "PT90S", or whole seconds.',
    );
  if (ms > mostMs) throw badTerms(name, `has to be at most ${Math.floor(mostMs / 1000)} seconds.`);
  return ms;
}

function secondsToMs(seconds: number): number | undefined {
  return Number.isSafeInteger(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

function durationToMs(text: string): number | undefined {
  const found = durationForm.exec(text);
  if (found === null) return undefined;
  const [weeks, days, hours, minutes, seconds] = found.slice(1).map((part: string | undefined) => Number(part ?? 0));
  const inSeconds =
    ((((weeks ?? 0) * 7 + (days ?? 0)) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0);
  return Math.round(inSeconds * 1000);
}

function readPurpose(purpose: unknown): string {
  if (typeof purpose !== 'string' || purpose.trim() === '' || Array.from(purpose).length > longestPurpose)
    throw badTerms('purpose', `has to be text of 1 to ${longestPurpose} characters.`);
  if (/\p{Cc}/u.test(purpose)) throw badTerms('purpose', 'has to be one line without control characters.');
  const plain = purpose.normalize('NFKC');
  if (withoutPrivateNumbers(plain) !== plain)
    throw badTerms('purpose', 'must hold no identity numbers, long numbers or amounts.');
  return purpose.trim();
}

function badTerms(name: string, what: string): HubError {
  const argument = `extensions.inquiry${name === '' ? '' : `.${name}`}`;
  return new HubError('BAD_USER_INPUT', `${argument} ${what}`, { argument });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
