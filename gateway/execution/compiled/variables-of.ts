/** The variables that a fetch uses, where the client gave them. */

import type { FetchNode } from '@apollo/query-planner';

import { bareVariables } from '../../horizontal/variables.ts';
import type { Run } from './running.ts';

export function variablesOf({ variableUsages = [] }: FetchNode, { variables }: Run): Record<string, unknown> {
  const own = bareVariables({});
  for (const name of variableUsages) if (variables[name] !== undefined) own[name] = variables[name];
  return own;
}
