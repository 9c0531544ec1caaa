import { HttpResponse, type JsonBodyType } from 'msw';
import type { Behaviour, Endpoint } from './behaviour.ts';
import { distort, type Element } from './faults/distort.ts';
import type { Dialect } from './faults/dialect.ts';
import type { Fault } from './faults/fault.ts';
import { createQuota, type Meter } from './quota.ts';

/** The behaviour of one upstream, which may be changed while it runs. */
export interface Conduct {
  readonly behaviour: Behaviour;
  set(behaviour: Behaviour): void;
  /** Whether a fault strikes the debtor of this name. */
  strikes(fault: Fault, name: string | null): boolean;
  /** The answer about one debtor as it leaves: once as it is, or what the fault makes of it; in another dialect where it has other columns. */
  utter(element: Element, name: string | null, other?: Dialect): readonly Element[];
  /** Answers a call, unless a fault of the whole line comes first. */
  serve(endpoint: Endpoint, answer: () => Promise<HttpResponse<JsonBodyType>>): Promise<Response>;
}

/** Starts with the given behaviour; the dialect says what the upstream calls its columns when it strays. */
export function createConduct(dialect: Dialect, initial: Behaviour = {}): Conduct {
  let behaviour = initial;
  let calls = 0;
  let meter: Meter | null = createQuota(initial.quota);
  const strikes = (fault: Fault, name: string | null) =>
    behaviour.fault === fault && (behaviour.only === undefined || (name !== null && behaviour.only.includes(name)));
  return {
    get behaviour() {
      return behaviour;
    },
    set: (next) => {
      behaviour = next;
      calls = 0;
      meter = createQuota(next.quota);
    },
    strikes,
    utter: (element, name, other = dialect) =>
      behaviour.fault !== undefined && strikes(behaviour.fault, name)
        ? distort(behaviour.fault, element, other)
        : [element],
    serve: async (endpoint, answer) => {
      const { delayMs, on, fault } = behaviour;
      const refused = meter?.take() ?? null;
      if (refused !== null) return tooMany(refused);
      if (on !== undefined && on !== endpoint) return answer();
      const first = calls++ % 2 === 0;
      if (delayMs !== undefined) await pause(delayMs);
      switch (fault) {
        case 'down':
          return HttpResponse.error();
        case 'nonsense':
          return HttpResponse.text('<html>系统维护中</html>');
        case 'truncated':
          return brokenOff(await answer());
        case 'flaky':
          return first ? HttpResponse.json({ RESULT: '9999' }, { status: 503 }) : answer();
        case 'throttled':
          return first ? tooMany(1) : answer();
        default:
          return answer();
      }
    },
  };
}

/** Waits real milliseconds without keeping the process alive. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}

function tooMany(seconds: number): Response {
  return HttpResponse.json({ RESULT: '9429' }, { status: 429, headers: { 'retry-after': String(seconds) } });
}

async function brokenOff(whole: Response): Promise<Response> {
  const text = await whole.text();
  return new HttpResponse(text.slice(0, Math.floor(text.length / 2)), {
    status: whole.status,
    headers: { 'content-type': 'application/json' },
  });
}
