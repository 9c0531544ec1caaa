/** The supergraph that is planned with: one of which the stock planner makes no wrong answers. */

import { Kind, parse, print } from 'graphql';

import { withoutIdleExternals } from './externals.ts';
import { withResolvableKeys } from './keys.ts';
import { sharingFieldsOf } from './sharing.ts';
import { subgraphsToldOf, withStandIns, type StandIns } from './stand-ins.ts';
import { withTwins, type Twins } from './twins.ts';

export interface MendedSupergraph {
  /** The same graph to clients; the same text when nothing had to be mended. */
  readonly supergraphSdl: string;
  /** Fields that are not in any subgraph, with what they mean there. */
  readonly standIns: StandIns;
  /** Names of the subgraphs in whose representations stand-ins may be. */
  readonly toldOfStandIns: ReadonlySet<string>;
  /** Subgraphs that are asked under a second name, by that name. */
  readonly twins: Twins;
  /** Names of fields that must not be planned under a condition on a variable. */
  readonly unconditional: ReadonlySet<string>;
}

/** Mends a composed supergraph. Stand-ins begin with `prefix`, which no field of it may. Throws when it cannot be parsed. */
export function mendSupergraph(supergraphSdl: string, prefix: string): MendedSupergraph {
  const { definitions: given } = parse(supergraphSdl, { noLocation: true });
  const keyed = withResolvableKeys(given);
  const { definitions: stood, standIns } = withStandIns(keyed, prefix);
  const { definitions: doubled, twins } = withTwins(stood, standIns);
  const definitions = standIns.size > 0 ? withoutIdleExternals(doubled) : doubled;
  const isSame = definitions.every((definition, index) => definition === given[index]);
  return {
    supergraphSdl: isSame ? supergraphSdl : print({ kind: Kind.DOCUMENT, definitions }),
    standIns,
    toldOfStandIns: subgraphsToldOf(definitions, standIns),
    twins,
    unconditional: sharingFieldsOf(definitions),
  };
}
