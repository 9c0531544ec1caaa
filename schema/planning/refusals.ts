/** What the stock planner would answer wrongly, and no rewriting puts right: refused where the supergraph is composed. */

import { validateSatisfiability } from '@apollo/composition';
import { parseFieldSetArgument, Supergraph, type Subgraph } from '@apollo/federation-internals';
import { Kind, parse, type DefinitionNode } from 'graphql';

import type { Fault } from '../horizontal/fault.ts';
import { chainFaults } from './chains.ts';
import { mendSupergraph } from './mended.ts';
import { isFieldsNode, flagOf, textOf } from './nodes.ts';
import { requiringFieldsOf } from './required.ts';
import { withStandIns } from './stand-ins.ts';

/** Every reason why answers of this supergraph could be wrong; empty when there is none. Throws when it is no supergraph. */
export function planningFaults(supergraphSdl: string): Fault[] {
  const { definitions } = parse(supergraphSdl, { noLocation: true });
  const faults = [
    ...twiceRequired(definitions),
    ...[...Supergraph.build(supergraphSdl).subgraphs()].flatMap(withoutWayBack),
    ...withoutImplementations(definitions),
    ...chainFaults(definitions),
  ];
  return faults.length > 0 ? faults : unsatisfiable(supergraphSdl);
}

/** A prefix for names that nobody sees. */
const prefix = '_nonet_for_';

/** One representation has one place for each field. */
function twiceRequired(definitions: readonly DefinitionNode[]): Fault[] {
  const { definitions: stood, standIns } = withStandIns(definitions, prefix);
  return requiringFieldsOf(stood, standIns).flatMap(({ graph, type, field, uses }) =>
    [...uses]
      .filter(([, own]) => own.size > 1)
      .map(([place]) => ({
        member: graph.toLowerCase(),
        coordinate: `${type}.${field}`,
        reason: `It requires "${place.slice(1)}" twice, with different arguments, and can be given it once.`,
        remedy: 'Require it once, or spread it over two fields.',
      })),
  );
}

/** What was required from elsewhere has to come back under a key that the subgraph reads, and can tell by itself. */
function withoutWayBack(subgraph: Subgraph): Fault[] {
  const metadata = subgraph.metadata();
  const [requires, keys] = [metadata.requiresDirective(), metadata.keyDirective()];
  return [...subgraph.schema.objectTypes(), ...subgraph.schema.interfaceTypes()].flatMap((type) => {
    const requiring = type.fields().filter((field) => field.appliedDirectivesOf(requires).length > 0);
    const hasWay = type.appliedDirectivesOf(keys).some((key) => {
      if (key.arguments().resolvable === false) return false;
      return !metadata.selectionSelectsAnyExternalField(parseFieldSetArgument({ parentType: type, directive: key }));
    });
    if (hasWay) return [];
    return requiring.map(({ coordinate }) => ({
      member: subgraph.name,
      coordinate,
      reason: `It requires fields of others, and ${type.name} has no key here that is resolvable and made of own fields.`,
      remedy: 'Give the type such a key in this subgraph, or remove @requires.',
    }));
  });
}

/** Composition looks for a way to each field by the types that an object can be of: where there is none, it looks for nothing. */
function withoutImplementations(definitions: readonly DefinitionNode[]): Fault[] {
  const implemented = new Set(
    definitions.flatMap((definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION
        ? (definition.interfaces ?? []).map((implemented) => implemented.name.value)
        : [],
    ),
  );
  return definitions.filter(isFieldsNode).flatMap((definition): Fault[] => {
    const { kind, name, directives = [] } = definition;
    const standing = directives.find((directive) => flagOf(directive, 'isInterfaceObject') === true);
    if (kind !== Kind.INTERFACE_TYPE_DEFINITION || !standing || implemented.has(name.value)) return [];
    return [
      {
        member: (textOf(standing, 'graph') ?? 'composition').toLowerCase(),
        coordinate: name.value,
        reason: 'It stands for objects of an interface that no type implements, so nobody can say what they are.',
        remedy: 'Let a type implement the interface, or make it an ordinary type everywhere.',
      },
    ];
  });
}

/** What is planned with has to be as satisfiable as what was composed. */
function unsatisfiable(supergraphSdl: string): Fault[] {
  const mended = mendSupergraph(supergraphSdl, prefix);
  if (mended.supergraphSdl === supergraphSdl) return [];
  const { errors = [] } = validateSatisfiability({ supergraphSdl: mended.supergraphSdl });
  return errors.map(({ message }) => ({
    member: 'composition',
    coordinate: 'SATISFIABILITY_ERROR',
    reason: message,
    remedy: 'Mend the subgraph that the message names, then compose again.',
  }));
}
