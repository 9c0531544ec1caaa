#!/usr/bin/env node
// Plain JavaScript, since it is what teaches Node to read TypeScript before it hands over.
import './typescript/register.js';
import { collectForRequests } from './collection.js';

process.env.APOLLO_TELEMETRY_DISABLED = '1';
// Whoever stays and answers; for others it would only be the longer start of it.
if (['start', 'serve'].includes(process.argv[2])) collectForRequests();
await import('./main.ts');
