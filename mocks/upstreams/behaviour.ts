import { HttpResponse, type JsonBodyType } from 'msw';

/**
 * What an upstream does wrong. `slow`: three days late. `down`: nobody picks up. `nonsense`: an answer that is no JSON.
 * `garbled`: columns of the wrong type. `returned`: the request comes back (回退). `throttled`: every first of two calls
 * gets 429 with Retry-After 1. `flaky`: every first of two calls gets 503.
 */
export type Fault = 'slow' | 'down' | 'nonsense' | 'garbled' | 'returned' | 'throttled' | 'flaky';

/** How an upstream behaves: as agreed, unless said otherwise. */
export interface Behaviour {
  /** Real milliseconds that every HTTP answer waits. */
  readonly delayMs?: number;
  readonly fault?: Fault;
  /** Names of the debtors whom `slow`, `garbled` and `returned` strike; everybody by default. */
  readonly only?: readonly string[];
}

/** How many days a slow agency is late. */
export const slowDays = 3;

/** The behaviour of one upstream, which may be changed while it runs. */
export interface Conduct {
  set(behaviour: Behaviour): void;
  /** Whether a fault strikes the debtor of this name. */
  strikes(fault: Fault, name: string | null): boolean;
  /** Answers a call, unless a fault of the whole line comes first. */
  serve(answer: () => Promise<HttpResponse<JsonBodyType>>): Promise<Response>;
}

/** Starts with the given behaviour. */
export function createConduct(initial: Behaviour = {}): Conduct {
  let behaviour = initial;
  let calls = 0;
  return {
    set: (next) => {
      behaviour = next;
      calls = 0;
    },
    strikes: (fault, name) =>
      behaviour.fault === fault && (behaviour.only === undefined || (name !== null && behaviour.only.includes(name))),
    serve: async (answer) => {
      const first = calls++ % 2 === 0;
      if (behaviour.delayMs !== undefined) await pause(behaviour.delayMs);
      if (behaviour.fault === 'down') return HttpResponse.error();
      if (behaviour.fault === 'nonsense') return HttpResponse.text('<html>系统维护中</html>');
      if (behaviour.fault === 'flaky' && first) return HttpResponse.json({ RESULT: '9999' }, { status: 503 });
      if (behaviour.fault === 'throttled' && first)
        return HttpResponse.json({ RESULT: '9429' }, { status: 429, headers: { 'retry-after': '1' } });
      return answer();
    },
  };
}

/** Waits real milliseconds without keeping the process alive. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
