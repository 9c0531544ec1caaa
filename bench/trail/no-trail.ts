/**
 * Stands in the place of gateway/trail/request-trail.ts in a hub that is to have no trail: it notes nothing, makes no line, and nobody waits.
 * The product has no such switch.
 */

import type * as Real from '../../gateway/trail/request-trail.ts';

export const { openRequestTrail, noteQuestion, noteSearch, noteChange, recordQuestions } = {
  openRequestTrail: (trail) => ({
    trail,
    purpose: null,
    who: null,
    isExecuted: false,
    records: [],
    questions: new Map(),
    described: new Map(),
  }),
  noteQuestion: () => undefined,
  noteSearch: () => undefined,
  noteChange: () => undefined,
  recordQuestions: () => true,
} satisfies typeof Real;
