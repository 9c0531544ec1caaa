/** The connection that a random question walks: `cases` or one person's `caseConnection`, under the alias `page`. */

import type { Answer } from '../../common/wire.ts';

export interface WalkedPage {
  readonly edges: readonly { readonly cuRow: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly cuEnd: string | null };
  readonly covered: {
    readonly complete: boolean;
    readonly courts: readonly { readonly court: { readonly code: string }; readonly status: string }[];
    readonly gaps: readonly unknown[];
  };
}

/** The walked page of an answer; null when the answer has none. */
export function walkedPage({ data }: Answer): WalkedPage | null {
  const person = Object.values(data ?? {}).find((one) => typeof one === 'object' && one !== null && 'page' in one);
  return ((data?.page ?? (person as { page?: unknown } | undefined)?.page) as WalkedPage | undefined) ?? null;
}

/** The cursor of an edge, counted around, or of the end; null on an empty page. */
export function cursorAt({ edges, pageInfo }: WalkedPage, step: number | null): string | null {
  if (step === null || edges.length === 0) return pageInfo.cuEnd;
  return edges[step % edges.length]!.cuRow;
}

/** Status by court code. */
export function statusesOf({ covered }: WalkedPage): Record<string, string> {
  return Object.fromEntries(covered.courts.map(({ court, status }) => [court.code, status]));
}
