/** What a client is told: the steps, who is asked, who is not and why, how much at most, and what happened. */

import type { DocumentNode } from 'graphql';

import { toPathText } from '../ledger/ledger.ts';
import { sumOf, type Bound } from './bound.ts';
import type { FetchKind, QuestionAhead, SparedCode } from './foresight.ts';
import { isGap, reasonOf } from './reasons.ts';
import type { Step } from './steps.ts';
import type { Answered, Happened } from './watch.ts';

/** `PLAN`: nobody is asked. `RESULT`: the question is answered, and what happened stands beside what was foreseen. */
export type ExplainMode = 'PLAN' | 'RESULT';

/** `extensions.explain`, described in docs/explain.md. */
export interface Account {
  readonly mode: ExplainMode;
  readonly steps: readonly StepAccount[];
  readonly totals: Totals;
}

export interface StepAccount {
  readonly number: number;
  readonly after: readonly number[];
  readonly subgraph: string;
  readonly kind: FetchKind;
  /** Where it belongs in the answer: `cases.edges[].node`; empty at the root. */
  readonly path: string;
  readonly about: Bound | null;
  readonly questions: readonly QuestionAccount[];
  readonly calls: Bound;
  readonly rows: Bound;
  /** Only of a result; null when there was nothing to ask about, so that the step was not taken. */
  readonly happened?: StepHappened | null;
}

export interface QuestionAccount {
  readonly path: string;
  readonly asked: readonly string[];
  readonly spared: readonly SparedAccount[];
}

export interface SparedAccount {
  readonly court: string;
  readonly code: SparedCode;
  readonly argument?: string;
  readonly gap: boolean;
  readonly reason: string;
}

export interface StepHappened {
  readonly elapsedMs: number;
  readonly calls: number;
  readonly rows: number;
  readonly answers: readonly AnswerAccount[];
}

export interface AnswerAccount extends Answered {
  /** Whether the question was put to it at all. */
  readonly asked: boolean;
}

export interface Totals {
  readonly calls: Bound;
  readonly rows: Bound;
  /** Courts that any step may ask, and those that none does. */
  readonly courts: { readonly asked: readonly string[]; readonly spared: readonly string[] };
  readonly agencies: readonly string[];
  readonly happened?: { readonly calls: number; readonly rows: number };
}

export interface AccountScope {
  /** Every court, in the registry's order. */
  readonly courts: readonly string[];
  /** Whether it is a court that does not take part: whoever asks it is told so at once. */
  readonly isUnasked: (id: string) => boolean;
  /** What happened in each step that was taken; null when nothing was to happen. */
  readonly happened: ReadonlyMap<DocumentNode, Happened> | null;
}

/** Puts steps, and what happened in them, in the form in which clients are told. */
export function accountOf(steps: readonly Step[], scope: AccountScope): Account {
  const { courts, happened } = scope;
  const told = steps.map((step) => toStep(step, scope));
  const asked = new Set(told.flatMap(({ kind, questions }) => (isCourts(kind) ? questions.flatMap(askedIn) : [])));
  const agencies = new Set(
    told.flatMap(({ kind, questions }) => (kind === 'AGENCY' ? questions.flatMap(askedIn) : [])),
  );
  const taken = told.flatMap((step) => step.happened ?? []);
  return {
    mode: happened ? 'RESULT' : 'PLAN',
    steps: told,
    totals: {
      calls: sumOf(told.map(({ calls }) => calls)),
      rows: sumOf(told.map(({ rows }) => rows)),
      courts: {
        asked: courts.filter((court) => asked.has(court)),
        spared: courts.filter((court) => !asked.has(court)),
      },
      agencies: [...agencies],
      ...(happened && {
        happened: {
          calls: taken.reduce((sum, { calls }) => sum + calls, 0),
          rows: taken.reduce((sum, { rows }) => sum + rows, 0),
        },
      }),
    },
  };
}

function toStep(step: Step, { isUnasked, happened }: AccountScope): StepAccount {
  const { planned, foresight, document, about, calls, rows } = step;
  const { number, after, path, node } = planned;
  const own = happened?.get(document);
  return {
    number,
    after,
    subgraph: node.serviceName,
    kind: foresight.kind,
    path: toPathText(path),
    about,
    questions: foresight.questions.map((question) => toQuestion(question, path)),
    calls,
    rows,
    ...(happened && { happened: own ? toHappened(own, isUnasked) : null }),
  };
}

function toQuestion({ key, asked, spared }: QuestionAhead, path: Step['planned']['path']): QuestionAccount {
  return {
    path: toPathText(key === null ? path : [...path, key]),
    asked,
    spared: spared.map((own) => ({
      court: own.court,
      code: own.code,
      ...(own.argument !== undefined && { argument: own.argument }),
      gap: isGap(own),
      reason: reasonOf(own),
    })),
  };
}

function toHappened({ elapsedMs, answers }: Happened, isUnasked: (id: string) => boolean): StepHappened {
  const told = answers.map((answer): AnswerAccount => {
    return { ...answer, asked: answer.outcome !== 'BREAKER_OPEN' && !isUnasked(answer.id) };
  });
  return {
    elapsedMs,
    calls: told.filter(({ asked }) => asked).length,
    rows: told.reduce((sum, { rows }) => sum + rows, 0),
    answers: told,
  };
}

function askedIn({ asked }: QuestionAccount): readonly string[] {
  return asked;
}

function isCourts(kind: FetchKind): boolean {
  return kind === 'GATHERED' || kind === 'ROUTED';
}
