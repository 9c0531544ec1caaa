/**
 * A court with an older program: in front of its own program stands the schema that the older one would have, and refuses
 * what that schema does not know, as any GraphQL server does.
 */

import { extendSchema, getOperationAST, getVariableValues, parse, validate, type GraphQLSchema } from 'graphql';

import type { Ask } from '../../common/wire.ts';
import { readContract } from '../../schema/horizontal/contract.ts';
import { judgeMember, type Judgement } from '../../schema/horizontal/drift/judge.ts';
import { readMemberSdl } from '../../schema/horizontal/drift/member-sdl.ts';
import { emitted } from './emitted.ts';
import { without } from './older-program.ts';

export interface OlderCourt {
  /** Goes in front of the court's own program. */
  between(ask: Ask): Ask;
  /** From now on these elements are not there; gives what the hub should make of it. */
  lose(...coordinates: readonly string[]): Judgement;
  /** Questions that should not have been sent: what was wrong with them. */
  readonly refused: string[];
  /** The questions that came. */
  readonly asked: string[];
}

const contractSdl = emitted('court');
const contract = readContract(contractSdl, 'contract');

export function createOlderCourt(code: string): OlderCourt {
  let schema: GraphQLSchema | null = null;
  const refused: string[] = [];
  const asked: string[] = [];
  return {
    refused,
    asked,
    between: (ask) => (question, signal, headers) => {
      asked.push(question.query);
      const faults = schema ? faultsOf(schema, question.query, question.variables ?? {}) : [];
      if (faults.length === 0) return ask(question, signal, headers);
      refused.push(...faults.map((fault) => `${fault}\n${question.query}`));
      const extensions = { code: 'GRAPHQL_VALIDATION_FAILED' };
      return Promise.resolve({ errors: faults.map((message) => ({ message, extensions })) });
    },
    lose(...coordinates) {
      const sdl = without(contractSdl, ...coordinates);
      const judgement = judgeMember(contract, sdl, code);
      schema = servedBy(sdl, code);
      return judgement;
    },
  };
}

/** The elements without which a court still joins, each alone. */
export function losable(coordinates: readonly string[]): string[] {
  return coordinates.filter((one) => judgeMember(contract, without(contractSdl, one), 'x').incompatible.length === 0);
}

function servedBy(sdl: string, code: string): GraphQLSchema {
  const read = readMemberSdl(sdl, code);
  if (!('schema' in read)) throw new Error(read.map(({ reason }) => reason).join(' '));
  const entities = [...contract.entities.values()].filter(({ name, foreign }) => !foreign && read.schema.getType(name));
  const machinery = parse(`
    scalar _Any
    union _Entity = ${entities.map(({ name }) => name).join(' | ')}
    extend type Query { _entities(representations: [_Any!]!): [_Entity]! }
  `);
  return extendSchema(read.schema, machinery, { assumeValid: true, assumeValidSDL: true });
}

function faultsOf(schema: GraphQLSchema, query: string, variables: Readonly<Record<string, unknown>>): string[] {
  const document = parse(query);
  const faults = validate(schema, document);
  if (faults.length > 0) return faults.map(({ message }) => message);
  const { errors = [] } = getVariableValues(schema, getOperationAST(document)!.variableDefinitions ?? [], variables);
  return errors.map(({ message }) => message);
}
