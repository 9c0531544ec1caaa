import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joint, startCommand, type RunningCommand, type TaskForceAnswer } from './command.ts';
import { describeOnBoth } from './engines.ts';

const page = `query($first: Int, $after: String) { taskForces(first: $first, after: $after) { totalCount
  edges { cursor node { id createdAt } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;

/** Some of the same moment, some apart. */
async function createMany(running: RunningCommand, gapsMs: readonly number[]): Promise<TaskForceAnswer[]> {
  const made: TaskForceAnswer[] = [];
  for (const gapMs of gapsMs) {
    running.clock.advance(gapMs);
    made.push(await running.create(joint));
  }
  return made;
}

/** The order in plain words: the newest first, those of one moment by id. */
function sorted(made: readonly TaskForceAnswer[]): string[] {
  return made
    .toSorted((a, b) => (a.createdAt === b.createdAt ? (a.id < b.id ? -1 : 1) : a.createdAt < b.createdAt ? 1 : -1))
    .map(({ id }) => id);
}

async function walk({ data }: RunningCommand, first: number): Promise<{ ids: string[]; cursors: Buffer[] }> {
  const ids: string[] = [];
  const cursors: Buffer[] = [];
  for (let after: string | null = null, more = true; more;) {
    const { taskForces }: Awaited<ReturnType<typeof data>> = await data(page, { first, after });
    expect(taskForces.pageInfo.hasPreviousPage).toBe(after !== null);
    expect(taskForces.edges.length).toBeLessThanOrEqual(first);
    ids.push(...taskForces.edges.map(({ node }) => node.id));
    cursors.push(...taskForces.edges.map(({ cursor }) => Buffer.from(cursor, 'base64url')));
    more = taskForces.pageInfo.hasNextPage;
    after = taskForces.pageInfo.endCursor;
  }
  return { ids, cursors };
}

describeOnBoth('pages of task forces', (open) => {
  test('give each exactly once, the newest first, with ascending cursors, whatever the moments and the size', async () => {
    const gap = fc.oneof(fc.constant(0), fc.constantFrom(1, 2, 999, 86_400_000));
    await fc.assert(
      fc.asyncProperty(fc.array(gap, { maxLength: 12 }), fc.integer({ min: 1, max: 13 }), async (gapsMs, first) => {
        const running = await startCommand(await open());
        const made = await createMany(running, gapsMs);
        const { ids, cursors } = await walk(running, first);
        expect(ids).toEqual(sorted(made));
        expect(cursors.every((cursor, index) => index === 0 || Buffer.compare(cursors[index - 1]!, cursor) < 0)).toBe(
          true,
        );
      }),
      { numRuns: 12 },
    );
  });

  test('of a walk miss nothing when others are created meanwhile', async () => {
    const running = await startCommand(await open());
    const made = await createMany(running, [0, 0, 5, 5]);
    const { taskForces: first } = await running.data(page, { first: 2 });
    await createMany(running, [1, 1]);
    const { taskForces: second } = await running.data(page, { first: 2, after: first.pageInfo.endCursor });
    expect([...first.edges, ...second.edges].map(({ node }) => node.id)).toEqual(sorted(made));
  });

  test('are of twenty unless told, count all, and are empty after the last', async () => {
    const running = await startCommand(await open());
    expect((await running.data(page)).taskForces).toEqual({
      totalCount: 0,
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
    await createMany(
      running,
      Array.from({ length: 21 }, () => 1),
    );
    const { taskForces } = await running.data(page, { first: null, after: null });
    expect(taskForces.edges).toHaveLength(20);
    expect(taskForces).toMatchObject({ totalCount: 21, pageInfo: { hasNextPage: true } });
    const { taskForces: all } = await running.data(page, { first: 100 });
    const { taskForces: beyond } = await running.data(page, { after: all.pageInfo.endCursor });
    expect(beyond).toEqual({
      totalCount: 21,
      edges: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: true, startCursor: null, endCursor: null },
    });
  });

  test('read what is asked of them and no more', async () => {
    const { data, statements } = await startCommand(await open());
    const count = async (selection: string): Promise<number> => {
      statements();
      await data(`{ taskForces { ${selection} } }`);
      return statements();
    };
    expect(await count('edges { cursor } pageInfo { hasNextPage }')).toBe(1);
    expect(await count('totalCount')).toBe(1);
    expect(await count('__typename')).toBe(0);
  });

  test('are refused beyond 1 to 100, and from what is no cursor', async () => {
    const { refusal } = await startCommand(await open());
    for (const first of [0, -1, 101]) {
      expect(await refusal(page, { first })).toEqual({
        message: `first: ${first} rows cannot be asked for; expected an integer from 1 to 100`,
        extensions: { code: 'BAD_USER_INPUT', argument: 'first', expected: 'an integer from 1 to 100' },
      });
    }
    for (const after of ['', 'nonsense']) {
      expect((await refusal(page, { after })).extensions).toEqual({ code: 'BAD_CURSOR', fault: 'malformed' });
    }
  });
});
