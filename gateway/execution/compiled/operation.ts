/** One operation, compiled: what is fetched, and the pass over what comes. */

import type { QueryPlan } from '@apollo/query-planner';
import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';

import type { Variables } from '../../horizontal/selection.ts';
import { laterWriter, type WriteJson } from '../../json/writer.ts';
import { conditionVariables } from './conditions.ts';
import { compileIntrospection } from './introspection.ts';
import { answerJson } from './answer-json.ts';
import type { Row } from './places.ts';
import { compileSteps } from './run.ts';
import type { Runner } from './running.ts';
import { shapeOf } from './selection.ts';
import { compileShaper, type FieldRules, type Shaper } from './shaper.ts';
import { toSteps, type Unsupported } from './steps.ts';
import { findVerbatim } from './verbatim.ts';

export interface CompiledOperation {
  readonly plan: QueryPlan;
  /** Fetches what the plan says; null when it fetches nothing. */
  readonly run: Runner | null;
  /** Why it is left to the stock executor to fetch; null when it is not. */
  readonly unsupported: Unsupported | null;
  /** The pass for these variables, defaults included. */
  passFor(variables: Variables): Pass;
}

export interface Pass {
  readonly shape: Shaper;
  /** Answers what is asked of the schema itself; null when nothing is. */
  readonly introspect: ((variables: Variables) => Row) | null;
  /** Writes what the pass gives; null while the operation has hardly been asked: to make it costs more than some texts. */
  readonly writer: () => WriteJson | null;
}

export interface OperationParts {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  /** The supergraph, with what clients cannot see. */
  readonly supergraphSchema: GraphQLSchema;
  /** As the client wrote it. */
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Under the response keys of the plan. */
  readonly prepared: DocumentNode;
  readonly plan: QueryPlan;
  readonly ownKeyOf: (key: string) => string | null;
  readonly rulesOf?: FieldRules;
}

/** So many combinations of conditions are kept for one operation; there are few in use, and could be thousands. */
const mostPasses = 16;

export function compileOperation(parts: OperationParts): CompiledOperation {
  const { schema, document, operation, prepared, plan, ownKeyOf, rulesOf } = parts;
  const steps = toSteps(plan);
  const variables = conditionVariables(document);
  const fragments = fragmentsOf(document);
  const preparedFragments = fragmentsOf(prepared);
  const preparedOperation = operationIn(prepared, operation.name?.value);
  const passes = new Map<string, Pass>();
  const shapeFor = (decided: Variables) =>
    shapeOf({ schema, operation: preparedOperation, fragments: preparedFragments, decided, ownKeyOf });
  const step = 'step' in steps ? steps.step : null;
  // Where conditions decide, what is asked for is not always what goes out.
  const only = variables.length === 0 ? shapeFor({}) : null;
  const verbatim = only ? findVerbatim(step, only, rulesOf) : new Map<never, never>();
  return {
    plan,
    run: step && compileSteps(step, { schema: parts.supergraphSchema, verbatim }),
    unsupported: 'unsupported' in steps ? steps.unsupported : null,
    passFor(decided) {
      const name = variables.map((own) => (decided[own] === true ? '1' : '0')).join('');
      const known = passes.get(name);
      if (known) return known;
      const shape = only ?? shapeFor(decided);
      const pass: Pass = {
        shape: compileShaper(shape, rulesOf),
        introspect: compileIntrospection({ schema, fragments, decided }, operation),
        writer: laterWriter(() => answerJson(shape, rulesOf)),
      };
      const [eldest] = passes.keys();
      if (passes.size >= mostPasses && eldest !== undefined) passes.delete(eldest);
      passes.set(name, pass);
      return pass;
    },
  };
}

function fragmentsOf({ definitions }: DocumentNode): Readonly<Record<string, FragmentDefinitionNode>> {
  const fragments = definitions.filter((own) => own.kind === Kind.FRAGMENT_DEFINITION);
  return Object.fromEntries(fragments.map((own) => [own.name.value, own]));
}

function operationIn({ definitions }: DocumentNode, name: string | undefined): OperationDefinitionNode {
  const operations = definitions.filter((own) => own.kind === Kind.OPERATION_DEFINITION);
  return operations.find((own) => own.name?.value === name)!;
}
