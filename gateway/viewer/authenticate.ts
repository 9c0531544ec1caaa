/** Who asks, by the token that he shows: one answer for all that can be wrong with it, given before anything is read. */

import { errors, jwtVerify } from 'jose';

import { ValueError } from '../../common/value-error.ts';
import { parseViewer, type Viewer } from '../../common/viewer.ts';
import { Refusal } from '../http/refusals.ts';
import { createVerifiedTokens } from './verified.ts';
import { KeysUnavailable, type Keys, type TokenAlgorithm, type TokenHeader } from './keys.ts';

/**
 * Gives the viewer of a request by its `Authorization` headers. Rejects with the Refusal `UNAUTHENTICATED` for none, for
 * several and for whatever is wrong with a token, and with `KEYS_UNAVAILABLE` when no token can be judged.
 */
export type Authenticate = (authorization: readonly string[]) => Promise<Viewer>;

export interface AuthenticateOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: readonly TokenAlgorithm[];
  readonly keys: Keys;
  /** Milliseconds since 1970, of a clock that shows the real day: tokens know nothing of the city's. */
  readonly now?: () => number;
}

/** How far the issuer's clock may be off, in seconds. */
export const leewayS = 30;

/** The longest token that is looked at, in characters. */
export const longestToken = 8_192;

/** Why a request was refused, for those who run the hub; its sender is told the code alone. */
export type TokenFault =
  | 'NO_TOKEN'
  | 'MALFORMED'
  | 'ALGORITHM'
  | 'HEADER'
  | 'UNKNOWN_KEY'
  | 'SIGNATURE'
  | 'EXPIRED'
  | 'NOT_YET'
  | 'CLAIMS'
  | 'ISSUER'
  | 'AUDIENCE';

/** Authenticates by tokens of one issuer, made for one audience. */
export function createAuthenticate(options: AuthenticateOptions): Authenticate {
  const { issuer, audience, algorithms, keys, now = Date.now } = options;
  const verified = createVerifiedTokens();
  return async (authorization) => {
    const token = tokenOf(authorization);
    try {
      const edition = await keys.edition();
      const nowS = Math.floor(now() / 1000);
      const known = verified.recall(token, edition, nowS);
      if (known !== null) return known;
      const { payload } = await jwtVerify(
        token,
        (header, unverified) => {
          checkHeader(header);
          return keys.keyOf(header, unverified);
        },
        {
          issuer,
          audience,
          algorithms: [...algorithms],
          requiredClaims: ['sub', 'exp'],
          clockTolerance: leewayS,
          currentDate: new Date(nowS * 1000),
        },
      );
      const viewer = parseViewer(payload);
      const { exp = 0 } = payload;
      verified.keep(token, edition, { viewer, endsAtS: exp + leewayS });
      return viewer;
    } catch (error) {
      throw toRefusal(error);
    }
  };
}

/** https://www.rfc-editor.org/rfc/rfc6750#section-2.1 */
function tokenOf(authorization: readonly string[]): string {
  const [header = '', ...others] = authorization;
  if (header === '') throw unauthenticated('NO_TOKEN');
  const token = /^bearer +([\w.~+/-]+=*)$/i.exec(header)?.[1];
  if (token === undefined || others.length > 0 || token.length > longestToken) throw unauthenticated('MALFORMED');
  return token;
}

/** A token made for something else than to be shown here (RFC 8725 §3.11), or one that brings its own key. */
function checkHeader({ typ, kid, ...header }: TokenHeader): void {
  const isForThis = typ === undefined || /^(?:application\/)?(?:at\+)?jwt$/i.test(typ);
  const bringsKey = ['jku', 'jwk', 'x5u', 'x5c'].some((name) => name in header);
  if (!isForThis || bringsKey || typeof kid !== 'string' || kid === '') throw unauthenticated('HEADER');
}

function toRefusal(error: unknown): unknown {
  if (error instanceof KeysUnavailable) {
    const message = 'The hub cannot have the keys of the issuer, and so nobody can be known. Ask again in a moment.';
    return new Refusal('KEYS_UNAVAILABLE', message, { 'retry-after': '10' });
  }
  if (error instanceof ValueError) return unauthenticated('CLAIMS');
  // Anything else is a fault of our own, and lets nobody in either.
  return error instanceof errors.JOSEError ? unauthenticated(faultOf(error)) : error;
}

function faultOf(error: errors.JOSEError): TokenFault {
  if (error instanceof errors.JWTExpired) return 'EXPIRED';
  if (error instanceof errors.JWTClaimValidationFailed) return claimFaults[error.claim] ?? 'CLAIMS';
  if (error instanceof errors.JWSSignatureVerificationFailed) return 'SIGNATURE';
  if (error instanceof errors.JOSEAlgNotAllowed) return 'ALGORITHM';
  if (error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys) {
    return 'UNKNOWN_KEY';
  }
  return 'MALFORMED';
}

const claimFaults: Readonly<Partial<Record<string, TokenFault>>> = { iss: 'ISSUER', aud: 'AUDIENCE', nbf: 'NOT_YET' };

/** The code is the same for all; that a token is over is told only of one that was truly signed. */
function unauthenticated(reason: TokenFault): Refusal {
  const problem =
    reason === 'NO_TOKEN'
      ? 'Nobody is answered who does not show a token.'
      : reason === 'EXPIRED'
        ? 'The token has expired.'
        : 'The token is not accepted.';
  return new Refusal(
    'UNAUTHENTICATED',
    `${problem} Send "Authorization: Bearer" with one that the hub's issuer has made for it and that is still valid.`,
    // https://www.rfc-editor.org/rfc/rfc6750#section-3.1: no error where nothing was shown.
    { 'www-authenticate': reason === 'NO_TOKEN' ? 'Bearer' : 'Bearer error="invalid_token"' },
    reason,
  );
}
