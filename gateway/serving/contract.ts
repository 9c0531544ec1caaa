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
import { HubError } from '../errors.ts';
import type { Membership } from '../membership/membership.ts';
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
  return {
    ...served,
    async answer(question, context) {
      const courts = textsIn(question.extensions?.['courts']);
      const hubs = textsIn(question.extensions?.['hubs']) ?? [];
      // Two hubs that stand behind one another would ask in circles.
      if (hubs.includes(code)) return { errors: [{ message: loop, extensions: { code: 'REFUSED' } }] };
      const membership = toPart(context.membership, courts ?? context.membership.members.codes);
      return served.answer(question, { ...context, membership, through: [...hubs, code] });
    },
  };
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

function textsIn(list: unknown): readonly string[] | null {
  return Array.isArray(list) ? list.filter((one) => typeof one === 'string') : null;
}

const loop =
  'This question has come through this hub before: two registries name one another. Put each court behind one hub.';

/**
 * The membership as the hub above knows it: the courts that it asks for. Others may be here too, asked by it directly or
 * not known to it yet, and a question may name those of other cities: all of them are others' to answer for.
 */
function toPart(membership: Membership, courts: readonly string[]): Membership {
  const name = courts.join();
  const known = parts.get(membership) ?? new Map<string, Membership>();
  parts.set(membership, known);
  const part = known.get(name) ?? narrowed(membership, new Set(courts));
  known.set(name, part);
  const [oldest] = known.keys();
  if (known.size > mostParts && oldest !== undefined) known.delete(oldest);
  return part;
}

const parts = new WeakMap<Membership, Map<string, Membership>>();

/** Of one membership; hubs above ask for the same courts until their registries change. */
const mostParts = 16;

function narrowed(membership: Membership, courts: ReadonlySet<string>): Membership {
  const { members } = membership;
  const within = (code: string | undefined) => (code !== undefined && courts.has(code) ? code : undefined);
  const codes = members.codes.filter((code) => courts.has(code));
  return {
    ...membership,
    members: {
      ...members,
      isPart: true,
      codes,
      speakers: [...new Set(codes.map(members.speakerOf))],
      behind: (speaker) => members.behind(speaker)?.filter((code) => courts.has(code)) ?? null,
      memberOf: (code) => within(members.memberOf(code)),
      ownerOf: (key) => within(members.ownerOf(key)),
      misfit: (key) =>
        members.ownerOf(key) === undefined
          ? members.misfit(key)
          : new HubError('UNKNOWN_COURT', 'It belongs to a court that was not asked for.'),
    },
  };
}
