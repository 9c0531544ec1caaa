/** Second stage: steps become functions that fetch. What they find is put together in one tree, under the planner's own keys. */

import type { GraphQLSchema } from 'graphql';

import type { VerbatimFields } from '../../verbatim.ts';
import { rowsAfter } from './ahead.ts';
import { compileFetch } from './fetch.ts';
import { newMoment, type Runner } from './running.ts';
import type { FetchStep, Step } from './steps.ts';

/** What all steps are compiled with. */
export interface Compiling {
  /** The supergraph's, with what clients cannot see. */
  readonly schema: GraphQLSchema;
  /** What may stay as it comes, by the fetch that brings it. */
  readonly verbatim: ReadonlyMap<FetchStep, VerbatimFields>;
}

/** Never rejects: what goes wrong stands in the run's errors. */
export function compileSteps(step: Step, compiling: Compiling, next?: Step): Runner {
  switch (step.kind) {
    case 'fetch':
      return compileFetch(step, compiling.schema, {
        rows: rowsAfter(step, next),
        verbatim: compiling.verbatim.get(step),
      });
    case 'sequence': {
      const all = step.steps.map((one, index) => compileSteps(one, compiling, step.steps[index + 1]));
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
      const all = step.steps.map((one) => compileSteps(one, compiling));
      // All begin before any answer can come.
      return async (run, moment) => {
        await Promise.all(all.map((one) => one(run, moment)));
      };
    }
    case 'choice': {
      const [then, otherwise] = [step.then, step.otherwise].map((one) => (one ? compileSteps(one, compiling) : null));
      const { variable } = step;
      return async (run, moment) => {
        const chosen = run.complete[variable] === true ? then : otherwise;
        await chosen?.(run, moment);
      };
    }
  }
}
