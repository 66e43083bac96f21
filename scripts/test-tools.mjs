// The real programs that tests of rendering run: from the environment, the cache, PATH, or built with Go where a toolchain is at hand.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

/** Pinned, because the expected outputs of the tests come from these versions. */
const tools = [
  { name: 'kustomize', version: 'v5.8.0', module: 'sigs.k8s.io/kustomize/kustomize/v5', time: 'half a minute' },
  { name: 'helm', version: 'v3.22.0', module: 'helm.sh/helm/v3/cmd/helm', time: 'some minutes' },
  { name: 'jsonnet', version: 'v0.21.0', module: 'github.com/google/go-jsonnet/cmd/jsonnet', time: 'seconds' },
]
const suffix = process.platform === 'win32' ? '.exe' : ''
const variableOf = (name) => `PRESYNC_TEST_${name.toUpperCase()}`

function cacheFolder({ name, version }) {
  return join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'presync-test-tools', `${name}-${version}`)
}

function findOnPath(name) {
  return (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name + suffix)).find((file) => existsSync(file))
}

function find(tool) {
  const named = process.env[variableOf(tool.name)]
  if (named) return named
  const cached = join(cacheFolder(tool), tool.name + suffix)
  return existsSync(cached) ? cached : findOnPath(tool.name)
}

function hasGo() {
  const { stdout } = spawnSync('go', ['version'], { encoding: 'utf8', env: { ...process.env, GOTOOLCHAIN: 'local' } })
  const [, major, minor] = /go(\d+)\.(\d+)/.exec(stdout ?? '') ?? []
  return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 24)
}

/** Builds into a folder beside the final one, so that an interrupted build leaves nothing that looks finished. */
function build(tool) {
  const target = cacheFolder(tool)
  mkdirSync(target, { recursive: true })
  const folder = mkdtempSync(`${target}.`)
  console.error(`presync: building ${tool.name} ${tool.version} for the tests (once; takes ${tool.time}) …`)
  const { status, stderr } = spawnSync('go', ['install', `${tool.module}@${tool.version}`], {
    encoding: 'utf8', timeout: 20 * 60_000, env: { ...process.env, GOBIN: folder, GOTOOLCHAIN: 'local', GOFLAGS: '', GOWORK: 'off', CGO_ENABLED: '0' },
  })
  const file = join(target, tool.name + suffix)
  if (status === 0) renameSync(join(folder, tool.name + suffix), file)
  else console.error(`presync: ${tool.name} could not be built: ${(stderr ?? '').trim().split('\n').slice(-2).join(' ')}`)
  rmSync(folder, { recursive: true, force: true })
  return status === 0 ? file : undefined
}

/** The programs that are there already, as environment variables. */
export function findTestTools() {
  return Object.fromEntries(tools.flatMap((tool) => {
    const file = find(tool)
    return file === undefined ? [] : [[variableOf(tool.name), file]]
  }))
}

/** The same, after building what is missing. Prints what could not be had: the tests that need it do not run. */
export function provideTestTools() {
  const wanted = process.env.PRESYNC_TEST_TOOLS !== 'off'
  const missing = wanted ? tools.filter((tool) => find(tool) === undefined) : []
  if (missing.length > 0 && hasGo()) missing.forEach(build)
  const found = wanted ? findTestTools() : {}
  for (const { name, version } of tools) {
    if (found[variableOf(name)] === undefined) console.error(`presync: ${name} ${version} is not there (no such program, no Go 1.24): tests that run it are skipped`)
  }
  return found
}
