/** The settings that say whose tokens a hub believes. */

import { isLoopback } from '../../gateway/http/loopback.ts';
import { tokenAlgorithms, type TokenAlgorithm } from '../../gateway/viewer/keys.ts';
import { localIssuerName } from '../../gateway/viewer/local-issuer.ts';
import type { Settings } from '../settings.ts';

export interface IssuerSettings {
  readonly issuer: string;
  readonly audience: string;
  /** The address of its keys, or the path of a file that holds them. */
  readonly jwks: string;
  readonly algorithms: readonly TokenAlgorithm[];
}

export const issuerOptions = { issuer: 'string', audience: 'string', jwks: 'string', algorithms: 'string' } as const;

const places = {
  issuer: { option: 'issuer', variable: 'NONET_ISSUER' },
  audience: { option: 'audience', variable: 'NONET_AUDIENCE' },
  jwks: { option: 'jwks', variable: 'NONET_JWKS' },
} as const;

/** For the help of a start, in its own column. */
export function issuerHelp(width: number): string[] {
  const lines = [
    ['--issuer NAME', 'whose tokens are believed: their "iss" (NONET_ISSUER)'],
    ['--audience NAME', 'for whom they have to be made: their "aud" (NONET_AUDIENCE)'],
    ['--jwks URL|FILE', "the issuer's public keys (NONET_JWKS; https, or http on loopback, or a file)"],
    [
      '--algorithms LIST',
      'the signatures that are believed, with commas (NONET_ALGORITHMS, default all of a private key)',
    ],
  ] as const;
  return lines.map(([option, text]) => `${`  ${option}`.padEnd(width)}${text}`);
}

/** Reads them; null where none is given. One without the others is a fault, and so is the name of a local issuer. */
export function readIssuer(settings: Settings): IssuerSettings | null {
  const given = {
    issuer: settings.text(places.issuer),
    audience: settings.text(places.audience),
    jwks: settings.text(places.jwks),
  };
  const { issuer, audience, jwks } = given;
  const algorithms = readAlgorithms(settings);
  if (issuer === undefined || audience === undefined || jwks === undefined) {
    const missing = (['issuer', 'audience', 'jwks'] as const).filter((name) => given[name] === undefined);
    if (missing.length < 3) {
      for (const name of missing) {
        settings.fault(`--${name} (${places[name].variable}) is missing; an issuer is known by all three.`);
      }
    }
    return null;
  }
  for (const [name, value] of [['issuer', issuer] as const, ['audience', audience] as const]) {
    if (value === localIssuerName) {
      settings.fault(
        `--${name} is "${value}", the name of issuers that embedded hubs make for themselves; give your own.`,
      );
    }
  }
  const fault = faultOfJwks(jwks);
  if (fault !== null) settings.fault(`--jwks (NONET_JWKS) ${fault}`);
  return { issuer, audience, jwks, algorithms };
}

/** The address in the setting; null where it is a file. */
export function addressOfJwks(jwks: string): URL | null {
  return /^[a-z][a-z\d+.-]*:\/\//i.test(jwks) && URL.canParse(jwks) ? new URL(jwks) : null;
}

/** The text is not repeated: what is wrong with it may be that a password stands in it. */
function faultOfJwks(jwks: string): string | null {
  const url = addressOfJwks(jwks);
  if (url === null) return null;
  const isSafe =
    url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname.replace(/^\[|\]$/g, '')));
  if (!isSafe) return 'has to be https, or http on loopback: keys that somebody can change on their way are no keys.';
  if (url.username !== '' || url.password !== '') return 'has to be an address without user and password.';
  return null;
}

function readAlgorithms(settings: Settings): readonly TokenAlgorithm[] {
  const text = settings.text({ option: 'algorithms', variable: 'NONET_ALGORITHMS' });
  if (text === undefined) return tokenAlgorithms;
  const names = text.split(',').map((name) => name.trim());
  const known = tokenAlgorithms.filter((name) => names.includes(name));
  if (names.length === 0 || known.length < new Set(names).size) {
    settings.fault(
      `--algorithms (NONET_ALGORITHMS) is "${text}"; it has to be some of ${tokenAlgorithms.join(', ')}: a shared secret (HS256) is none.`,
    );
  }
  return known;
}
