/** Court programs that run, and serve something else than the contract. */

import { MapperKind, mapSchema } from '@graphql-tools/utils';
import { parse, validate, type GraphQLSchema } from 'graphql';

import { courtSchema, courtSdl } from '../../../subgraphs/court/schema.ts';
import type { Program } from '../../../subgraphs/kit/program.ts';
import { without } from '../../support/older-program.ts';

/** The same rows by an older program: it has no such fields, and does not understand a question that names one. */
export function olderThan(program: Program, ...fields: readonly string[]): Program {
  const schema = mapSchema(courtSchema, {
    [MapperKind.OBJECT_FIELD]: (_, fieldName, typeName) =>
      fields.includes(`${typeName}.${fieldName}`) ? null : undefined,
  });
  return speaking(program, without(courtSdl, ...fields), schema);
}

/** The same rows by a program that says that it serves this SDL, and understands what fits the schema. */
export function speaking(program: Program, sdl: string, schema: GraphQLSchema = courtSchema): Program {
  return {
    ...program,
    sdl,
    async ask(question, signal, headers) {
      const errors = validate(schema, parse(question.query));
      if (errors.length > 0) {
        const extensions = { code: 'GRAPHQL_VALIDATION_FAILED' };
        return { errors: errors.map(({ message }) => ({ message, extensions })) };
      }
      const answer = await program.ask(question, signal, headers);
      return answer.data?.['_service'] ? { ...answer, data: { ...answer.data, _service: { sdl } } } : answer;
    },
  };
}
