// `npm run demo`: installs, builds, and runs the main job on examples/. Needs git, Node and npm; with kustomize and helm on PATH it shows more.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const environment = { ...process.env, NODE_EXTRA_CA_CERTS: '' }

function step(script, ...args) {
  const { status } = spawnSync(process.execPath, [`${root}scripts/${script}`, ...args], { cwd: root, stdio: 'inherit', env: environment })
  if (status !== 0) process.exit(status ?? 1)
}

/** Runs presync as one would type it, and holds its exit code against the one that the example is made for. */
function show(explanation, args, expected) {
  console.log(`\n${'─'.repeat(100)}\n${explanation}\n\n$ presync ${args.join(' ')}\n`)
  const { status } = spawnSync(process.execPath, [`${root}dist/presync.cjs`, ...args], { cwd: root, stdio: 'inherit', env: environment })
  console.log(`(exit code ${status})`)
  if (status === expected) return
  console.error(`\ndemo: exit code ${expected} was expected`)
  process.exit(1)
}

const has = (program, ...args) => spawnSync(program, args, { stdio: 'ignore' }).status === 0

step('ensure-install.mjs')
step('build.mjs', '--no-types')

const parts = [
  { path: 'examples/gitops/storefront', what: 'storefront: plain YAML', ready: true },
  { path: 'examples/gitops/catalog/overlays/production', what: 'catalog: a kustomize overlay', tool: 'kustomize', ready: has('kustomize', 'version') },
  { path: 'examples/gitops/payments', what: 'payments: a Helm chart', tool: 'helm', ready: has('helm', 'version') },
]
console.log(`\npresync demo: a small GitOps repository, examples/gitops, and three policies, examples/policies.\n`)
for (const { what, tool, ready } of parts) console.log(`  ${ready ? '✓' : '–'} ${what}${ready ? '' : ` (not rendered here: ${tool} is not on PATH)`}`)

show('Before the sync: what Argo CD would apply, and what Kyverno would refuse. Exit code 1 is what stops a pipeline.',
  ['check', ...parts.filter(({ ready }) => ready).map(({ path }) => path), '-p', 'examples/policies'], 1)
show('The same in audit mode: everything is said, nothing is stopped.',
  ['check', 'examples/gitops/storefront', '-p', 'examples/policies', '--mode', 'audit', '-o', 'table'], 0)
show('A policy that reads well and never works: the classic mistake. It is found before it reaches a cluster.',
  ['lint', 'examples/mistakes'], 2)
show('A policy that changes what Git says makes Argo CD and Kyverno fight. These entries end it; each is proved to ignore that and nothing else.',
  ['ignore-differences', 'examples/gitops/storefront', '-p', 'examples/mutations'], 0)
console.log('\nThat was all of it. `node dist/presync.cjs --help` lists what else there is; README.md says how to go on.')
