/** Answers the registry's fetches in the hub itself. */

import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse } from 'graphql';

import { keptWith } from '../../common/kept-with.ts';
import type { Health, HealthBook } from '../asking/health.ts';
import { none } from '../explain/bound.ts';
import type { Source } from '../explain/foresight.ts';
import type { Membership, Standing } from '../membership/membership.ts';
import type { RequestRecord } from '../operating/record.ts';
import { fetchOf } from '../sources/fetch.ts';
import type { Budget } from '../trail/places.ts';
import { trailResolvers } from '../trail/queries.ts';
import { openBudget } from '../trail/search.ts';
import type { Trail } from '../trail/trail.ts';
import { whoOf, type Who } from '../trail/who.ts';
import { registrySdl } from './schema.ts';

export interface RegistrySourceOptions {
  readonly agencies: readonly string[];
  readonly health: HealthBook;
  readonly trail: Trail;
}

/** The data source of the `registry` subgraph; costs no network and survives every court. */
export function createRegistrySource(options: RegistrySourceOptions): Source {
  const schema = buildSubgraphSchema({ typeDefs: parse(registrySdl), resolvers: resolversOf(options) });
  return {
    foresee: () => ({ kind: 'REGISTRY', questions: [], calls: none, isShared: false, wire: null }),
    async process(processOptions) {
      const { document, variables, context } = fetchOf(processOptions);
      let budget = budgets.of(context.record);
      if (!budget) {
        budget = openBudget(context.signal);
        budgets.keep(context.record, budget);
      }
      const contextValue: RegistryContext = { membership: context.membership, who: whoOf(context), budget };
      const result = await execute({ schema, document, variableValues: variables, contextValue });
      return result as Awaited<ReturnType<Source['process']>>;
    },
  };
}

/** What resolvers see of a request. */
interface RegistryContext {
  readonly membership: Membership;
  readonly who: Who | null;
  /** What all pages of the trail that the request asks for may still cost. */
  readonly budget: Budget;
}

/** By the request's record, however many fetches it has. */
const budgets = keptWith<RequestRecord, Budget>();

function resolversOf({ agencies, health, trail }: RegistrySourceOptions) {
  const membershipOf = (context: unknown) => (context as RegistryContext).membership;
  const { Query, Person } = trailResolvers(trail);
  return {
    Query: {
      courts: (_: unknown, __: unknown, context: unknown) => membershipOf(context).registry.courts,
      agencies: () => agencies.map((code) => ({ code })),
      ...Query,
    },
    Person,
    Court: {
      __resolveReference: ({ code }: { code: string }, context: unknown) =>
        membershipOf(context).registry.byCode(code) ?? null,
      health: ({ code }: { code: string }, _: unknown, context: unknown) =>
        healthOfCourt(membershipOf(context), health, code),
    },
    Agency: { health: ({ code }: { code: string }) => health.of(code) },
    Case: {
      __resolveReference: ({ number }: { number: string }) => ({ number }),
      court: ({ number }: { number: string }, _: unknown, context: unknown) => {
        const { members, registry } = membershipOf(context);
        return registry.byCode(members.ownerOf(number) ?? '') ?? null;
      },
    },
  };
}

/** What this hub knows of a court's health; of one behind another hub no more than that the hub is down. */
export function healthOfCourt(
  { members, standingOf }: Pick<Membership, 'members' | 'standingOf'>,
  book: HealthBook,
  code: string,
) {
  const speaker = members.speakerOf(code);
  const known = healthOf(standingOf(speaker), book.of(speaker));
  return speaker !== code && known === 'UP' ? 'UNKNOWN' : known;
}

/** Whoever is not asked because nobody could read its program has not answered. */
function healthOf({ kind }: Standing, asked: Health): Health | 'QUARANTINED' {
  if (kind === 'quarantined') return 'QUARANTINED';
  return kind === 'unread' ? 'DOWN' : asked;
}
