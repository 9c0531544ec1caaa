/** A trail in a directory of its own, that goes away with the test. */

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { TrailEvent } from '../../gateway/trail/journal.ts';
import { keepTrailKeys, type TrailKeys } from '../../gateway/trail/keys.ts';
import { recordsOf, type TrailRecord } from '../../gateway/trail/records.ts';
import { openTrail, type Trail, type TrailOptions } from '../../gateway/trail/trail.ts';
import { verifyTrail, type VerifiedChain } from '../../gateway/trail/verify.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';

export interface OwnTrail extends Disposable {
  readonly directory: string;
  readonly keys: TrailKeys;
  readonly clock: FakeClock;
  /** What was told by whichever opening. */
  readonly told: TrailEvent[];
  open(options?: Partial<TrailOptions>): Promise<Trail>;
  /** The first chain, verified. */
  verified(): Promise<VerifiedChain>;
  /** The files of a chain's segments, in order. */
  segments(chain?: string): string[];
  /** The lines of the first chain; of questions that stand in one line each by itself. */
  lines(): TrailRecord[];
}

export function ownTrail(): OwnTrail {
  const directory = mkdtempSync(join(tmpdir(), 'nonet-trail-'));
  const keys = keepTrailKeys(directory);
  const clock = createFakeClock();
  const told: TrailEvent[] = [];
  const segments = (chain = '1') => {
    const own = join(directory, `chain-${chain}`);
    return readdirSync(own)
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
      .map((name) => join(own, name));
  };
  return {
    directory,
    keys,
    clock,
    told,
    segments,
    open(options = {}) {
      mkdirSync(join(directory, `chain-${options.chain ?? '1'}`), { recursive: true });
      return openTrail({
        directory,
        chain: '1',
        keys,
        personKey: null,
        hash: 'sha256',
        now: () => new Date('2018-01-31T09:00:00+08:00'),
        clock,
        tell: (event) => void told.push(event),
        ...options,
      });
    },
    async verified() {
      const [chain] = await verifyTrail(directory, { keys: [keys.public] });
      if (!chain) throw new Error('There is no chain.');
      return chain;
    },
    lines: () =>
      segments().flatMap((file) =>
        readFileSync(file, 'utf8')
          .trimEnd()
          .split('\n')
          .flatMap((line) => recordsOf(JSON.parse(line) as Record<string, unknown>)),
      ),
    [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** The fields of a record, numbered. */
export function recordOf(number: number, subject = 'officer'): string {
  return `"at":"2018-01-31T09:00:${String(number % 60).padStart(2, '0')}.000+08:00","who":{"subject":"${subject}"},"number":${number}`;
}
