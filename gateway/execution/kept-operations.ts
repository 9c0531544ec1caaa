/** Compiled operations, each with its parsed document; those that were asked last are kept. */

import type { DocumentNode } from 'graphql';

/**
 * So many are kept. Apollo Server keeps parsed documents by their bytes, and there is room for tens of thousands of small ones;
 * what is compiled of one is many times as large.
 */
export const mostOperations = 1_000;

export interface KeptOperations<Compiled> {
  /** What is kept of this operation; undefined for nothing. */
  of(document: DocumentNode, name: string): Compiled | undefined;
  keep(document: DocumentNode, name: string, compiled: Compiled): void;
}

/** Keeps nothing yet. */
export function createKeptOperations<Compiled>(most = mostOperations): KeptOperations<Compiled> {
  // In the order in which they were asked last.
  const documents = new Map<DocumentNode, Map<string, Compiled>>();
  let kept = 0;
  return {
    of(document, name) {
      const named = documents.get(document);
      if (!named) return undefined;
      documents.delete(document);
      documents.set(document, named);
      return named.get(name);
    },
    keep(document, name, compiled) {
      const named = documents.get(document) ?? new Map<string, Compiled>();
      if (!named.has(name)) kept += 1;
      named.set(name, compiled);
      documents.set(document, named);
      for (const [eldest, { size }] of documents) {
        if (kept <= most) break;
        documents.delete(eldest);
        kept -= size;
      }
    },
  };
}
