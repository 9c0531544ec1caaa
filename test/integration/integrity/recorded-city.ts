/** A small city in which one party at a time lies. True answers are recorded once, so that only the hub works for each lie. */

import type { Answer, Ask, Question } from '../../../common/wire.ts';
import { startTestCity, type TestCity } from '../../support/test-city.ts';

/** Whose answers are changed: a court's code, an agency's name, or `command`. */
export interface Lie {
  readonly who: string;
  readonly concerns: (question: Question) => boolean;
  /** Changes the answer in place or gives another; `SILENCE`: there is none. */
  readonly change: (answer: Answer) => Answer | typeof SILENCE | undefined;
}

/** No answer at all. */
export const SILENCE = 'SILENCE';

export interface RecordedCity {
  readonly city: TestCity;
  /** Asks while somebody lies; null: nobody does. */
  ask(query: string, variables: Record<string, unknown>, lie: Lie | null): Promise<Answer>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts the city; agencies' answers are recorded only when they are more than "later". */
export async function startRecordedCity(wholeRows: boolean): Promise<RecordedCity> {
  let current: Lie | null = null;
  const between = (who: string, ask: Ask): Ask => {
    const known = new Map<string, string>();
    return async (question, ...how) => {
      const name = JSON.stringify(question);
      const text = known.get(name) ?? JSON.stringify(await ask(question, ...how));
      if (!text.includes('"PENDING"')) known.set(name, text);
      const answer = JSON.parse(text) as Answer;
      if (current?.who !== who || !current.concerns(question)) return answer;
      const changed = current.change(answer);
      if (changed === SILENCE) throw new Error('connect ECONNREFUSED');
      return changed ?? answer;
    };
  };
  const city = await startTestCity({
    casesPerCourt: 7,
    seed: 'integrity',
    breaker: null,
    pages: { wholeRows },
    deadlines: { requestMs: 25_000, courtMs: 20_000, agencyMs: 20_000 },
    between,
    betweenAgency: between,
    betweenCommand: (ask) => {
      const recorded = between('command', ask);
      return (question, ...how) => (/^\s*mutation/.test(question.query) ? ask : recorded)(question, ...how);
    },
  });
  return {
    city,
    async ask(query, variables, lie) {
      current = lie;
      try {
        return await city.ask(query, variables);
      } finally {
        current = null;
      }
    },
    [Symbol.asyncDispose]: () => city[Symbol.asyncDispose](),
  };
}
