/** Second stage: steps become functions that fetch. What they find is put together in one tree, under the planner's own keys. */

import type { GraphQLSchema } from 'graphql';

import { rowsAfter } from './ahead.ts';
import { compileFetch } from './fetch.ts';
import { newMoment, type Runner } from './running.ts';
import type { Step } from './steps.ts';

/** Never rejects: what goes wrong stands in the run's errors. `schema` is the supergraph's, with what clients cannot see. */
export function compileSteps(step: Step, schema: GraphQLSchema, next?: Step): Runner {
  switch (step.kind) {
    case 'fetch':
      return compileFetch(step, schema, rowsAfter(step, next));
    case 'sequence': {
      const all = step.steps.map((one, index) => compileSteps(one, schema, step.steps[index + 1]));
      return async (run, moment) => {
        // What was there at the beginning is that of the first alone.
        let own = moment;
        for (const one of all) {
          await one(run, own);
          own = newMoment();
        }
      };
    }
    case 'parallel': {
      const all = step.steps.map((one) => compileSteps(one, schema));
      // All begin before any answer can come.
      return async (run, moment) => {
        await Promise.all(all.map((one) => one(run, moment)));
      };
    }
    case 'choice': {
      const [then, otherwise] = [step.then, step.otherwise].map((one) => (one ? compileSteps(one, schema) : null));
      const { variable } = step;
      return async (run, moment) => {
        const chosen = run.complete[variable] === true ? then : otherwise;
        await chosen?.(run, moment);
      };
    }
  }
}
