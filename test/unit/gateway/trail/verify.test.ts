import { randomInt } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { newTrailKeys } from '../../../../gateway/trail/keys.ts';
import { verifyTrail } from '../../../../gateway/trail/verify.ts';
import { createDice, type Dice } from '../../../property/dice.ts';
import { ownTrail, recordOf, type OwnTrail } from '../../../support/own-trail.ts';
import { isSoak } from '../../../support/random-run.ts';

const trials = isSoak ? 10_000 : 150;

/** One change of a file; the file itself where it changes nothing. */
type Damage = (bytes: Buffer, dice: Dice) => Buffer;

const damages: readonly (readonly [name: string, make: Damage])[] = [
  [
    'edit',
    (bytes, dice) => {
      const copy = Buffer.from(bytes);
      const at = placeIn(bytes, dice);
      copy[at] = (copy[at]! + 1 + dice.upTo(254)) % 256;
      return copy;
    },
  ],
  [
    'deletion',
    (bytes, dice) => {
      const at = placeIn(bytes, dice);
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1 + dice.upTo(400))]);
    },
  ],
  ['deletion of a line', (bytes, dice) => withLines(bytes, (lines) => lines.toSpliced(dice.upTo(lines.length - 1), 1))],
  [
    'line told twice',
    (bytes, dice) =>
      withLines(bytes, (lines) => {
        const at = dice.upTo(lines.length - 1);
        return lines.toSpliced(at, 0, lines[at]!);
      }),
  ],
  [
    'swap',
    (bytes, dice) =>
      withLines(bytes, (lines) => {
        const [one, other] = [dice.upTo(lines.length - 1), dice.upTo(lines.length - 1)];
        return lines.with(one, lines[other]!).with(other, lines[one]!);
      }),
  ],
  ['truncation', (bytes, dice) => bytes.subarray(0, placeIn(bytes, dice))],
  [
    'truncation after a line',
    (bytes, dice) => withLines(bytes, (lines) => lines.slice(0, dice.upTo(lines.length - 1))),
  ],
];

function placeIn(bytes: Buffer, dice: Dice): number {
  return (dice.upTo(0xffff) * 7 + dice.upTo(6)) % bytes.length;
}

function withLines(bytes: Buffer, change: (lines: readonly string[]) => readonly string[]): Buffer {
  const lines = bytes.toString().trimEnd().split('\n');
  return Buffer.from(
    change(lines)
      .map((line) => `${line}\n`)
      .join(''),
  );
}

/** A closed trail of several segments and two heads a segment or so. */
async function writtenTrail(own: OwnTrail): Promise<void> {
  const trail = await own.open({ segmentBytes: 2_000 });
  for (let number = 0; number < 30; number += 1) {
    await trail.append([recordOf(number, number % 2 === 0 ? 'one' : 'other')]);
    if (number % 7 === 0) await own.clock.pass(1_000);
  }
  await trail.stop();
}

describe('a verification', () => {
  it(`finds each of ${trials} random edits, deletions, swaps and truncations`, async () => {
    using own = ownTrail();
    await writtenTrail(own);
    const directory = join(own.directory, 'chain-1');
    const files = readdirSync(directory).filter((name) => /^(?:\d+\.jsonl|head\.json)$/.test(name));
    const texts = new Map(files.map((name) => [name, readFileSync(join(directory, name))]));
    const restore = () => {
      for (const [name, bytes] of texts) writeFileSync(join(directory, name), bytes);
    };
    const missed: string[] = [];
    for (let trial = 0; trial < trials; trial += 1) {
      const dice = createDice(Array.from({ length: 8 }, () => randomInt(0x10000)));
      const name = dice.pick(files);
      const [damage, make] = dice.pick(damages);
      const before = texts.get(name)!;
      const after = make(before, dice);
      if (after.equals(before)) continue;
      writeFileSync(join(directory, name), after);
      const { fault } = await own.verified();
      if (!fault) missed.push(`${damage} of ${name}: ${JSON.stringify(after.toString())}`);
      writeFileSync(join(directory, name), before);
    }
    expect(missed).toEqual([]);
    for (const name of files) {
      rmSync(join(directory, name));
      expect((await own.verified()).fault, `${name} deleted`).not.toBeNull();
      restore();
    }
    const [one = '', other = ''] = files;
    renameSync(join(directory, one), join(directory, 'aside'));
    renameSync(join(directory, other), join(directory, one));
    renameSync(join(directory, 'aside'), join(directory, other));
    expect((await own.verified()).fault, 'segments swapped').not.toBeNull();
    restore();
    expect((await own.verified()).fault).toBeNull();
  }, 1_800_000);

  it('names the first place that is wrong', async () => {
    using own = ownTrail();
    await writtenTrail(own);
    const [, file = ''] = own.segments();
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, lines.with(3, lines[3]!.replace('"subject":"o', '"subject":"x')).join('\n'));
    expect((await own.verified()).fault).toEqual({
      file,
      line: 5,
      said: 'it does not follow from the line before: one of the two was changed',
    });
  });

  it('finds what was cut off the head beside the chain, were it the end of its line', async () => {
    using own = ownTrail();
    await writtenTrail(own);
    const file = join(own.directory, 'chain-1', 'head.json');
    writeFileSync(file, readFileSync(file).subarray(0, -1));
    expect((await own.verified()).fault).toEqual({ file, line: null, said: 'its line is not whole' });
  });

  it('refuses a chain that was written anew by whoever lacks the key', async () => {
    using own = ownTrail();
    using forged = ownTrail();
    await writtenTrail(forged);
    mkdirSync(join(own.directory, 'chain-1'));
    for (const name of readdirSync(join(forged.directory, 'chain-1'))) {
      copyFileSync(join(forged.directory, 'chain-1', name), join(own.directory, 'chain-1', name));
    }
    expect((await own.verified()).fault?.said).toBe('the head is not signed by a key of this trail');
    const [chain] = await verifyTrail(own.directory, { keys: [newTrailKeys().public, forged.keys.public] });
    expect(chain?.fault).toBeNull();
  });

  it('begins later where older segments were put away, and says that they are missing where it was not told', async () => {
    using own = ownTrail();
    await writtenTrail(own);
    rmSync(own.segments()[0] ?? '');
    expect((await own.verified()).fault?.said).toBe('this segment is missing');
    const [chain] = await verifyTrail(own.directory, { keys: [own.keys.public], from: 2 });
    expect(chain?.fault).toBeNull();
  });
});
