// Starts the embedded hub with the Node that runs this file, asks one city-wide question, stops it. Exit 0 when all is well.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const nonet = fileURLToPath(new URL('../../cli/nonet.js', import.meta.url));
const hub = spawn(process.execPath, [nonet, 'start', '--memory', '--port', '0', '--scale', '20'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const giveUp = setTimeout(() => hub.kill('SIGKILL'), 120_000);
const ended = new Promise((resolve) => hub.once('exit', (code, signal) => resolve(code ?? signal)));

const url = await new Promise((resolve, reject) => {
  let text = '';
  hub.stdout.on('data', (chunk) => {
    text += chunk;
    const found = /graphql\s+(http\S+)/.exec(text);
    if (found) resolve(found[1]);
  });
  ended.then((how) => reject(new Error(`The hub ended before it was ready: ${how}`)));
});
// Who asks: a hub without an issuer gives tokens to its own machine.
const desk = await fetch(new URL('/token', url), {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: '{}',
});
const { token } = await desk.json();
const query =
  '{ cases(first: 5) { totalCount coverage { complete } edges { node { number debtors { bank { status } } } } } }';
const response = await fetch(url, {
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
  body: JSON.stringify({ query }),
});
const { data, errors } = await response.json();
hub.kill('SIGTERM');
const how = await ended;
clearTimeout(giveUp);
const isWhole =
  !errors && data.cases.coverage.complete && data.cases.totalCount === 180 && data.cases.edges.length === 5;
console.log(`Node ${process.version}: ${data?.cases.totalCount} cases, stopped with ${how}`);
process.exitCode = isWhole && how === 0 ? 0 : 1;
