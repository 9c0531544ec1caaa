/** Holders that are hubs: how they are asked, and what they tell of the courts behind them beside their rows. */

import type { Answer, Question } from '../../common/wire.ts';
import type { ErrorCode } from '../errors.ts';
import { toEntries } from '../horizontal/hub-retold.ts';
import { hearHub, type HubWord } from '../horizontal/hub-word.ts';
import type { AskedKeys } from '../horizontal/asked-keys.ts';
import type { ResponsePath } from '../ledger/ledger.ts';
import { titleOf } from '../members.ts';
import type { RequestContext } from '../request-context.ts';
import type { Fetch } from './fetch.ts';
import type { Holder } from './holder.ts';

/** A question as a hub is asked it: for these courts alone, and through which hubs it came; as it is for anybody else. */
export function toSpeaker(question: Question, behind: readonly string[] | null, context: RequestContext): Question {
  return behind ? { ...question, extensions: { courts: behind, hubs: context.through ?? [] } } : question;
}

/** The courts behind a holder; null when it is no hub. */
export function behindOf({ context }: Fetch, { id, courts }: Holder): readonly string[] | null {
  return courts ? context.membership.members.behind(id) : null;
}

/** A hub's failure is told of each court that it was asked about, as that court's own. */
export function tellersOf(fetch: Fetch, holder: Holder, courts: readonly string[]): readonly Holder[] {
  if (!behindOf(fetch, holder)) return [holder];
  const { members } = fetch.context.membership;
  return [...new Set(courts)].map((court) => ({ ...holder, source: { court }, label: titleOf(members, court) }));
}

/** The word of a hub; null of anybody else. */
export function wordOfHolder(fetch: Fetch, holder: Holder, answer: Answer, keys: AskedKeys): HubWord | null {
  const behind = behindOf(fetch, holder);
  return behind && hearHub(answer, behind, keys);
}

/** What a hub's word explains: changes that it has told of, and entities that are not there. */
export interface Explained {
  readonly roots: ReadonlySet<unknown>;
  readonly courts: ReadonlySet<string>;
  /** Whether something was told that may concern any of them. */
  readonly isVague: boolean;
}

/** Tells it where the client sees it. */
export function retell({ context, path }: Fetch, word: HubWord): Explained {
  const entries = toEntries(word, context.membership.members, ([root, ...rest]) =>
    root === '_entities' ? [...path, ...rest.slice(1)] : [...path, ...(root === undefined ? [] : [root]), ...rest],
  );
  for (const entry of entries) context.ledger.report(entry);
  const lost = word.tellings.filter(({ code, paths }) => explainsLoss.has(code) && paths.some(isOfEntity));
  return {
    roots: new Set(word.tellings.flatMap(({ paths }) => paths.flatMap((own) => (own.length === 1 ? own[0] : [])))),
    courts: new Set(lost.flatMap(({ member }) => member ?? [])),
    isVague: (word.answer.errors?.length ?? 0) > 0,
  };
}

/** Why an entity may be missing from a hub's answer. */
const explainsLoss: ReadonlySet<ErrorCode> = new Set([
  'UPSTREAM_TIMEOUT',
  'UPSTREAM_UNREACHABLE',
  'UPSTREAM_REFUSED',
  'UPSTREAM_ERROR',
  'MISPLACED_ROW',
  'CONFLICT',
  'GONE',
]);

function isOfEntity(path: ResponsePath): boolean {
  return path[0] === '_entities' && path.length <= 2;
}
