/** A gateway that runs, and what it answers before anything is timed. */

import { once } from 'node:events';
import { isDeepStrictEqual } from 'node:util';

import type { Gateway } from './gateways.ts';
import type { Setting } from './setting.ts';

export interface Running {
  readonly gateway: Gateway;
  readonly url: string;
  /** What it is asked with beside the question. */
  readonly headers: Readonly<Record<string, string>>;
  readonly pid: number;
  stop(): Promise<void>;
}

/** Starts it; rejects when it ends before it tells where it answers. */
export async function startGateway(gateway: Gateway, setting: Setting, node: readonly string[]): Promise<Running> {
  const child = gateway.start(setting, node);
  const gone = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout!.on('data', (piece: Buffer) => {
      said += piece.toString();
      const address = /http:\/\/[\w.:]+\/graphql/.exec(said)?.[0];
      if (address) resolve(address);
    });
    gone.then(
      () => reject(new Error(`${gateway.name} ended before it answered; NONET_BENCH_VERBOSE=1 shows why.`)),
      reject,
    );
  });
  return {
    gateway,
    url,
    headers: setting.headers,
    pid: child.pid!,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const patience = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
      await gone;
      clearTimeout(patience);
    },
  };
}

/** Long enough to write a CPU profile. */
const stopWithinMs = 20_000;

/** The bytes of its answer when that is the right one; else what is wrong, in a line. */
export async function judge(
  { url, headers }: Pick<Running, 'url' | 'headers'>,
  query: string,
  truth: unknown,
): Promise<{ bytes: number } | { wrong: string }> {
  let text: string;
  let answer: { data?: unknown; errors?: readonly { message?: unknown }[] };
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
    text = await response.text();
    answer = JSON.parse(text) as typeof answer;
  } catch (error) {
    return { wrong: `no answer: ${error instanceof Error ? error.message.slice(0, 120) : 'unknown'}` };
  }
  if (answer.errors) return { wrong: `an error: ${String(answer.errors[0]?.message).slice(0, 120)}` };
  if (isDeepStrictEqual({ data: answer.data }, truth)) return { bytes: Buffer.byteLength(text) };
  return { wrong: `another answer: ${difference(answer.data, (truth as { data: unknown }).data, 'data')}` };
}

/** Where two values differ first. */
function difference(told: unknown, truth: unknown, path: string): string {
  if (typeof told === 'object' && typeof truth === 'object' && told !== null && truth !== null) {
    const [one, other] = [told, truth] as Record<string, unknown>[];
    for (const name of new Set([...Object.keys(other!), ...Object.keys(one!)])) {
      if (!isDeepStrictEqual(one![name], other![name])) return difference(one![name], other![name], `${path}.${name}`);
    }
  }
  return `${path} is ${shown(told)} instead of ${shown(truth)}`;
}

function shown(value: unknown): string {
  return (JSON.stringify(value) as string | undefined)?.slice(0, 60) ?? 'absent';
}
