/** One court behind HTTP whose answers about cases can be held back, and the files that a hub over it reads. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readCourtRegistry } from '../../../common/court-registry.ts';
import { generateCity } from '../../../mocks/city/city.ts';
import { createCourt } from '../../../subgraphs/court/program.ts';
import { serveProgram } from '../../../subgraphs/kit/http.ts';
import { openWorkerPglite } from '../../support/worker-pglite.ts';

export const cases = 5;

export interface GatedCourt extends AsyncDisposable {
  readonly registryFile: string;
  readonly askingFile: string;
  /** Holds back every question about cases from now on. */
  close(): void;
  /** Resolves when so many are held back. */
  held(count: number): Promise<void>;
  /** Answers them, and whatever comes. */
  open(): void;
  /** Adds another court to the registry, at the same address: it is read there and found to be none of that name. */
  register(): void;
}

export async function startGatedCourt(): Promise<GatedCourt> {
  const directory = mkdtempSync(join(tmpdir(), 'nonet-workers-'));
  const known = readCourtRegistry();
  const [court, another] = known.courts;
  const now = () => new Date();
  const host = await openWorkerPglite();
  const database = await host.open('court');
  const program = await createCourt({
    court: court!,
    registry: known,
    database,
    personKey: { version: 1, secret: Buffer.alloc(32, 7) },
    now,
  });
  await program.load(
    generateCity({ seed: 'workers', registry: known, casesPerCourt: cases, today: '2018-01-31' }).casesOf(court!.code),
  );
  const waiting = new Set<() => void>();
  let isClosed = false;
  let told: () => void = () => undefined;
  const served = await serveProgram(
    {
      async ask(question, signal) {
        if (isClosed && question.query.includes('cases')) {
          await new Promise<void>((resolve) => {
            waiting.add(resolve);
            told();
          });
        }
        return program.ask(question, signal);
      },
    },
    { host: '127.0.0.1', port: 0 },
  );
  const registryFile = join(directory, 'courts.json');
  const askingFile = join(directory, 'asking.json');
  const endpoint = { url: served.url };
  const write = (courts: readonly object[]) => writeFileSync(registryFile, JSON.stringify({ courts }));
  write([{ ...court, endpoint }]);
  const patient = { requestMs: 60_000, courtMs: 50_000, agencyMs: 5_000 };
  writeFileSync(askingFile, JSON.stringify({ deadlines: patient, slots: { court: 400 }, hedge: null }));
  return {
    registryFile,
    askingFile,
    close: () => void (isClosed = true),
    async held(count) {
      while (waiting.size < count) await new Promise<void>((resolve) => (told = resolve));
    },
    open() {
      isClosed = false;
      for (const go of waiting) go();
      waiting.clear();
    },
    register: () => write([court, another].map((one) => ({ ...one, endpoint }))),
    async [Symbol.asyncDispose]() {
      await served.stop();
      await program.stop();
      await host.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
