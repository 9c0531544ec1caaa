/** The oracle: one program over the rows of all branches, and everything that the neighbours add. */

import { execute, type DocumentNode, type GraphQLSchema } from 'graphql';

import type { Answer } from '../../../common/wire.ts';
import { cursorsOf, parseCursor } from '../../../gateway/horizontal/cursor.ts';
import { toProgram, type Program } from './program.ts';
import { branchCodes, type Library } from './rows.ts';
import { openSitting, type Sitting } from './sitting.ts';

/** What there is to be answered, and what was noted on the way. */
export interface Truth {
  readonly answer: Answer;
  readonly sitting: Sitting;
}

/** Cursors of a hub in whose walk nobody was missing. */
export const hubCursors = {
  format: (position: Buffer) => cursorsOf([], branchCodes)(position.toString('base64url')),
  parse: (cursor: string) => Buffer.from(parseCursor(cursor).position, 'base64url'),
};

/** The program over these branches; its cursors are those of a hub that missed nobody. */
export function toOracle({ branches, clubs }: Library): Program {
  return toProgram({
    branches,
    clubs,
    ...hubCursors,
  });
}

/** Answers a client's operation from the oracle. */
export async function answerTruly(
  schema: GraphQLSchema,
  { root }: Program,
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): Promise<Truth> {
  const sitting = openSitting();
  const result = await execute({
    schema,
    document,
    rootValue: root,
    contextValue: sitting,
    variableValues: variables,
  });
  return { answer: JSON.parse(JSON.stringify(result)) as Answer, sitting };
}
