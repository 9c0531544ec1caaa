import { describe, expect, test } from 'vitest';

import { createSlots } from '../../../../gateway/asking/slots.ts';

const patient = new AbortController().signal;

describe('slots', () => {
  test('go to those who wait in the order in which they came', async () => {
    const slots = createSlots(2);
    const order: string[] = [];
    const take = async (name: string) => {
      const release = await slots.take(patient);
      order.push(name);
      return release;
    };
    const first = await take('a');
    const second = await take('b');
    const third = take('c');
    const fourth = take('d');
    await turn();
    expect(order).toEqual(['a', 'b']);
    second();
    const last = await third;
    expect(order).toEqual(['a', 'b', 'c']);
    first();
    (await fourth)();
    last();
    expect(order).toEqual(['a', 'b', 'c', 'd']);
  });

  test('are not lost with those who leave while they wait, or come when it is too late', async () => {
    const slots = createSlots(1);
    const release = await slots.take(patient);
    const leaving = new AbortController();
    const left = slots.take(leaving.signal);
    const stayed = slots.take(patient);
    leaving.abort();
    await expect(left).rejects.toMatchObject({ reason: 'BUSY' });
    release();
    const again = await stayed;
    again();
    await expect(slots.take(leaving.signal)).rejects.toMatchObject({ reason: 'BUSY' });
    (await slots.take(patient))();
  });

  test('stay with those who took them, whatever their signal does later', async () => {
    const slots = createSlots(1);
    const first = new AbortController();
    const second = new AbortController();
    const release = await slots.take(first.signal);
    const waiting = slots.take(second.signal);
    release();
    const releaseSecond = await waiting;
    first.abort();
    second.abort();
    let isTaken = false;
    const third = slots.take(patient).then((end) => {
      isTaken = true;
      return end;
    });
    await turn();
    expect(isTaken).toBe(false);
    releaseSecond();
    (await third)();
  });
});

/** Lets everything that is ready happen. */
const turn = () => new Promise((resolve) => setImmediate(resolve));
