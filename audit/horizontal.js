// Plain JavaScript, since it is what teaches Node to read TypeScript before it hands over.
import '../cli/typescript/register.js';

process.env.APOLLO_TELEMETRY_DISABLED = '1';
await import('./main.ts');
