import { execute, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { Answer, Ask, Question } from '../../common/wire.ts';
import { createDocuments } from './documents.ts';
import { toFormattedError } from './formatted-error.ts';

/** One running program: a subgraph that answers questions in this process. */
export interface Program {
  readonly schema: GraphQLSchema;
  readonly sdl: string;
  readonly ask: Ask;
  /** Refuses new questions and resolves when those being answered are done. */
  stop(): Promise<void>;
}

export interface ProgramOptions {
  readonly schema: GraphQLSchema;
  readonly sdl: string;
  /**
   * Made anew for each question, of the headers that came with it; the question ends with the signal. What stands in its
   * `notices` afterwards is appended to the answer's errors.
   */
  readonly context: (headers: Readonly<Record<string, string>>, question: Question, signal: AbortSignal) => object;
  /** Told of failures that are ours and that the asker sees as `INTERNAL` only. */
  readonly onFault?: (error: Error) => void;
}

/** Starts a program over an executable schema. Its answers never hold a stack, a path of this machine or an upstream's text. */
export function createProgram({ schema, sdl, context, onFault = warn }: ProgramOptions): Program {
  const documents = createDocuments(schema);
  const running = new Set<Promise<Answer>>();
  let stopped = false;

  async function answer(
    question: Question,
    signal: AbortSignal,
    headers: Readonly<Record<string, string>>,
  ): Promise<Answer> {
    const { query, variables, operationName } = question;
    const document = documents.of(query);
    if ('errors' in document) {
      return { errors: document.errors.map((error) => toFormattedError(error, onFault, document.code)) };
    }
    const contextValue = context(headers, question, signal) as { readonly notices?: readonly GraphQLFormattedError[] };
    const { data, errors } = await execute({
      schema,
      document: document.parsed,
      contextValue,
      variableValues: variables,
      operationName,
    });
    const all = [...(errors ?? []).map((error) => toFormattedError(error, onFault)), ...(contextValue.notices ?? [])];
    return { ...(data === undefined ? {} : { data }), ...(all.length === 0 ? {} : { errors: all }) };
  }

  return {
    schema,
    sdl,
    async ask(question, signal, headers = {}) {
      if (stopped) throw new Error('this program was stopped');
      signal.throwIfAborted();
      const pending = answer(question, signal, headers);
      running.add(pending);
      const settled = pending.finally(() => running.delete(pending));
      return Promise.race([settled, aborted(signal, settled)]);
    },
    async stop() {
      stopped = true;
      await Promise.allSettled(running);
    },
  };
}

/** Rejects when the signal does, and lets go of the signal when the work is done first. */
function aborted(signal: AbortSignal, work: Promise<unknown>): Promise<never> {
  return new Promise((_, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    const release = (): void => signal.removeEventListener('abort', abort);
    work.then(release, release);
  });
}

function warn(error: Error): void {
  process.emitWarning(error);
}
