/** What a data source says of a fetch before anybody is asked. */

import type { GraphQLDataSource } from '@apollo/gateway';
import type { DocumentNode, GraphQLSchema } from 'graphql';

import type { Contract } from '../../schema/horizontal/contract.ts';
import type { Viewer } from '../../common/viewer.ts';
import type { HubError } from '../errors.ts';
import type { Membership } from '../membership/membership.ts';
import type { WholeSelection } from '../horizontal/whole-rows.ts';
import type { RequestContext } from '../request-context.ts';
import type { Fetch } from '../sources/fetch.ts';
import type { Bound } from './bound.ts';

/** A data source that can say who it would ask, and asks nobody to say it. */
export interface Source extends GraphQLDataSource<RequestContext> {
  foresee(fetch: FetchAhead): Foresight;
  /** What a fetch asks of each entity, where their page may be asked for that; absent where it never may. */
  wholeRowsOf?(document: DocumentNode): WholeSelection | null;
  /** Hears of entities that a fetch is about and nobody can be asked about, because what is required of them is absent: what is known of each. */
  noteUntold?(fetch: Fetch, untold: readonly Readonly<Record<string, unknown>>[]): void;
}

/** A fetch that has not been made. */
export interface FetchAhead {
  /** The same object as when the fetch is made. */
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly membership: Membership;
  /** For whom it would be asked. */
  readonly viewer: Viewer | null;
  /** Of a fetch of entities: how many there are at most. */
  readonly entities: Bound;
  /** Of a fetch of entities: the courts whose rows they may be; null when they may be anybody's. */
  readonly rowsOf: ReadonlySet<string> | null;
  /** Told what is wrong with the arguments of a field, by its response key, as the fetch itself would tell it. */
  readonly tell: (error: HubError, key: string) => void;
}

/** `GATHERED`: every court not excluded. `ROUTED`: the court that a key names. `REGISTRY`: the hub itself, nobody is asked. */
export type FetchKind = 'GATHERED' | 'ROUTED' | 'AGENCY' | 'COMMAND_CENTRE' | 'REGISTRY';

export interface Foresight {
  readonly kind: FetchKind;
  /** One for each root field; one for all entities together. */
  readonly questions: readonly QuestionAhead[];
  readonly calls: Bound;
  /** Whether each of those asked speaks of everything that is asked about, or one of them alone of each. */
  readonly isShared: boolean;
  /** How answers are read; null where nobody answers. */
  readonly wire: Wire | null;
}

export interface QuestionAhead {
  /** The root field's response key; null for entities. */
  readonly key: string | null;
  /** At most these are asked, by their ids; courts behind one hub in one call. */
  readonly asked: readonly string[];
  /** Courts that are not asked, and why. */
  readonly spared: readonly Spared[];
  /** Response keys below that nobody is asked for, since their arguments are wrong. */
  readonly refused: ReadonlySet<string>;
}

/**
 * Why a court is not asked. `EXCLUDED`: the argument excludes it. `ONE_COURT`: only another one can know the person.
 * `NO_ROWS_BEFORE`: the steps before bring none of its rows. `NOTHING_TO_ASK`: no field is left to ask it for.
 * `UNSUPPORTED`: its program cannot be asked this. `QUARANTINED` and `UNREAD`: it does not take part now. These are gaps.
 */
export type SparedCode =
  'EXCLUDED' | 'ONE_COURT' | 'NO_ROWS_BEFORE' | 'NOTHING_TO_ASK' | 'UNSUPPORTED' | 'QUARANTINED' | 'UNREAD';

export interface Spared {
  readonly court: string;
  readonly code: SparedCode;
  /** The path of the argument that excludes it, never its value. */
  readonly argument?: string;
}

/** What stands in an answer: the question as it is sent, and the types it is sent to. */
export interface Wire {
  readonly contract: Contract;
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Courts that are to be asked, less those that do not take part now, and those whose program cannot be asked this: gaps. */
export function takingPart(
  { standingOf }: Membership,
  courts: readonly string[],
  canBeAsked: (court: string) => boolean,
): { readonly asked: readonly string[]; readonly apart: readonly Spared[] } {
  const apart = courts.flatMap((court): Spared[] => {
    const { kind } = standingOf(court);
    if (kind === 'joined') return canBeAsked(court) ? [] : [{ court, code: 'UNSUPPORTED' }];
    return [{ court, code: kind === 'quarantined' ? 'QUARANTINED' : 'UNREAD' }];
  });
  return { asked: courts.filter((court) => !apart.some((own) => own.court === court)), apart };
}
