/** Where people of this machine say who they are, and get a token for it: never there but with a local issuer. */

import { ValueError } from '../../common/value-error.ts';
import { isRole, parseViewer, roleNames, roles, type Role, type Viewer } from '../../common/viewer.ts';
import { longestLocalTtlS, type LocalIssuer } from './local-issuer.ts';

/** What one may choose to be, for whoever shows the choice. */
export interface Offer {
  readonly roles: readonly {
    readonly name: Role;
    readonly title: string;
    readonly court: 'always' | 'maybe' | 'never';
  }[];
  readonly courts: readonly { readonly code: string; readonly name: string }[];
  /** Who one is without a choice. */
  readonly otherwise: { readonly role: Role; readonly court: string | null };
}

export interface TokenDesk {
  readonly offer: Offer;
  /** A token for whom the wish describes. Throws ValueError for a wish that cannot be met. */
  issue(wish: Readonly<Record<string, unknown>>): Promise<IssuedToken>;
}

export interface IssuedToken {
  readonly token: string;
  /** For how long it holds. */
  readonly expiresInSeconds: number;
  readonly viewer: Viewer;
}

/** Courts as a registry has them. */
export interface KnownCourt {
  readonly code: string;
  readonly name: string;
  readonly level: string;
}

const usualTtlS = 3_600;

/** Opens the desk of an issuer over the courts that there are; those of the start are offered. */
export function createTokenDesk(issuer: LocalIssuer, courtsNow: () => readonly KnownCourt[]): TokenDesk {
  const atStart = courtsNow();
  // The higher court's command centre directs the city's joint actions.
  const first = atStart.find(({ level }) => level === 'INTERMEDIATE') ?? atStart[0];
  const otherwise: Offer['otherwise'] =
    first === undefined ? { role: 'public', court: null } : { role: 'command-centre', court: first.code };
  return {
    offer: {
      roles: roleNames.map((name) => {
        const { chinese, english, court } = roles[name];
        return { name, title: `${chinese} ${english}`, court };
      }),
      courts: atStart.map(({ code, name }) => ({ code, name })),
      otherwise,
    },
    async issue(wish) {
      const { ttl = usualTtlS, ...claims } = Object.keys(wish).some((claim) => claim !== 'ttl')
        ? wish
        : { ...otherwise, ...wish };
      const viewer = toLocalViewer(claims);
      const known = courtsNow().map(({ code }) => code);
      if (viewer.court !== null && !known.includes(viewer.court)) {
        throw new ValueError('"court" is no court of this city', `one of ${known.join(', ')}`);
      }
      const expiresInSeconds = parseTtl(ttl);
      return { token: await issuer.issue(viewer, expiresInSeconds), expiresInSeconds, viewer };
    },
  };
}

/**
 * A viewer from claims as people write them: `enforcement` is whoever may do everything in a case, a judge; who says no
 * name and no credentials has those of the first officer of his court. Throws ValueError as `parseViewer` does.
 */
export function toLocalViewer(claims: Readonly<Record<string, unknown>>): Viewer {
  const role = claims['role'] === 'enforcement' ? 'judge' : claims['role'];
  const court = typeof claims['court'] === 'string' ? claims['court'] : null;
  const isOfficer = typeof role === 'string' && isRole(role) && roles[role].court !== 'never';
  const given = Object.fromEntries(Object.entries(claims).filter(([, value]) => value != null));
  return parseViewer({
    sub: ['local', role, ...(court === null ? [] : [court])].join('-'),
    // Shaped as those of the generated city's officers.
    ...(isOfficer && court !== null && { work_id: `${court}-G001`, duty_certificate: `${court}-执001` }),
    ...given,
    role,
  });
}

/** Reads for how many seconds a token is to hold. */
export function parseTtl(ttl: unknown): number {
  if (typeof ttl === 'number' && Number.isInteger(ttl) && ttl >= 1 && ttl <= longestLocalTtlS) return ttl;
  throw new ValueError('"ttl" is no time that a token may hold', `whole seconds from 1 to ${longestLocalTtlS}`);
}
