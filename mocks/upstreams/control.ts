import type { z } from 'zod';
import { behaviourSchema } from './behaviour.ts';
import { faults } from './faults/fault.ts';
import { upstreamBaseUrls, type UpstreamName, type Upstreams } from './upstreams.ts';

/** What steers the upstreams answers: a status and JSON. */
export interface Steered {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Answers `GET /behaviour`, `GET`, `PUT` and `DELETE /behaviour/{upstream}` and `GET /calls`; null for other paths. What
 * is wrong with a behaviour is told, one sentence each.
 */
export function steer(
  upstreams: Pick<Upstreams, 'behave' | 'behaviourOf' | 'calls' | 'mayCallBack'>,
  method: string,
  path: string,
  body: string,
): Steered | null {
  if (path === '/calls') return method === 'GET' ? { status: 200, body: upstreams.calls() } : notAllowed('GET');
  const [, name] = /^\/behaviour(?:\/([^/]*))?$/.exec(path) ?? [];
  if (path !== '/behaviour' && name === undefined) return null;
  if (name === undefined) return method === 'GET' ? { status: 200, body: all(upstreams) } : notAllowed('GET');
  if (!isUpstream(name)) return fault(404, [`There is no upstream "${name}"; there are ${names.join(', ')}.`]);
  switch (method) {
    case 'GET':
      return { status: 200, body: upstreams.behaviourOf(name) };
    case 'DELETE':
      upstreams.behave(name, {});
      return { status: 200, body: {} };
    case 'PUT': {
      const behaviour = behaviourSchema.safeParse(readJson(body));
      if (!behaviour.success) return fault(400, behaviour.error.issues.map(explain));
      if (behaviour.data.fault === 'partial' && name !== 'bank')
        return fault(400, ['fault: "partial" is about banks; only the bank can have it.']);
      if (behaviour.data.callBack === true && !upstreams.mayCallBack(name))
        return fault(400, [`callBack: the ${name} has nowhere to hand answers in; ${whereTo(name)}.`]);
      upstreams.behave(name, behaviour.data);
      return { status: 200, body: behaviour.data };
    }
    default:
      return notAllowed('GET, PUT, DELETE');
  }
}

function whereTo(name: UpstreamName): string {
  if (name === 'vehicle') return 'it answers at once, and only the bank and the property registry call back';
  const variable = `${name.toUpperCase()}_ANSWERS_SECRET`;
  return `start the mocks and the agency's program with the same ${variable}`;
}

const names = Object.keys(upstreamBaseUrls);

function isUpstream(name: string): name is UpstreamName {
  return Object.hasOwn(upstreamBaseUrls, name);
}

function all(upstreams: Pick<Upstreams, 'behaviourOf'>): object {
  const behaviours = names.filter(isUpstream).map((name) => [name, upstreams.behaviourOf(name)]);
  return { ...(Object.fromEntries(behaviours) as object), faults };
}

function readJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}

function explain({ path, message }: z.core.$ZodIssue): string {
  const place = path.join('.');
  return place === ''
    ? `${message}; expected an object such as {"fault":"slow","only":["王强"]}.`
    : `${place}: ${message}.`;
}

function notAllowed(methods: string): Steered {
  return fault(405, [`Only ${methods} is answered here.`]);
}

function fault(status: number, faultsFound: readonly string[]): Steered {
  return { status, body: { faults: faultsFound } };
}
