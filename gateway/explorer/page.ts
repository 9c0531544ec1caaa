import type { Example } from './examples.ts';

/** The explorer's page. Everything it loads stands at an address of this hub, and the examples ride in it as data. */
export function toPage(title: string, examples: readonly Example[]): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${escapeHtml(title)}</title>
    <link rel="icon" href="/explorer/icon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/explorer/graphiql.css" />
    <link rel="stylesheet" href="/explorer/house.css" />
  </head>
  <body>
    <noscript>The explorer needs JavaScript. The API itself does not: send POST to /graphql.</noscript>
    <div id="root"></div>
    <script type="application/json" id="settings">${toData({ title, examples })}</script>
    <script src="/explorer/graphiql.js" defer></script>
    <script src="/explorer/start.js" type="module"></script>
  </body>
</html>
`;
}

/**
 * What the page may do: load and ask its own origin, nothing else. The editor writes its styles into the document and
 * carries its fonts and cursors as data; scripts and workers come from files alone, none inline and none evaluated.
 */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

// Within a script element only `<` can end or change what follows.
function toData(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
