import { appendFileSync, copyFileSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { openFile } from '../../../../gateway/trail/segment-writer.ts';
import { settled } from '../../../support/fake-clock.ts';
import { ownTrail, recordOf, type OwnTrail } from '../../../support/own-trail.ts';

const numbersOf = (lines: readonly Record<string, unknown>[]) =>
  lines.filter(({ kind }) => kind === 'record').map(({ number }) => number);

describe('a trail', () => {
  it('chains its lines over stops, segments and a change of the hash', async () => {
    using own = ownTrail();
    for (const [start, hash] of [
      [0, 'sha256'],
      [20, 'sm3'],
      [40, 'sha256'],
    ] as const) {
      const trail = await own.open({ hash, segmentBytes: 2_000 });
      for (let number = start; number < start + 20; number += 1) await trail.append([recordOf(number)]);
      await trail.stop();
    }
    expect(await own.verified()).toMatchObject({ fault: null, records: 60, unsigned: 0, torn: 0 });
    expect(own.segments().length).toBeGreaterThan(5);
    expect(numbersOf(own.lines())).toEqual(Array.from({ length: 60 }, (_, number) => number));
    expect(own.lines().map(({ n }) => n)).toEqual(own.lines().map((_, index) => index + 1));
  });

  it('writes what comes together with few flushes, in order, and tells everybody when it is there', async () => {
    using own = ownTrail();
    let flushes = 0;
    const trail = await own.open({
      openFile: async (file) => {
        const handle = await openFile(file);
        const datasync = handle.datasync.bind(handle);
        handle.datasync = () => {
          flushes += 1;
          return datasync();
        };
        return handle;
      },
    });
    await Promise.all(Array.from({ length: 500 }, (_, number) => trail.append([recordOf(number)])));
    expect(numbersOf(own.lines())).toEqual(Array.from({ length: 500 }, (_, number) => number));
    expect(flushes).toBeLessThan(10);
    await trail.stop();
  });

  it('signs what it wrote a second later at the latest', async () => {
    using own = ownTrail();
    const trail = await own.open();
    await own.clock.pass(1_000);
    await trail.append([recordOf(1)]);
    await trail.append([recordOf(2)]);
    expect(await own.verified()).toMatchObject({ fault: null, records: 2, unsigned: 1 });
    await own.clock.pass(1_000);
    await trail.stop();
    expect(own.lines().map(({ kind }) => kind)).toEqual(['segment', 'head', 'record', 'head', 'record', 'head']);
    expect(await own.verified()).toMatchObject({ fault: null, unsigned: 0 });
  });

  it('cuts off a torn line at its start, keeps and tells it, and loses no record that was acknowledged', async () => {
    using own = ownTrail();
    const first = await own.open();
    await first.append([recordOf(1), recordOf(2)]);
    await first.stop();
    const [file = ''] = own.segments();
    appendFileSync(file, '{"kind":"record","n":6,"prev":"ab');
    expect(await own.verified()).toMatchObject({ fault: null, torn: 33 });
    const second = await own.open();
    await second.append([recordOf(3)]);
    await second.stop();
    expect(numbersOf(own.lines())).toEqual([1, 2, 3]);
    expect(own.lines()).toContainEqual(expect.objectContaining({ kind: 'mended', cut: 33 }));
    expect(own.told).toEqual([expect.objectContaining({ kind: 'cut', bytes: 33 })]);
    expect(await own.verified()).toMatchObject({ fault: null, unsigned: 0, torn: 0 });
  });

  it('goes on in the segment before when it was killed as it began another', async () => {
    using own = ownTrail();
    const first = await own.open();
    await first.append([recordOf(1)]);
    await first.stop();
    writeFileSync(join(own.directory, 'chain-1', '000002.jsonl'), '{"kind":"seg');
    const second = await own.open();
    await second.append([recordOf(2)]);
    await second.stop();
    expect(numbersOf(own.lines())).toEqual([1, 2]);
    expect(await own.verified()).toMatchObject({ fault: null, segments: 1 });
  });

  it('is not gone on with when its end, its head or its files are missing or changed', async () => {
    using own = ownTrail();
    const trail = await own.open();
    for (let number = 0; number < 5; number += 1) await trail.append([recordOf(number)]);
    await trail.stop();
    const [file = ''] = own.segments();
    const head = join(own.directory, 'chain-1', 'head.json');
    const [whole, signed] = [readFileSync(file, 'utf8'), readFileSync(head, 'utf8')];
    const lines = whole.trimEnd().split('\n');
    writeFileSync(file, `${lines.slice(0, -3).join('\n')}\n`);
    await expect(own.open()).rejects.toThrow('a signed head, is missing or changed');
    writeFileSync(file, whole.replace('"number":3', '"number":4'));
    await expect(own.open()).rejects.toThrow('a signed head, is missing or changed');
    writeFileSync(file, whole);
    rmSync(head);
    await expect(own.open()).rejects.toThrow('head.json is gone');
    writeFileSync(head, signed.replace(/"signature":"./, '"signature":"_'));
    await expect(own.open()).rejects.toThrow('not signed by the key');
    writeFileSync(head, signed);
    rmSync(file);
    await expect(own.open()).rejects.toThrow('its segments are gone');
    writeFileSync(file, whole);
    await (await own.open()).stop();
  });
});

describe('a trail that cannot be written', () => {
  it('rejects what is appended while the disk is full, and writes it marked when there is room again', async () => {
    using own = ownTrail();
    let isFull = false;
    const trail = await own.open({ openFile: (file) => (isFull ? open('/dev/full', 'r+') : openFile(file)) });
    await trail.append([recordOf(1)]);
    isFull = true;
    // The next file is full: the one that is open is deleted, so that it is opened anew.
    const [file = ''] = own.segments();
    const kept = `${file}.kept`;
    copyFileSync(file, kept);
    rmSync(file);
    await expect(trail.append([recordOf(2)])).rejects.toThrow('deleted');
    copyFileSync(kept, file);
    await expect(trail.append([recordOf(3)])).rejects.toThrow();
    isFull = false;
    expect(trail.isFailing()).toBe(true);
    await own.clock.pass(1_000);
    await expect.poll(() => trail.isFailing()).toBe(false);
    await trail.append([recordOf(4)]);
    await trail.stop();
    const records = own.lines().filter(({ kind }) => kind === 'record');
    expect(records.map(({ number, withheld = false }) => [number, withheld])).toEqual([
      [1, false],
      [2, true],
      [3, true],
      [4, false],
    ]);
    expect(own.told.map(({ kind }) => kind)).toEqual(['failed', 'mended']);
    expect(await own.verified()).toMatchObject({ fault: null, unsigned: 0 });
  });

  /** A trail whose disk takes nothing until it is let go. */
  const hanging = async (own: OwnTrail) => {
    const held: (() => void)[] = [];
    let hangs = false;
    const trail = await own.open({
      openFile: async (file) => {
        const handle = await openFile(file);
        const datasync = handle.datasync.bind(handle);
        handle.datasync = () =>
          hangs ? new Promise<void>((resolve) => held.push(resolve)).then(datasync) : datasync();
        return handle;
      },
    });
    const hang = () => void (hangs = true);
    const letGo = () => {
      hangs = false;
      for (const resolve of held.splice(0)) resolve();
    };
    return { trail, hang, letGo };
  };
  const told = (own: OwnTrail) =>
    own
      .lines()
      .filter(({ kind }) => kind === 'record')
      .map(({ number, withheld = false }) => [number, withheld]);

  it('fails when the disk takes too long, takes nothing more, and what is written all the same stands there as withheld', async () => {
    using own = ownTrail();
    const { trail, hang, letGo } = await hanging(own);
    await trail.append([recordOf(1)]);
    hang();
    // The second waits behind the first.
    const first = trail.append([recordOf(2)]).catch(String);
    await settled();
    const late = [first, trail.append([recordOf(3)]).catch(String)];
    await own.clock.pass(4_999);
    expect(trail.isFailing()).toBe(false);
    await own.clock.pass(1);
    expect(await Promise.all(late)).toEqual(Array(2).fill('Error: The disk has not taken it within 5000 ms.'));
    expect(trail.isFailing()).toBe(true);
    await expect(trail.append([recordOf(4)])).rejects.toThrow('within 5000 ms');
    expect(own.told.map(({ kind }) => kind)).toEqual(['failed']);
    letGo();
    await expect.poll(() => trail.isFailing()).toBe(false);
    await trail.append([recordOf(5)]);
    await trail.stop();
    const records = told(own).map(([number, withheld]) => `${String(number)} ${String(withheld)}`);
    // Whose answer was given up while it was written stands there twice.
    expect(records.sort()).toEqual(['1 false', '2 false', '2 true', '3 true', '4 true', '5 false']);
    expect(own.told.map(({ kind }) => kind)).toEqual(['failed', 'mended']);
    expect(await own.verified()).toMatchObject({ fault: null, unsigned: 0 });
  });

  it('loses nothing of that when it is stopped meanwhile', async () => {
    using own = ownTrail();
    const { trail, hang, letGo } = await hanging(own);
    hang();
    const late = trail.append([recordOf(1)]).catch(String);
    await own.clock.pass(5_000);
    const stopped = trail.stop();
    letGo();
    await stopped;
    expect(await late).toContain('5000 ms');
    expect(told(own)).toEqual([
      [1, false],
      [1, true],
    ]);
  });

  it('keeps the oldest of what it owes, and says how many records it has lost', async () => {
    using own = ownTrail();
    let isBroken = false;
    const trail = await own.open({
      openFile: async (file) => {
        const handle = await openFile(file);
        const datasync = handle.datasync.bind(handle);
        handle.datasync = () => (isBroken ? Promise.reject(new Error('EIO')) : datasync());
        return handle;
      },
    });
    isBroken = true;
    const long = `${recordOf(1)},"text":"${'x'.repeat(1_000_000)}"`;
    for (let time = 0; time < 10; time += 1) await trail.append([long]).catch(() => undefined);
    isBroken = false;
    await own.clock.pass(1_000);
    await expect.poll(() => trail.isFailing()).toBe(false);
    await trail.stop();
    const lines = own.lines();
    expect(lines.filter(({ text }) => text !== undefined)).toHaveLength(3);
    expect(lines.find(({ kind }) => kind === 'mended')).toMatchObject({ lost: 7 });
  });

  it('does not hold a file for whole that has become shorter', async () => {
    using own = ownTrail();
    const trail = await own.open();
    await trail.append([recordOf(1)]);
    truncateSync(own.segments()[0] ?? '', 10);
    await expect(trail.append([recordOf(2)])).rejects.toThrow('has become shorter');
  });

  it('says so at its start, and rejects everything when it is closed', async () => {
    using own = ownTrail();
    await expect(own.open({ openFile: () => open('/dev/full', 'r+') })).rejects.toThrow();
    const trail = await own.open();
    await trail.stop();
    await expect(trail.append([recordOf(1)])).rejects.toThrow('closed');
  });
});
