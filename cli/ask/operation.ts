/** What is asked: an example of schema/operations/ by its name, a file, or standard input. */

import { existsSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';

import { GraphQLError, Kind, parse, type DocumentNode, type OperationDefinitionNode } from 'graphql';

import { exampleNames, type ExampleName } from '../../gateway/explorer/examples.ts';
import { UsageFault } from '../command.ts';

export interface Operation {
  readonly text: string;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  /** An example's own variables; empty for what comes from elsewhere. */
  readonly defaults: Readonly<Record<string, unknown>>;
}

/** The question is no GraphQL, or lacks what was asked for; the text names its place. Exit code 65 (EX_DATAERR). */
export class QuestionFault extends Error {}

const directory = new URL('../../schema/operations/', import.meta.url);

/** Reads the operation that a word of the command line names; throws UsageFault or QuestionFault. */
export async function readOperation(word: string, wanted: string | undefined): Promise<Operation> {
  const example = exampleNames.find((name) => name === word);
  const content = await readContent(word, example);
  const document = parseDocument(content, word === '-' ? 'standard input' : word);
  return {
    text: content,
    document,
    definition: pickOperation(document, wanted),
    defaults: example ? (JSON.parse(read(`${example}.json`)) as Record<string, unknown>) : {},
  };
}

/** Every example with what its first lines say of it. */
export function describeExamples(): { readonly name: ExampleName; readonly about: string }[] {
  return exampleNames.map((name) => {
    const comments = /^(?:#.*\n)+/.exec(read(`${name}.graphql`))?.[0] ?? '';
    return { name, about: comments.replace(/^# ?/gm, '').trim().replace(/\s+/g, ' ') };
  });
}

function read(file: string): string {
  return readFileSync(new URL(file, directory), 'utf8');
}

async function readContent(word: string, example: ExampleName | undefined): Promise<string> {
  if (example) return read(`${example}.graphql`);
  if (word === '-') return text(process.stdin);
  if (!existsSync(word)) {
    const looksLikeFile = /[./\\]/.test(word);
    throw new UsageFault(
      `there is no ${looksLikeFile ? 'file' : 'example'} "${word}". Examples: ${exampleNames.join(', ')}; or a file, or -.`,
    );
  }
  try {
    return readFileSync(word, 'utf8');
  } catch (error) {
    throw new UsageFault(`cannot read ${word} (${(error as NodeJS.ErrnoException).code ?? 'unreadable'}).`);
  }
}

function parseDocument(content: string, place: string): DocumentNode {
  // An export of a database, say, would make a text of pages out of the fault.
  if (content.trim() === '') throw new QuestionFault(`${place} is empty. It has to hold a GraphQL query.`);
  try {
    return parse(content.replace(/^\ufeff/, ''));
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const at = error.locations?.[0];
    throw new QuestionFault(`${place}${at ? `:${at.line}:${at.column}` : ''} is no GraphQL: ${shorten(error.message)}`);
  }
}

function shorten(message: string): string {
  return message.length > 160 ? `${message.slice(0, 160)}…` : message;
}

function pickOperation(document: DocumentNode, wanted: string | undefined): OperationDefinitionNode {
  const operations = document.definitions.filter((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (operations.length === 0)
    throw new QuestionFault('there is no operation in it, such as query { courts { name } }.');
  const names = operations.map(({ name }) => name?.value ?? '(without a name)').join(', ');
  const found = operations.find(({ name }) => name?.value === wanted);
  if (wanted !== undefined && !found) throw new UsageFault(`there is no operation "${wanted}". There is: ${names}.`);
  if (wanted === undefined && operations.length > 1) {
    throw new UsageFault(`there are several operations, say which: --operation NAME, one of ${names}.`);
  }
  return found ?? operations[0]!;
}
