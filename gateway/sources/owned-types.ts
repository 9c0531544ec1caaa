/** The entity types that a subgraph answers about whose entities have one holder each. */

import type { GraphQLSchema } from 'graphql';

import type { Contract } from '../../schema/horizontal/contract.ts';

export interface OwnedTypes {
  readonly contract: Contract;
  readonly schema: GraphQLSchema;
  readonly names: readonly string[];
  readonly keyFieldsOf: (typeName: string) => readonly string[];
  /** The key field that names the holder of a row; null where everybody may give such rows. */
  readonly ownerKeyOf: (typeName: string) => string | null;
}
