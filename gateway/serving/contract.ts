/**
 * The whole court contract, served by a hub as one court would serve it: to another hub, the courts behind this one are
 * members that it need not ask one by one. Each field and entity is answered by the source that the hub itself asks.
 */

import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  GraphQLError,
  Kind,
  parse,
  validate,
  visit,
  type DocumentNode,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';

import { toInstantText } from '../../common/civil-date.ts';
import { contractVersion, memberSdl } from '../../common/member.ts';
import type { Contract } from '../../schema/horizontal/contract.ts';
import { federationSpec, horizontalNames } from '../../schema/horizontal/directives.ts';
import { splitContract, type LogicalName } from '../../schema/horizontal/split.ts';
import type { City } from '../city.ts';
import type { Membership } from '../membership/membership.ts';
import type { RequestContext } from '../request-context.ts';
import type { Sourced } from './parts.ts';
import { createServedSubgraph, type ServedSubgraph } from './subgraph.ts';

export interface ServedContractOptions {
  readonly city: Pick<City, 'contract' | 'sources'>;
  readonly contractSdl: string;
  /** Its name in the registry of the hub above. */
  readonly code: string;
  /** The mark of the city's key; null where it is not known. */
  readonly personKeyMark: string | null;
  readonly now: () => Date;
}

/** Serves the contract; throws when it cannot be split. */
export function createServedContract(options: ServedContractOptions): ServedSubgraph {
  const { contractSdl, code, personKeyMark, now } = options;
  const { contract, sources } = options.city;
  const logical = splitContract(contract);
  const schemas = new Map(
    Object.entries(logical).map(([name, sdl]) => [name, buildSubgraphSchema({ typeDefs: parse(sdl) })]),
  );
  const sourced = (name: LogicalName, own: Pick<Sourced, 'hasRoot' | 'hasType'>): Sourced => ({
    ...own,
    source: sources[name],
    check: (document) => checkBy(schemas.get(name)!, document),
  });
  const isRouted = (fieldName: string) =>
    [contract.schema.getQueryType(), contract.schema.getMutationType()].some(
      (type) => type && contract.routeOf(type.name, fieldName) !== undefined,
    );
  const isOwned = (typeName: string) => contract.entities.get(typeName)?.ownerKey != null;
  const served = createServedSubgraph({
    sdl: contractSdl,
    document: withoutHorizontal(contract.document),
    sources: [
      sourced('court', { hasRoot: isRouted, hasType: isOwned }),
      sourced('city', { hasRoot: (name) => !isRouted(name), hasType: () => false }),
      sourced('reach', { hasRoot: () => false, hasType: (name) => !isOwned(name) }),
    ],
    machinery: {
      sdl: memberSdl,
      query: { _member: () => ({ court: code, contractVersion, personKeyMark, now: toInstantText(now()) }) },
    },
    isForHubs: true,
    fieldsOf: (typeName) => readFieldsOf(contract, typeName),
  });
  return { ...served, answer: (question, context) => served.answer(question, asPart(context)) };
}

/** The contract as any federation subgraph has it. */
function withoutHorizontal({ definitions }: DocumentNode): DocumentNode {
  const header = parse(
    `extend schema @link(url: "${federationSpec}", import: ["@key", "@inaccessible", "@external", "@requires", "@shareable", "@tag"])`,
  );
  const plain = visit(
    { kind: Kind.DOCUMENT, definitions },
    { Directive: ({ name }) => (horizontalNames.includes(name.value) ? null : undefined) },
  );
  return { ...plain, definitions: [...header.definitions, ...plain.definitions] };
}

/** Of an entity its key is read, and what another subgraph keeps of it: whatever else an engine sends goes no further. */
export function readFieldsOf(contract: Contract, typeName: string): ReadonlySet<string> {
  const fields = Object.keys((contract.schema.getType(typeName) as GraphQLObjectType).getFields());
  const external = fields.filter((name) => contract.isExternal(typeName, name));
  return new Set([...(contract.entities.get(typeName)?.keyFields ?? []), ...external]);
}

/** Below rows stand keys alone: a person's cases in one of them would be those of one court. */
function checkBy(schema: GraphQLSchema, document: DocumentNode): void {
  const [error] = validate(schema, document);
  if (!error) return;
  throw new GraphQLError(
    `A hub that stands for its courts cannot be asked this in one question, since it would be one court's answer: ${error.message}`,
    { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
  );
}

/** A question of the hub above names courts that are not here; they are others' to answer for. */
function asPart(context: RequestContext): RequestContext {
  const known = parts.get(context.membership) ?? toPart(context.membership);
  parts.set(context.membership, known);
  return { ...context, membership: known };
}

const parts = new WeakMap<Membership, Membership>();

function toPart(membership: Membership): Membership {
  return { ...membership, members: { ...membership.members, isPart: true } };
}
