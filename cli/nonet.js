#!/usr/bin/env node
// Plain JavaScript, since it is what teaches Node to read TypeScript before it hands over.
import { register } from 'tsx/esm/api';

process.env.APOLLO_TELEMETRY_DISABLED = '1';
register();
await import('./main.ts');
