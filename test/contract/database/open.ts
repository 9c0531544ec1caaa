import type { Database } from '../../../subgraphs/kit/database/database.ts';

/** Opens the named schema or, without a name, an empty one that no other test has. */
export type Open = (schema?: string) => Promise<Database>;
