// Starts GraphiQL in the page. Runs in the browser, after graphiql.js, which defines YogaGraphiQL.

import { authorizationOfViewer } from './viewer.js';

const { title, examples, offer } = JSON.parse(document.querySelector('#settings').textContent);

const workers = {
  editorWorkerService: '/explorer/editor-worker.js',
  json: '/explorer/json-worker.js',
  graphql: '/explorer/graphql-worker.js',
};

// As files rather than blobs, so that the page's policy needs to allow no blob.
globalThis.MonacoEnvironment = { globalAPI: false, getWorkerUrl: (_module, label) => workers[label] };

const authorization = authorizationOfViewer(document.querySelector('#viewer'), offer);

const ask = async ({ query, variables, operationName: lastKnown }, { headers } = {}) => {
  // The editor learns the operations of a newly chosen tab a moment late: a name that is not in the document is the old tab's.
  const operationName = lastKnown && query.includes(lastKnown) ? lastKnown : undefined;
  // Who typed a header of his own knows whom he wants to be.
  const isTyped = Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'authorization');
  const shown = isTyped ? {} : await authorization();
  if (shown.errors) return shown;
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', ...shown, ...headers },
    body: JSON.stringify({ query, variables, operationName }),
  });
  return response.json();
};

// The editors start with what was stored, not with the first tab, and a reload compares the two: let them agree.
if (sessionStorage.getItem('graphiql:tabState') === null) {
  sessionStorage.setItem('graphiql:query', examples[0].query);
  sessionStorage.setItem('graphiql:variables', examples[0].variables);
}

globalThis.YogaGraphiQL.renderYogaGraphiQL(document.querySelector('#root'), {
  title,
  logo: '<img src="/explorer/icon.svg" alt="" width="28" height="28" />',
  fetcher: ask,
  defaultTabs: examples,
  // What somebody typed may hold an identity number: it stays out of the address bar, and with the session it is gone.
  onEditQuery: () => undefined,
  storage: sessionStorage,
  shouldPersistHeaders: false,
});
