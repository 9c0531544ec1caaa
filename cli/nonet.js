#!/usr/bin/env node
// The one plain JavaScript file: it teaches Node to read TypeScript, then hands over.
import { register } from 'tsx/esm/api';

process.env.APOLLO_TELEMETRY_DISABLED = '1';
register();
await import('./main.ts');
