import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { pagePolicy } from './page.ts';

/** One file of the explorer, ready to be sent many times: its bytes, the same compressed, and a tag of its content. */
export interface Asset {
  readonly contentType: string;
  readonly policy: string;
  readonly etag: string;
  readonly body: Buffer;
  readonly gzipped: Buffer;
}

const compress = promisify(gzip);
const script = 'text/javascript; charset=utf-8';
const style = 'text/css; charset=utf-8';

/** The addresses of everything that the page loads. */
export const assetPaths = [
  '/explorer/graphiql.js',
  '/explorer/graphiql.css',
  '/explorer/editor-worker.js',
  '/explorer/json-worker.js',
  '/explorer/graphql-worker.js',
  '/explorer/start.js',
  '/explorer/viewer.js',
  '/explorer/house.css',
  '/explorer/icon.svg',
] as const;

/** Builds every asset by its address, the given page at `/` included. Nine megabytes: build it once. */
export async function buildAssets(page: string): Promise<ReadonlyMap<string, Asset>> {
  const graphiql = await import('@graphql-yoga/render-graphiql/graphiql');
  const sources: Record<(typeof assetPaths)[number] | '/', readonly [contentType: string, body: string]> = {
    '/': ['text/html; charset=utf-8', page],
    '/explorer/graphiql.js': [script, graphiql.js],
    '/explorer/graphiql.css': [style, graphiql.css],
    '/explorer/editor-worker.js': [script, graphiql.editorWorkerService],
    '/explorer/json-worker.js': [script, graphiql.jsonWorker],
    '/explorer/graphql-worker.js': [script, graphiql.graphqlWorker],
    '/explorer/start.js': [script, ownFile('start.js')],
    '/explorer/viewer.js': [script, ownFile('viewer.js')],
    '/explorer/house.css': [style, ownFile('house.css')],
    '/explorer/icon.svg': ['image/svg+xml', ownFile('icon.svg')],
  };
  const assets = Object.entries(sources).map(async ([path, [contentType, body]]) => {
    return [path, await toAsset(contentType, Buffer.from(body))] as const;
  });
  return new Map(await Promise.all(assets));
}

async function toAsset(contentType: string, body: Buffer): Promise<Asset> {
  const digest = createHash('sha256').update(body).digest('base64url').slice(0, 22);
  // A weak tag: the same content, compressed or not.
  return { contentType, policy: pagePolicy, etag: `W/"${digest}"`, body, gzipped: await compress(body) };
}

function ownFile(name: string): string {
  return readFileSync(new URL(`page/${name}`, import.meta.url), 'utf8');
}
