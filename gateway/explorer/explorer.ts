import type { IncomingHttpHeaders } from 'node:http';
import type { Offer } from '../viewer/token-desk.ts';
import { assetPaths, buildAssets } from './assets.ts';
import type { Asset } from './assets.ts';
import { readExamples } from './examples.ts';
import type { ExampleVariables } from './examples.ts';
import { toPage } from './page.ts';

export interface ExplorerOptions {
  readonly title?: string;
  readonly variables?: ExampleVariables;
  /** Whom one may choose to be; null where tokens come from elsewhere and are typed as a header. */
  readonly offer?: Offer | null;
  /** Where the examples' files are; `schema/operations/` unless told. */
  readonly directory?: URL;
}

/** What a browser is answered: 200 with the bytes, plain and compressed, or 304 with none. */
export interface Page {
  readonly status: 200 | 304;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly gzipped?: Buffer;
}

export interface Explorer {
  readonly paths: readonly string[];
  /** Answers one of `paths`. The first answer waits until everything is compressed, once for all that follow. */
  answer(path: string, headers: IncomingHttpHeaders): Promise<Page>;
}

/**
 * GraphiQL with ready examples, served whole from this hub. Reads the examples at once, so that a missing file stops
 * the start rather than the first visitor; throws what `readExamples` throws.
 */
export function openExplorer(options: ExplorerOptions): Explorer {
  const directory = options.directory ?? new URL('../../schema/operations/', import.meta.url);
  const examples = readExamples(directory, options.variables);
  const page = toPage({ title: options.title ?? 'Nonet', examples, offer: options.offer ?? null });
  let assets: Promise<ReadonlyMap<string, Asset>> | null = null;
  return {
    paths: ['/', ...assetPaths],
    async answer(path, headers) {
      const asset = (await (assets ??= buildAssets(page))).get(path);
      if (asset === undefined) throw new Error(`The explorer has no ${path}.`);
      return toAnswer(asset, headers['if-none-match']);
    },
  };
}

function toAnswer(asset: Asset, known: string | undefined): Page {
  const headers = {
    'content-type': asset.contentType,
    'content-security-policy': asset.policy,
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-cache',
    etag: asset.etag,
  };
  const isKnown = known?.split(',').some((tag) => tag.trim() === asset.etag || tag.trim() === '*') ?? false;
  if (isKnown) return { status: 304, headers, body: Buffer.alloc(0) };
  return { status: 200, headers, body: asset.body, gzipped: asset.gzipped };
}
