// Teaches Node to read TypeScript, in the thread that imports this: it is the first import of whatever starts as plain JavaScript.
import { register } from 'node:module';

register(new URL('hooks.js', import.meta.url));
process.setSourceMapsEnabled(true);
