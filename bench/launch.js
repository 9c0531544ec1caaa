// Runs a TypeScript file of the benchmarks: `node bench/launch.js FILE [ARGUMENTS]`. Plain JavaScript, since it is what teaches Node to read TypeScript before it hands over.
import '../cli/typescript/register.js';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

process.env.APOLLO_TELEMETRY_DISABLED = '1';
await import('reflect-metadata');
const [file] = process.argv.splice(2, 1);
await import(pathToFileURL(resolve(file)).href);
