/** The registry file that a running hub follows: its courts, or everything for which it cannot be used. */

import { judgeCourtRegistry, type CourtRegistry } from '../../common/court-registry.ts';

/** A registry; or its faults, which name neither the file nor where it is. */
export type FollowedRegistry =
  | { readonly kind: 'sound'; readonly registry: CourtRegistry }
  | { readonly kind: 'refused'; readonly faults: string[] };

/** Reads what stands in the file, null where it cannot be read. With `needsAddresses` no court runs in this process. */
export function readFollowedRegistry(text: string | null, needsAddresses: boolean): FollowedRegistry {
  if (text === null) return refused('The file cannot be read; put the courts there, as in registry/courts.json.');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return refused('The file is not JSON; put the courts there, as in registry/courts.json.');
  }
  const judged = judgeCourtRegistry(json);
  if (!('courts' in judged)) return refused(...judged);
  const faults = needsAddresses ? faultsOfEmbedded(judged) : [];
  return faults.length > 0 ? refused(...faults) : { kind: 'sound', registry: judged };
}

/** What is wrong where no court runs in the hub's process. */
export function faultsOfEmbedded({ courts }: CourtRegistry): string[] {
  return courts
    .filter(({ endpoint }) => endpoint === 'embedded')
    .map(
      ({ code }) =>
        `the registry has no address for court ${code}; give it "endpoint": { "url": "http://host:port/graphql" }.`,
    );
}

function refused(...faults: string[]): FollowedRegistry {
  return { kind: 'refused', faults };
}
