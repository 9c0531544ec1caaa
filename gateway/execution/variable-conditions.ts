/** Decides `@skip` and `@include` by the request's variables, where the stock planner would lose what stands beside them. */

import {
  Kind,
  visit,
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  type OperationDefinitionNode,
} from 'graphql';

import { withDefaults } from '../horizontal/variables.ts';

/** A document as it is planned, and what tells it from the same document with other variables. */
export interface Decided {
  readonly document: DocumentNode;
  /** Empty when nothing was decided. */
  readonly key: string;
}

export interface VariableConditions {
  /** The document with these variables' conditions as literals, always the same object for the same values. */
  decide(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables): Decided;
}

type Variables = Readonly<Record<string, unknown>>;

/** Kept for one document; more combinations of its conditions are decided anew. */
const mostKept = 64;

/** Decides documents that ask for a field of these names. */
export function createVariableConditions(fields: ReadonlySet<string>): VariableConditions {
  const names = new WeakMap<DocumentNode, readonly string[]>();
  const kept = new WeakMap<DocumentNode, Map<string, Decided>>();
  const namesOf = (document: DocumentNode) => {
    const known = names.get(document) ?? conditionsOf(document, fields);
    names.set(document, known);
    return known;
  };
  return {
    decide(document, operation, variables) {
      const deciding = fields.size === 0 ? [] : namesOf(document);
      if (deciding.length === 0) return { document, key: '' };
      const values = withDefaults(operation, variables);
      const key = deciding.map((name) => `${name}=${values[name] === true}`).join('&');
      const ofDocument = kept.get(document) ?? new Map<string, Decided>();
      kept.set(document, ofDocument);
      const known = ofDocument.get(key);
      if (known) return known;
      const decided = { document: withLiterals(document, values), key };
      const [oldest] = ofDocument.keys();
      if (ofDocument.size >= mostKept && oldest !== undefined) ofDocument.delete(oldest);
      ofDocument.set(key, decided);
      return decided;
    },
  };
}

/** The variables in a document's conditions, sorted; none when it asks for none of the fields. */
function conditionsOf(document: DocumentNode, fields: ReadonlySet<string>): readonly string[] {
  const found = new Set<string>();
  const asked = new Set<string>();
  visit(document, {
    Field(node) {
      if (fields.has(node.name.value)) asked.add(node.name.value);
    },
    Directive(node) {
      const name = variableOf(node);
      if (name !== undefined) found.add(name);
    },
  });
  return asked.size > 0 ? [...found].sort() : [];
}

function withLiterals(document: DocumentNode, values: Variables): DocumentNode {
  return visit(document, {
    Directive(node): ConstDirectiveNode | undefined {
      const name = variableOf(node);
      const [condition] = node.arguments ?? [];
      if (name === undefined || condition === undefined) return undefined;
      const value = { kind: Kind.BOOLEAN, value: values[name] === true } as const;
      return { ...node, arguments: [{ ...condition, value }] };
    },
  });
}

function variableOf({ name, arguments: given }: DirectiveNode): string | undefined {
  const value = given?.[0]?.value;
  return ['skip', 'include'].includes(name.value) && value?.kind === Kind.VARIABLE ? value.name.value : undefined;
}
