#!/usr/bin/env node
// Plain JavaScript, since it is what teaches Node to read TypeScript before it hands over.
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';

process.env.APOLLO_TELEMETRY_DISABLED = '1';
// Whoever calls from another directory has no tsconfig.json there, or another one.
process.env.TSX_TSCONFIG_PATH = fileURLToPath(new URL('../tsconfig.json', import.meta.url));
register();
await import('./main.ts');
