/** One reading of a court's program: what it serves, and what it says of itself. */

import type { Answer, Ask } from '../../common/wire.ts';

/** What a program told. */
export interface Told {
  /** Null when it answers, but not as a federation subgraph does. */
  readonly sdl: string | null;
  /** Null when it says nothing of itself. */
  readonly claims: Claims | null;
}

/** What a program says of itself (`_member`); null where it says nothing that can be read. */
export interface Claims {
  readonly court: string | null;
  readonly contractVersion: string | null;
  readonly personKeyMark: string | null;
}

/**
 * Reads a program; null when there is no telling now, because it cannot be reached or is broken. Never throws. Vendors say in
 * many ways that they do not know `_member`, so whoever answers the full question with errors is asked for its SDL alone. `saysNow` is
 * told what its clock says (`_member { now }`, which another vendor's need not have), in milliseconds.
 */
export async function readProgram(
  ask: Ask,
  signal: AbortSignal,
  saysNow: (atMs: number) => void = () => {},
): Promise<Told | null> {
  try {
    const clocked = await ask({ query: clockedQuery }, signal);
    const clockedSdl = sdlOf(clocked);
    const member = clocked.data?.['_member'];
    if (clockedSdl !== null && !isMemberBroken(clocked)) {
      const atMs = Date.parse(textOf(fieldOf(member, 'now')) ?? '');
      if (!Number.isNaN(atMs)) saysNow(atMs);
      return { sdl: clockedSdl, claims: claimsOf(member) };
    }
    if (isMemberBroken(clocked) || !clocked.errors?.length) return null;
    const full = await ask({ query: fullQuery }, signal);
    if (isMemberBroken(full)) return null;
    const sdl = sdlOf(full);
    if (sdl !== null) return { sdl, claims: claimsOf(full.data?.['_member']) };
    if (!full.errors?.length) return null;
    // A program that knows nothing of `_member` may be a court's nevertheless.
    const plain = await ask({ query: sdlQuery }, signal);
    const plainSdl = sdlOf(plain);
    if (plainSdl !== null) return full.errors.some(mayBeUnknown) ? { sdl: plainSdl, claims: null } : null;
    return isInvalid(plain) ? { sdl: null, claims: null } : null;
  } catch {
    return null;
  }
}

/** Whether a program did not understand a question: it is not what it was taken for. */
export function isInvalid({ errors }: Answer): boolean {
  return errors?.some(saysInvalid) ?? false;
}

type TellsWrong = NonNullable<Answer['errors']>[number];

/** As Apollo and those that follow it, or as graphql-java says it. */
function saysInvalid({ extensions }: TellsWrong): boolean {
  return extensions?.['code'] === 'GRAPHQL_VALIDATION_FAILED' || extensions?.['classification'] === 'ValidationError';
}

/** An error that comes with data happened while the field was worked out: the program knows it, and cannot tell it now. */
function isMemberBroken({ data, errors }: Answer): boolean {
  return data !== undefined && (errors?.some((error) => !saysInvalid(error) && error.path?.[0] === '_member') ?? false);
}

/** Whether an error may say that `_member` is not known; one with another code says something else. */
function mayBeUnknown(error: TellsWrong): boolean {
  return saysInvalid(error) || typeof error.extensions?.['code'] !== 'string' || error.message.includes('_member');
}

const clockedQuery = '{ _service { sdl } _member { court contractVersion personKeyMark now } }';
const fullQuery = '{ _service { sdl } _member { court contractVersion personKeyMark } }';
const sdlQuery = '{ _service { sdl } }';

function sdlOf({ data }: Answer): string | null {
  return textOf(fieldOf(data?.['_service'], 'sdl'));
}

function claimsOf(member: unknown): Claims | null {
  if (typeof member !== 'object' || member === null) return null;
  const claim = (name: keyof Claims) => textOf(fieldOf(member, name));
  return {
    court: claim('court'),
    contractVersion: claim('contractVersion'),
    personKeyMark: claim('personKeyMark'),
  };
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
