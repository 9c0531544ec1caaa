import { expect, it } from 'vitest';
import { createLimit } from '../../../subgraphs/kit/inquiry/limit.ts';

it('runs no more than it may at once, in order, also after failures', async () => {
  const limit = createLimit(3);
  const started: number[] = [];
  let running = 0;
  let most = 0;
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, n) =>
      limit(async () => {
        started.push(n);
        most = Math.max(most, ++running);
        await Promise.resolve();
        running--;
        if (n % 4 === 0) throw new Error(String(n));
        return n;
      }),
    ),
  );
  expect(most).toBe(3);
  expect(started).toEqual(Array.from({ length: 20 }, (_, n) => n));
  expect(results.map(({ status }) => status === 'rejected')).toEqual(Array.from({ length: 20 }, (_, n) => n % 4 === 0));
});
