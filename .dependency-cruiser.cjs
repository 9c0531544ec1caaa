// The import table of ARCHITECTURE.md, enforced. `common` imports nothing of ours; mocks and the subgraph kit import only
// `common`; the gateway imports `common`, the contract model in schema/horizontal and schema/planning; a subgraph imports the kit and
// `common`, never another subgraph; `schema` may look at the subgraphs' schema modules; cli, test, audit and bench see everything.
const only = (name, from, ...allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^(audit|cli|common|gateway|mocks|schema|subgraphs|test|bench)/', pathNot: allowed },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    only('common-imports-nothing-of-ours', '^common/', '^common/'),
    only('gateway-imports-common', '^gateway/', '^gateway/', '^common/', '^schema/horizontal/', '^schema/planning/'),
    only('mocks-import-common', '^mocks/', '^mocks/', '^common/'),
    only('kit-imports-common', '^subgraphs/kit/', '^subgraphs/kit/', '^common/'),
    only(
      'a-subgraph-imports-kit-and-common',
      '^subgraphs/(?!kit/)([^/]+)/',
      '^subgraphs/$1/',
      '^subgraphs/kit/',
      '^common/',
    ),
    only('schema-imports-schemas-and-common', '^schema/', '^schema/', '^common/', '^subgraphs/[^/]+/schema\\.ts$'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(node_modules|data|coverage|bench/node_modules|bench/mercurius/node_modules)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
};
