/** The local issuer of a hub that is a part of `nonet start --processes`: nobody else can switch it on. */

import type { KeyObject } from 'node:crypto';

import type { Settings } from '../../settings.ts';
import { readIssuerKey } from '../issuer-key.ts';
import type { IssuerSettings } from '../issuer-settings.ts';
import { isSupervised } from '../lifetime.ts';

/** The variable by which the supervisor hands its hub the file of the key. */
export const localIssuerVariable = 'NONET_LOCAL_ISSUER_KEY_FILE';

/**
 * The key that the supervisor handed over, to be read after `settings.check()`. Without one there has to be an issuer; a
 * hub that nobody of ours supervises has no key of its own, whatever its environment says.
 */
export function readLocalKey(
  settings: Settings,
  issuer: IssuerSettings | null,
  env: NodeJS.ProcessEnv,
): () => KeyObject {
  const file = env[localIssuerVariable] ?? '';
  if (issuer !== null && file === '') return noKey;
  if (file !== '' && !isSupervised()) {
    settings.fault(
      `${localIssuerVariable} is set, which nonet start --processes alone may do; leave it out and name an issuer.`,
    );
    return noKey;
  }
  if (issuer !== null) {
    settings.fault(`${localIssuerVariable} stands beside an issuer; leave out one of the two.`);
    return noKey;
  }
  if (file === '') {
    settings.fault(
      'nobody says who asks: name the issuer of tokens with --issuer, --audience and --jwks (NONET_ISSUER, NONET_AUDIENCE, NONET_JWKS). Only nonet start and nonet start --processes make tokens themselves, for one machine.',
    );
    return noKey;
  }
  const key = settings.read(() => readIssuerKey(file));
  return () => key ?? noKey();
}

function noKey(): never {
  throw new Error('A hub without a local issuer has no key of one.');
}
