/** An agency that answers its subgraph from the table: on a writ, and about whom the subject names. */

import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';

import { createProgram, type Program } from '../../../subgraphs/kit/program.ts';
import { readEmitted } from '../world/emitted.ts';
import { plainAgencySdl, typeNameAt } from '../world/plain.ts';
import { fieldOf, type Agency, type Table } from '../world/table.ts';

/** A party as the gateway represents it. */
interface PartyReference {
  readonly writ?: Readonly<Record<string, unknown>> | null;
  readonly subject?: { readonly idNumber?: string | null } | null;
}

/** The program of one agency; `courts` is how many courts' parties it tells apart, null where they are of one type. */
export function createAgency(table: Table, agency: Agency, courts: number | null = null): Program {
  const sdl = courts === null ? emittedSdl(agency) : plainAgencySdl(emittedSdl(agency), courts);
  const known = table.inquiries[agency];
  const party = {
    __resolveReference: (reference: PartyReference) => reference,
    [fieldOf[agency]]({ writ, subject }: PartyReference) {
      if (writ === undefined || subject?.idNumber == null) throw new Error('What is required is absent.');
      if (writ?.['number'] == null) return { status: 'REFUSED', reason: 'NO_WRIT' };
      return known.get(subject.idNumber) ?? { status: 'NONE' };
    },
  };
  const places = courts === null || courts === 1 ? [null] : [...Array(courts).keys()];
  const resolvers = Object.fromEntries(places.map((place) => [typeNameAt(place, 'Party'), party]));
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers });
  schema.getQueryType()!.getFields()['_service']!.resolve = () => ({ sdl });
  return createProgram({ schema, sdl, context: () => ({}) });
}

/** The SDL of an agency as its own program serves it. */
function emittedSdl(name: string): string {
  return readEmitted(`${name}.graphql`);
}
