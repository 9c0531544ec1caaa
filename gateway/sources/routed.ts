/** The data source behind `court`: every question goes to the one member that its key names. */

import { getNamedType, type GraphQLSchema } from 'graphql';

import type { Contract } from '../../schema/horizontal/contract.ts';
import type { Source } from '../explain/foresight.ts';
import { hiddenKey } from '../horizontal/hidden.ts';
import { sourceOf, spokenForBy, titleOf } from '../members.ts';
import { capabilityOf, type Membership } from '../membership/membership.ts';
import type { Belonging } from './foreign-rows.ts';
import type { Holder, Holders } from './holder.ts';
import { createOwnedSource } from './owned.ts';
import type { OwnedTypes } from './owned-types.ts';

/** Routes by the contract's `@route` and `@owner`; each member is asked within its own deadline. */
export function createRoutedSource(
  contract: Contract,
  requiredTypes: ReadonlySet<string>,
  deadlineMs: number,
  wholeRows: boolean,
): Source {
  const known = new WeakMap<Membership, Holders>();
  return createOwnedSource({
    types: ownedTypesOf(contract, contract.schema),
    holdersOf({ membership }) {
      const holders = known.get(membership) ?? holdersOf(contract, membership);
      known.set(membership, holders);
      return holders;
    },
    belonging: belongingOf(contract),
    requiredTypes,
    deadlineMs,
    wholeRows,
  });
}

/** A row is part of another where its compound key holds the other's whole key: a party's begins with its case's number. */
function belongingOf({ entities }: Contract): Belonging {
  const owned = [...entities.values()].flatMap(({ ownerKey, keyFields }) =>
    ownerKey === null ? [] : [{ key: hiddenKey(ownerKey), isWhole: keyFields.length === 1 }],
  );
  const wholes = owned.filter(({ isWhole }) => isWhole);
  const [whole, ...others] = wholes;
  return {
    ownerKeys: [...new Set(owned.map(({ key }) => key))],
    // Of several it could not be said which one a row is part of.
    parts:
      whole && others.length === 0
        ? owned.flatMap(({ key, isWhole }) => (isWhole || key === whole.key ? [] : [{ key, whole: whole.key }]))
        : [],
  };
}

/** The contract's entities as a schema shows them: in the contract's own, rows name their owner; elsewhere anybody gives them. */
export function ownedTypesOf(contract: Contract, schema: GraphQLSchema): OwnedTypes {
  const names = [...contract.entities.keys()].filter((name) => schema.getType(name) !== undefined);
  return {
    contract,
    schema,
    names,
    keyFieldsOf: (typeName) => contract.entities.get(typeName)?.keyFields ?? [],
    ownerKeyOf: (typeName) => (schema === contract.schema ? (contract.entities.get(typeName)?.ownerKey ?? null) : null),
  };
}

function holdersOf(contract: Contract, membership: Membership): Holders {
  const { members, upstreams } = membership;
  const holders = new Map(
    members.speakers.map((code): [string, Holder] => [
      code,
      {
        id: code,
        upstream: upstreams.get(code)!,
        source: sourceOf(members, code),
        label: titleOf(members, code),
        courts: spokenForBy(members, code),
        capability: capabilityOf(membership, code),
        isOwn: false,
      },
    ]),
  );
  const ownerKeyOf = (own: Readonly<Record<string, unknown>>) =>
    own[contract.entities.get(String(own['__typename']))?.ownerKey ?? ''];
  const courtOfKey = (key: unknown): string => {
    const owner = members.ownerOf(key);
    if (owner === undefined) throw members.misfit(key);
    return owner;
  };
  const holderOfKey = (key: unknown): Holder => holders.get(members.speakerOf(courtOfKey(key)))!;
  return {
    everybody: [...holders.values()],
    routeOf: (fieldName) => routedRootOf(contract, fieldName).path.join('.'),
    holderOf: (own) => holderOfKey(ownerKeyOf(own)),
    holderOfRoot: (fieldName, args) => holderOfKey(valueAt(args, routedRootOf(contract, fieldName).path)),
    courtOf: (own) => members.ownerOf(ownerKeyOf(own)),
    owns: (holder, key) => (holder.courts ?? []).includes(members.ownerOf(key) ?? ''),
    courtOfRoot: (fieldName, args) => courtOfKey(valueAt(args, routedRootOf(contract, fieldName).path)),
    isAsked: (fieldName, args, row) => {
      const { path, type } = routedRootOf(contract, fieldName);
      const ownerKey = type && contract.entities.get(type)?.ownerKey;
      if (ownerKey == null || path.at(-1) !== ownerKey) return true;
      const asked = valueAt(args, path);
      return members.canonical(asked) === members.canonical(row[hiddenKey(ownerKey)]);
    },
  };
}

/** Where a root field's arguments name the member, and the type that it answers with. */
function routedRootOf(contract: Contract, fieldName: string) {
  for (const root of [contract.schema.getQueryType(), contract.schema.getMutationType()]) {
    const path = root && contract.routeOf(root.name, fieldName);
    if (path) return { path, type: getNamedType(root.getFields()[fieldName]!.type).name };
  }
  return { path: [], type: undefined };
}

function valueAt(args: Readonly<Record<string, unknown>>, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, step) => (value as Record<string, unknown> | undefined)?.[step], args);
}
