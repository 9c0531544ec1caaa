import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { cruise, type IConfiguration, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { afterAll, describe, expect, it } from 'vitest';

const require = createRequire(import.meta.url);
const table = require('../../../.dependency-cruiser.cjs') as Pick<IConfiguration, 'forbidden'> & {
  options: ICruiseOptions;
};
const folders = ['audit', 'bench', 'cli', 'common', 'gateway', 'mocks', 'schema', 'subgraphs', 'test'];

/** What breaks the import table below a directory, as `rule: from → to`. */
async function violations(baseDir: string) {
  const { forbidden = [], options } = table;
  const places = folders.filter((name) => existsSync(join(baseDir, name)));
  const { output } = await cruise(places, {
    ...options,
    ruleSet: { forbidden },
    validate: true,
    baseDir,
  });
  const { summary, modules } = output as ICruiseResult;
  return {
    modules: modules.filter((module) => !module.source.includes('node_modules')).map((module) => module.source),
    unresolved: modules.flatMap((module) =>
      module.dependencies
        .filter((dependency) => dependency.couldNotResolve && dependency.module.startsWith('.'))
        .map((dependency) => `${module.source} → ${dependency.module}`),
    ),
    found: summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`),
  };
}

describe('the import table', () => {
  it('holds in this repository', async () => {
    const { modules, unresolved, found } = await violations(process.cwd());
    expect(modules.length).toBeGreaterThan(200);
    for (const folder of ['cli', 'common', 'gateway', 'mocks', 'schema', 'subgraphs/kit', 'subgraphs/court', 'test']) {
      expect(modules.some((module) => module.startsWith(`${folder}/`))).toBe(true);
    }
    expect(unresolved).toEqual([]);
    expect(found).toEqual([]);
  });
});

describe('each rule of the table bites', () => {
  const root = mkdtempSync(join(tmpdir(), 'nonet-imports-'));
  afterAll(() => {
    rmSync(root, { recursive: true, force: true });
  });

  /** A city of small modules: what each imports, by path. */
  const city: Readonly<Record<string, readonly string[]>> = {
    'common/money.ts': [],
    'common/greedy.ts': ['../gateway/hub.ts'],
    'schema/horizontal/contract.ts': ['../../common/money.ts'],
    'schema/supergraph.ts': ['./horizontal/contract.ts', '../subgraphs/bank/schema.ts'],
    'schema/curious.ts': ['../subgraphs/bank/program.ts'],
    'gateway/hub.ts': ['../common/money.ts', '../schema/horizontal/contract.ts'],
    'gateway/nosy.ts': ['../subgraphs/bank/program.ts'],
    'gateway/composer.ts': ['../schema/supergraph.ts'],
    'gateway/typed.ts': ['type ../mocks/city.ts'],
    'mocks/city.ts': ['../common/money.ts'],
    'mocks/cheat.ts': ['../subgraphs/bank/program.ts'],
    'subgraphs/kit/http.ts': ['../../common/money.ts'],
    'subgraphs/kit/partial.ts': ['../bank/program.ts'],
    'subgraphs/bank/schema.ts': ['../../common/money.ts'],
    'subgraphs/bank/program.ts': ['../kit/http.ts', './schema.ts'],
    'subgraphs/vehicle/program.ts': ['../bank/schema.ts'],
    'subgraphs/vehicle/hub.ts': ['../../gateway/hub.ts'],
    'subgraphs/vehicle/tool.ts': ['../../cli/main.ts'],
    'cli/main.ts': ['../gateway/hub.ts', '../subgraphs/bank/program.ts', '../mocks/city.ts', '../schema/supergraph.ts'],
    'test/all.ts': ['../cli/main.ts', '../mocks/city.ts'],
    'common/left.ts': ['./right.ts'],
    'common/right.ts': ['type ./left.ts'],
  };

  it('on what it forbids, types too, and on nothing else', async () => {
    for (const [path, imports] of Object.entries(city)) {
      const file = join(root, path);
      mkdirSync(dirname(file), { recursive: true });
      const lines = imports.map((target, index) =>
        target.startsWith('type ')
          ? `import type { value as v${index} } from '${target.slice(5)}';\nexport type T${index} = typeof v${index};`
          : `import { value as v${index} } from '${target}';\nexport const w${index} = v${index};`,
      );
      writeFileSync(file, `${lines.join('\n')}\nexport const value = 1;\n`);
    }
    const { modules, unresolved, found } = await violations(root);
    expect(modules.sort()).toEqual(Object.keys(city).sort());
    expect(unresolved).toEqual([]);
    expect(found.sort()).toEqual(
      [
        'common-imports-nothing-of-ours: common/greedy.ts → gateway/hub.ts',
        'schema-imports-schemas-and-common: schema/curious.ts → subgraphs/bank/program.ts',
        'gateway-imports-common: gateway/nosy.ts → subgraphs/bank/program.ts',
        'gateway-imports-common: gateway/composer.ts → schema/supergraph.ts',
        'gateway-imports-common: gateway/typed.ts → mocks/city.ts',
        'mocks-import-common: mocks/cheat.ts → subgraphs/bank/program.ts',
        'kit-imports-common: subgraphs/kit/partial.ts → subgraphs/bank/program.ts',
        'a-subgraph-imports-kit-and-common: subgraphs/vehicle/program.ts → subgraphs/bank/schema.ts',
        'a-subgraph-imports-kit-and-common: subgraphs/vehicle/hub.ts → gateway/hub.ts',
        'a-subgraph-imports-kit-and-common: subgraphs/vehicle/tool.ts → cli/main.ts',
        'no-cycles: common/left.ts → common/right.ts',
      ].sort(),
    );
  });
});
