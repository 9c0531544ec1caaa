/** What a scenario's gateways are started with: files in a directory of its own. */

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { exportJWK, generateKeyPair, SignJWT } from 'jose';

import { defaultRegistryFile } from '../../common/court-registry.ts';
import { toClaims } from '../../common/viewer.ts';
import type { Addresses, UpstreamsTold } from './upstreams/main.ts';
import { benchViewer } from './viewer.ts';
import { toFirstFederation } from './world/first-federation.ts';
import { composePlain, type PlainSubgraph } from './world/supergraph.ts';

export interface Setting {
  readonly addresses: Addresses;
  /** The registry of these courts, for Nonet. */
  readonly registryFile: string;
  /** The supergraph of these courts side by side, for the others. */
  readonly supergraphFile: string;
  /** The same as a list of subgraphs in the words of the first federation. */
  readonly servicesFile: string;
  /** `{ courts, addresses }`, for what is written by hand. */
  readonly settingFile: string;
  /** The settings of an issuer, for Nonet, and what everybody is asked with: a token of it. */
  readonly issuerArgs: readonly string[];
  readonly headers: Readonly<Record<string, string>>;
  remove(): void;
}

/** Writes the files. */
export async function writeSetting(courts: readonly string[], { addresses, plain }: UpstreamsTold): Promise<Setting> {
  const directory = mkdtempSync(join(tmpdir(), 'nonet-bench-'));
  const write = (name: string, text: string): string => {
    const file = join(directory, name);
    writeFileSync(file, text);
    return file;
  };
  const registry = JSON.parse(readFileSync(defaultRegistryFile, 'utf8')) as { courts: { code: string }[] };
  const entries = registry.courts
    .filter(({ code }) => courts.includes(code))
    .map((entry) => ({ ...entry, endpoint: { url: addresses[entry.code] } }));
  const { jwks, token } = await makeIssuer();
  return {
    addresses,
    issuerArgs: ['--issuer', issuer, '--audience', issuer, '--jwks', write('jwks.json', jwks)],
    headers: { authorization: `Bearer ${token}` },
    registryFile: write('courts.json', JSON.stringify({ courts: entries })),
    supergraphFile: write('supergraph.graphql', composePlain(plain)),
    servicesFile: write('services.json', JSON.stringify(toServices(courts.length, plain))),
    settingFile: write('setting.json', JSON.stringify({ courts, addresses })),
    remove: () => rmSync(directory, { recursive: true }),
  };
}

/** Courts stand first, and have the entities that agencies add to. */
function toServices(courts: number, plain: readonly PlainSubgraph[]): object[] {
  return plain.map(({ name, url, sdl }, index) => ({ name, url, schema: toFirstFederation(sdl, index < courts) }));
}

const issuer = 'https://issuer.bench.example';

/** By RS256, as most issuers sign; the token holds longer than any run takes. */
async function makeIssuer(): Promise<{ readonly jwks: string; readonly token: string }> {
  const [alg, kid] = ['RS256', 'bench'];
  const { publicKey, privateKey } = await generateKeyPair(alg);
  const token = await new SignJWT({ ...toClaims(benchViewer) })
    .setProtectedHeader({ alg, kid })
    .setIssuer(issuer)
    .setAudience(issuer)
    .setExpirationTime('1d')
    .sign(privateKey);
  return { jwks: JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }] }), token };
}
