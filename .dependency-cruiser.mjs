// The layer rule of ARCHITECTURE.md, as configuration: a folder may import the ones before it, never the ones after.
const layers = ['model', 'values', 'kubernetes', 'patch', 'expression', 'manifest', 'policy', 'engine',
  'ignore-differences', 'argocd', 'report', 'io', 'render', 'pipeline', 'cmp', 'cli']
const pure = layers.slice(0, layers.indexOf('io'))
const strangers = { // neighbours that must not know each other
  'ignore-differences': ['policy', 'engine'],
  argocd: ['policy', 'engine', 'ignore-differences'],
  report: ['policy', 'engine', 'expression', 'ignore-differences', 'argocd'],
  io: ['policy', 'engine', 'report'],
  render: ['policy', 'engine', 'report'],
  cmp: ['engine', 'policy', 'io', 'render', 'cli'],
  cli: ['engine', 'policy', 'io', 'render'],
}
const inAny = (names) => `^src/(${names.join('|')})/`

export default {
  forbidden: [
    { name: 'no-cycles', severity: 'error', comment: 'Imports of types count too. Move what both need one layer down.', from: {}, to: { circular: true } },
    ...layers.slice(0, -1).map((layer, index) => ({
      name: `${layer}-looks-down-only`, severity: 'error', comment: 'See ARCHITECTURE.md, "Layers".',
      from: { path: `^src/${layer}/` }, to: { path: inAny(layers.slice(index + 1)) },
    })),
    ...Object.entries(strangers).map(([layer, others]) => ({
      name: `${layer}-minds-its-business`, severity: 'error', comment: 'See ARCHITECTURE.md, "Layers": the "may not" column.',
      from: { path: `^src/${layer}/` }, to: { path: inAny(others) },
    })),
    { name: 'pure-layers-do-no-io', severity: 'error', comment: 'Ask for data through model/lookups.ts.',
      from: { path: inAny(pure) }, to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|buffer|zlib)$' } },
    { name: 'io-lives-in-io-and-render', severity: 'error', comment: 'One door each to disk, processes and network.',
      from: { path: '^src/', pathNot: '^src/(io|render)/' }, to: { path: '^(node:)?(fs|fs/promises|child_process|http|https|http2|net|tls|dns|worker_threads)$' } },
    { name: 'enter-by-the-front-door', severity: 'error', comment: "Import the folder's index.ts, not what is behind it.",
      from: { path: '^src/([^/]+)/' }, to: { path: '^src/(engine|policy|render|report|ignore-differences)/', pathNot: ['^src/$1/', '^src/[^/]+/index[.]ts$'] } },
    { name: 'src-never-imports-test', severity: 'error', from: { path: '^src/' }, to: { path: '^test/' } },
    { name: 'no-dead-files', severity: 'error', comment: 'Every file is reachable from the executable or the library.',
      from: { path: '^src/(cli/bin|index)[.]ts$' }, to: { path: '^src/', pathNot: '^src/(cli/bin|index)[.]ts$', reachable: false } },
  ],
  options: { tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' }, doNotFollow: { path: 'node_modules' } },
}
