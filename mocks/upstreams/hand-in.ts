import type { HandIn, UpstreamName } from './upstreams.ts';

/** Where one agency's program takes answers, and by which secret. */
export interface AnswersAddress {
  readonly url: string;
  readonly secret: string;
}

/** Hands answers in over HTTP. */
export function handInAt(addresses: Readonly<Partial<Record<UpstreamName, AnswersAddress>>>): HandIn {
  return async (upstream, answer) => {
    const address = addresses[upstream];
    if (address === undefined) throw new Error(`nobody said where the program of the ${upstream} takes answers`);
    const response = await fetch(address.url, {
      method: 'POST',
      redirect: 'error',
      headers: { authorization: `Bearer ${address.secret}`, 'content-type': 'application/json' },
      body: JSON.stringify(answer),
      signal: AbortSignal.timeout(10_000),
    });
    await response.body?.cancel();
    if (!response.ok) throw new Error(`the program of the ${upstream} answered ${response.status}`);
  };
}
