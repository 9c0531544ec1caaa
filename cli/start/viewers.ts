/** How a hub knows who asks: by tokens of the issuer that it was told, or of one of its own that it keeps to this machine. */

import type { KeyObject } from 'node:crypto';

import type { Log } from '../../common/log.ts';
import { createAuthenticate, type Authenticate } from '../../gateway/viewer/authenticate.ts';
import { readKeySet } from '../../gateway/viewer/jwks.ts';
import { createKeySet, keyTimes } from '../../gateway/viewer/key-set.ts';
import { readAtAddress, readInFile } from '../../gateway/viewer/key-source.ts';
import { createLocalIssuer, type LocalIssuer } from '../../gateway/viewer/local-issuer.ts';
import { SettingsFault } from '../command.ts';
import { addressOfJwks, type IssuerSettings } from './issuer-settings.ts';
import type { Stack } from './stack.ts';

export interface Viewers {
  readonly authenticate: Authenticate;
  /** Makes tokens for whoever sits at this machine; null where they come from elsewhere. */
  readonly issuer: LocalIssuer | null;
}

/** Viewers of a hub that makes its tokens itself. */
export function toLocalViewers(key: KeyObject): Viewers & { readonly issuer: LocalIssuer } {
  const issuer = createLocalIssuer(key);
  return { authenticate: issuer.authenticate, issuer };
}

/**
 * Viewers by tokens of an issuer, whose keys are followed for as long as the stack stands. Rejects with SettingsFault when
 * what it shows now cannot be keys to trust; one that cannot be asked now is asked again when somebody comes.
 */
export async function openViewers(stack: Stack, settings: IssuerSettings, log: Log): Promise<Viewers> {
  const { issuer, audience, algorithms, jwks } = settings;
  const url = addressOfJwks(jwks);
  const read = (signal: AbortSignal) => (url === null ? readInFile(jwks, signal) : readAtAddress(url, signal));
  await checkKeys(read, url === null, log);
  const keys = createKeySet({ read, log });
  stack.keep({
    stop() {
      keys.stop();
      return Promise.resolve();
    },
  });
  return { authenticate: createAuthenticate({ issuer, audience, algorithms, keys }), issuer: null };
}

async function checkKeys(read: (signal: AbortSignal) => Promise<unknown>, isFile: boolean, log: Log): Promise<void> {
  const shown = await read(AbortSignal.timeout(keyTimes.readWithinMs)).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    // A file is ours to put right; an issuer may be starting.
    if (isFile) throw new SettingsFault([`--jwks (NONET_JWKS): ${reason}`]);
    log.warn("the issuer's keys cannot be read yet; nobody is known before they can", { reason });
    return null;
  });
  if (shown === null) return;
  const faults = faultsOf(shown);
  if (faults.length > 0) throw new SettingsFault(faults.map((fault) => `--jwks (NONET_JWKS): ${fault}`));
}

function faultsOf(shown: unknown): readonly string[] {
  try {
    const { jwks, unfit } = readKeySet(shown);
    if (unfit.length > 0) return unfit;
    return jwks.keys.length > 0
      ? []
      : ['there is no key that could verify a token: each needs a "kid", and RSA, EC or Ed25519.'];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
