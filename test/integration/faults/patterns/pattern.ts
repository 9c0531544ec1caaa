/** A pattern: which of nine courts are off, and what each of those suffers; drawn by a seed that replays it. */

import { createHash } from 'node:crypto';

import { CLOSED, type Behaviour } from '../../../support/fault-proxy.ts';
import {
  altered,
  beginsAndHangs,
  hang,
  page,
  says,
  trickle,
  truncated,
  upstreamText,
} from '../../../support/faults.ts';

export const kinds = ['refuse', 'hang', 'slow', 'garbled', 'half'] as const;
export type Kind = (typeof kinds)[number];

/** What an off court suffers, and how an answer has to speak of it. */
export interface Suffering {
  readonly kind: Kind;
  readonly behaviour: Behaviour | typeof CLOSED;
  readonly status: 'UNREACHABLE' | 'TIMEOUT';
  readonly reason: string;
  /** Of half an answer, the root field that is given; null for every other fault. */
  readonly given: Root | null;
}

type Root = 'cases' | 'caseStatistics';

export interface Pattern {
  /** Names the pattern; also the id of the request that is asked under it. */
  readonly name: string;
  readonly off: ReadonlyMap<string, Suffering>;
}

/** All 512 patterns of nine courts. In later rounds each off court suffers the kind after the one of the round before. */
export function patternsOf(codes: readonly string[], seed: string, round: number): Pattern[] {
  return Array.from({ length: 2 ** codes.length }, (_, bits) => {
    const off = codes.filter((_code, place) => (bits & (1 << place)) !== 0);
    return {
      name: `pattern-${round}-${bits}`,
      off: new Map(off.map((code) => [code, sufferingOf(draw(`${seed} ${bits} ${code}`), round)])),
    };
  });
}

/** For a failure's message: `苏0312 half (cases), 苏03 hang`. */
export function toText({ name, off }: Pattern): string {
  const each = [...off].map(([code, { kind, given }]) => `${code} ${kind}${given === null ? '' : ` (${given})`}`);
  return `${name}: ${each.join(', ') || 'nobody off'}`;
}

function sufferingOf(drawn: readonly number[], round: number): Suffering {
  const [first, second] = drawn as [number, number];
  const kind = kinds[(first + round) % kinds.length]!;
  const given = second % 2 === 0 ? 'cases' : 'caseStatistics';
  const one = (behaviours: readonly Behaviour[]) => behaviours[second % behaviours.length]!;
  switch (kind) {
    case 'refuse':
      return { kind, behaviour: CLOSED, status: 'UNREACHABLE', reason: 'DOWN', given: null };
    case 'hang':
      return { kind, behaviour: one([hang, beginsAndHangs]), status: 'TIMEOUT', reason: 'DEADLINE', given: null };
    case 'slow':
      return { kind, behaviour: trickle(200), status: 'TIMEOUT', reason: 'DEADLINE', given: null };
    case 'garbled':
      return { kind, behaviour: one(nonsense), status: 'UNREACHABLE', reason: 'GARBLED', given: null };
    case 'half':
      return { kind, behaviour: halfGiving(given), status: 'UNREACHABLE', reason: 'SERVER_ERROR', given };
  }
}

const nonsense = [truncated, says('[]'), page(200), says('\u0000{{{'), says('{"data":{}}')];

/** Of two root fields one, of entities every other one; an error stands for what is not given. One root alone is given. */
function halfGiving(given: Root): Behaviour {
  return altered((answer) => {
    const data = answer.data ?? {};
    const errors = [...(answer.errors ?? [])];
    const fail = (holder: Record<string | number, unknown>, key: string | number, path: (string | number)[]) => {
      holder[key] = null;
      errors.push({ message: upstreamText, path, extensions: { code: 'INTERNAL' } });
    };
    for (const root of ['cases', 'caseStatistics']) if (root in data && root !== given) fail(data, root, [root]);
    const entities = data['_entities'] as unknown[] | undefined;
    for (let index = 0; index < (entities?.length ?? 0); index += 2) {
      fail(entities as unknown as Record<number, unknown>, index, ['_entities', index]);
    }
    return { ...answer, data, errors };
  });
}

function draw(text: string): number[] {
  return [...createHash('sha256').update(text).digest()];
}
