// Runs a TypeScript file of the benchmarks: `node bench/launch.js FILE [ARGUMENTS]`. Plain JavaScript, since it is what teaches Node to read TypeScript before it hands over.
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { register } from 'tsx/esm/api';

process.env.APOLLO_TELEMETRY_DISABLED = '1';
process.env.TSX_TSCONFIG_PATH = fileURLToPath(new URL('../tsconfig.json', import.meta.url));
register();
await import('reflect-metadata');
const [file] = process.argv.splice(2, 1);
await import(pathToFileURL(resolve(file)).href);
