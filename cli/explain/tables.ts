/** An explanation as tables: the steps, who is not asked and why, and what each of those asked answered. */

import type { Account, QuestionAccount, StepAccount } from '../../gateway/explain/account.ts';
import type { Bound } from '../../gateway/explain/bound.ts';
import type { FetchKind } from '../../gateway/explain/foresight.ts';
import type { Heading, Table } from '../ask/tables.ts';

const kinds: Readonly<Record<FetchKind, string>> = {
  GATHERED: 'gathered from courts',
  ROUTED: 'routed to courts',
  AGENCY: 'agency',
  COMMAND_CENTRE: 'command centre',
  REGISTRY: 'the hub itself',
};

/** The tables in the order in which people read them. */
export function tablesOf(account: Account): readonly Table[] {
  const ran = account.mode === 'RESULT';
  const spared = sparedTable(account);
  return [
    stepsTable(account, ran),
    ...(spared.rows.length > 0 ? [spared] : []),
    ...(ran ? [answersTable(account)] : []),
  ];
}

function stepsTable({ steps }: Account, ran: boolean): Table {
  return toTable(
    'steps',
    [
      ['#', null],
      ['after', null],
      ['whom', 'String'],
      ['where', 'String'],
      ['asked', 'String'],
      ['about at most', 'Int'],
      ['calls at most', 'Int'],
      ['rows at most', 'Int'],
      ...(ran
        ? ([
            ['calls', 'Int'],
            ['rows', 'Int'],
            ['ms', 'Int'],
          ] as const)
        : []),
    ],
    steps.map((step) => [
      step.number,
      step.after,
      kinds[step.kind],
      step.path === '' ? step.questions.map(({ path }) => path) : step.path,
      askedIn(step),
      step.about && most(step.about),
      most(step.calls),
      most(step.rows),
      ...(ran ? [step.happened?.calls ?? 0, step.happened?.rows ?? 0, step.happened?.elapsedMs ?? null] : []),
    ]),
  );
}

/** Courts that are not asked for the same reason stand together. */
function sparedTable({ steps }: Account): Table {
  const rows = steps.flatMap(({ number, questions }) =>
    questions.flatMap(({ path, spared }) => {
      const reasons = [...new Set(spared.map(({ reason }) => reason))];
      return reasons.map((reason) => {
        const alike = spared.filter((own) => own.reason === reason);
        return [number, path, alike.map(({ court }) => court), alike[0]!.gap ? 'yes' : 'no', reason];
      });
    }),
  );
  const columns = [
    ['step', null],
    ['where', 'String'],
    ['courts', 'String'],
    ['rows missing', null],
    ['why', 'String'],
  ] as const;
  return toTable('not asked', columns, rows);
}

function answersTable({ steps }: Account): Table {
  const rows = steps.flatMap(({ number, happened }) =>
    (happened?.answers ?? []).map(({ id, asked, outcome, elapsedMs, rows: given }) => [
      number,
      id,
      asked ? 'yes' : 'no',
      outcome,
      elapsedMs,
      given,
    ]),
  );
  const columns = [
    ['step', null],
    ['whom', 'String'],
    ['asked', null],
    ['outcome', null],
    ['ms', 'Int'],
    ['rows', 'Int'],
  ] as const;
  return toTable('answers', columns, rows);
}

function askedIn({ kind, questions }: StepAccount): string {
  const asked = [...new Set(questions.flatMap((question) => question.asked))];
  if (kind === 'REGISTRY') return 'nobody';
  if (kind !== 'GATHERED' && kind !== 'ROUTED') return asked.length === 0 ? 'nobody' : asked.join(', ');
  const known = new Set(questions.flatMap(courtsOf)).size;
  // A few are told by name; many by number, since those that are not asked have a table of their own.
  return asked.length > 0 && asked.length <= 2 ? asked.join(', ') : `${asked.length} of ${known} courts`;
}

function courtsOf({ asked, spared }: QuestionAccount): readonly string[] {
  return [...asked, ...spared.map(({ court }) => court)];
}

function most(bound: Bound): number | string {
  return bound.most ?? 'unknown';
}

function toTable(
  title: string,
  columns: readonly (readonly [string, string | null])[],
  rows: readonly (readonly unknown[])[],
): Table {
  const headings = columns.map(([name, type]): Heading => ({ title: name, type }));
  return { kind: 'table', title, depth: 0, columns: headings, rows, remark: '' };
}
