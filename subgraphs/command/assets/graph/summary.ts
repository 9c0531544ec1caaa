import type { AssetSummary } from '../summary.ts';

/** A summary under the names of the graph. */
export function toAssetSummary({ byKind, ...summary }: AssetSummary) {
  return { ...summary, deposits: byKind.ACCOUNT, vehicles: byKind.VEHICLE, realEstate: byKind.REAL_ESTATE };
}
