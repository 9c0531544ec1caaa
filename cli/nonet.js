#!/usr/bin/env node
// Plain JavaScript, since it is what teaches Node to read TypeScript before it hands over.
import './typescript/register.js';
import { collectForRequests } from './collection.js';

process.env.APOLLO_TELEMETRY_DISABLED = '1';
// Programs of the city, which stay and answer under load; others would only start 60 ms later for it.
if (['start', 'serve'].includes(process.argv[2])) collectForRequests();
await import('./main.ts');
