/** Who is behind which person id: learnt by asking for every party of the city once. */

import type { PartyRecord } from '../../common/case-record.ts';
import type { Answer } from '../../common/wire.ts';
import { identityOf, type PlainCase } from './brute-force.ts';

export interface PersonIds {
  /** The id that was given for a party's person. */
  readonly idOf: (one: PlainCase, party: PartyRecord) => string;
  /** The identity of the party that a person id was given for. */
  readonly identityOf: (personId: string) => string | undefined;
}

interface Page {
  readonly edges: readonly {
    readonly node: {
      readonly number: string;
      readonly parties: readonly { readonly id: string; readonly person: { readonly id: string } }[];
    };
  }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const query = `query($after: String) {
  cases(first: 100, after: $after, orderBy: NUMBER_ASC) {
    edges { node { number parties { id person { id } } } } pageInfo { hasNextPage endCursor }
  }
}`;

/** Asks for all parties, page by page. Throws when a party has no person. */
export async function learnPersonIds(
  ask: (query: string, variables: Record<string, unknown>) => Promise<Answer>,
  city: readonly PlainCase[],
): Promise<PersonIds> {
  const ids = new Map<string, string>();
  let after: string | null = null;
  for (;;) {
    const { data, errors }: Answer = await ask(query, { after });
    const page = data?.cases as Page | undefined;
    if (page === undefined) throw new Error(`The parties could not be read: ${JSON.stringify(errors)}`);
    for (const { node } of page.edges) {
      for (const { id, person } of node.parties) ids.set(`${node.number} ${id}`, person.id);
    }
    if (!page.pageInfo.hasNextPage) break;
    after = page.pageInfo.endCursor;
  }
  const idOf = (one: PlainCase, { ordinal }: PartyRecord): string => {
    const id = ids.get(`${one.display} ${ordinal}`);
    if (id === undefined) throw new Error(`No person id was given for party ${ordinal} of ${one.display}.`);
    return id;
  };
  const identities = new Map(
    city.flatMap((one) => one.record.parties.map((party) => [idOf(one, party), identityOf(one, party)] as const)),
  );
  return { idOf, identityOf: (personId) => identities.get(personId) };
}
