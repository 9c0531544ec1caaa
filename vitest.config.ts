import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Folders whose files take longest: they come first, so that no worker is left alone with one of them at the end. */
const slowest = ['/test/e2e/', '/bench/test/', '/test/property/', '/test/integration/'];

class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rankOf = ({ moduleId }: TestSpecification): number => {
      const rank = slowest.findIndex((folder) => moduleId.includes(folder));
      return rank < 0 ? slowest.length : rank;
    };
    return (await super.sort(files)).toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}

export default defineConfig({
  resolve: {
    // graphql ships CommonJS and ESM; loading both makes `instanceof` fail across realms.
    alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }],
  },
  test: {
    include: ['test/**/*.test.ts', 'bench/test/**/*.test.ts'],
    setupFiles: ['test/setup.ts'],
    // A machine at half its speed, with three files at once, takes 30 s to start what takes 5 alone.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    pool: 'forks',
    // Files of one worker share loaded modules: loading the schemas anew for each costs more than all tests together.
    isolate: false,
    // One more than the cores that CI has: what takes longest waits for processes and deadlines.
    maxWorkers: 3,
    sequence: { sequencer: SlowestFirst },
  },
});
