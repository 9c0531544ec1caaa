import type { Offer } from '../viewer/token-desk.ts';
import type { Example } from './examples.ts';

/** What the page is made of. */
export interface PageContent {
  readonly title: string;
  readonly examples: readonly Example[];
  /** Whom one may choose to be; null for a page without that choice. */
  readonly offer: Offer | null;
}

/** The explorer's page. Everything it loads stands at an address of this hub, and the examples ride in it as data. */
export function toPage({ title, examples, offer }: PageContent): string {
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
${offer === null ? '' : choice}    <div id="root"></div>
    <script type="application/json" id="settings">${toData({ title, examples, offer })}</script>
    <script src="/explorer/graphiql.js" defer></script>
    <script src="/explorer/start.js" type="module"></script>
  </body>
</html>
`;
}

/** Who asks; what may be chosen is filled in from the settings. */
const choice = `    <form id="viewer" aria-label="Who asks">
      <label>我是 Who asks <select name="role"></select></label>
      <label>法院 Court <select name="court"></select></label>
      <label>专项行动 Task forces <input name="taskForces" placeholder="ids, with commas" /></label>
      <output></output>
    </form>
`;

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
