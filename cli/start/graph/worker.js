// Composes in a thread of its own: that takes seconds, and requests are answered meanwhile. Plain JavaScript, since it is
// what teaches the thread to read TypeScript before it hands over.
import '../../typescript/register.js';
import { parentPort, workerData } from 'node:worker_threads';

const { recompose } = await import('./recompose.ts');
parentPort.postMessage(recompose(workerData));
