import { spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseManifests } from '../../src/manifest/index.ts'
import type { JsonObject } from '../../src/model/json.ts'

/** The built executable. */
export const executable = fileURLToPath(new URL('../../dist/presync.cjs', import.meta.url))

export interface PluginCall {
  readonly verb?: 'generate' | 'init' | 'parameters'
  /** The repository: copied as Argo CD unpacks it, modes dropped. */
  readonly repository: string
  /** The source's folder. */
  readonly path?: string
  /** The sidecar's own environment. */
  readonly sidecar?: Readonly<Record<string, string>>
  /** What Argo CD adds for the request; the last one wins, as there. */
  readonly request?: Readonly<Record<string, string>>
  readonly timeoutMs?: number
  /** Changes the unpacked copy before the command starts. */
  readonly prepare?: (root: string) => void
}

export interface PluginReply {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** stdout as Argo CD takes it apart; throws as it would. */
  manifests(): readonly JsonObject[]
  /** What was left in the unpacked copy. */
  readonly filesAfter: readonly string[]
}

const emptyRequest = {
  ARGOCD_APP_NAME: 'shop', ARGOCD_APP_NAMESPACE: 'shop', ARGOCD_APP_PROJECT_NAME: 'default', ARGOCD_APP_REVISION: '0123456789abcdef0123456789abcdef01234567',
  ARGOCD_APP_REVISION_SHORT: '0123456', ARGOCD_APP_REVISION_SHORT_8: '01234567', ARGOCD_APP_SOURCE_REPO_URL: 'https://git.example/shop.git',
  ARGOCD_APP_SOURCE_TARGET_REVISION: 'main', KUBE_VERSION: '1.33.2', KUBE_API_VERSIONS: 'apps/v1,apps/v1/Deployment,v1,v1/Pod', ARGOCD_APP_PARAMETERS: 'null',
}

/** Does what argocd-cmp-server does with a request: unpacks, runs the command in a process group of its own, kills it at the deadline. */
export async function callPlugin(call: PluginCall): Promise<PluginReply> {
  const work = mkdtempSync(join(tmpdir(), 'presync-cmp-'))
  try {
    cpSync(call.repository, work, { recursive: true, verbatimSymlinks: true })
    dropModes(work)
    call.prepare?.(work)
    const before = listFiles(work)
    const reply = await run(call, join(work, call.path ?? '.'))
    return { ...reply, filesAfter: listFiles(work).filter((file) => !before.includes(file)), manifests: () => readManifests(reply.stdout) }
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Files 0644, folders 0755: the archive's modes are not kept. */
function dropModes(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isSymbolicLink()) continue
    if (entry.isDirectory()) dropModes(path)
    chmodSync(path, entry.isDirectory() ? 0o755 : 0o644)
  }
}

function listFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => statSync(join(folder, file), { throwIfNoEntry: false })?.isFile() === true).sort()
}

type Run = Pick<PluginReply, 'exitCode' | 'signal' | 'stdout' | 'stderr'>

function run({ verb = 'generate', path = '.', sidecar = {}, request = {}, timeoutMs = 60_000 }: PluginCall, cwd: string): Promise<Run> {
  return new Promise((resolve, reject) => {
    const env = {
      PATH: process.env['PATH'] ?? '', HOME: '/tmp/home', PRESYNC_PLUGIN_CONFIG: '', ARGOCD_LOG_FORMAT: 'json', ARGOCD_LOG_LEVEL: 'info', ...sidecar,
      ...emptyRequest, ARGOCD_APP_SOURCE_PATH: path, ...request,
    }
    const child = spawn(process.execPath, [executable, 'cmp', verb], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []]
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk))
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    const timer = setTimeout(() => child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'), timeoutMs)
    child.on('error', reject)
    child.on('close', (exitCode, signal) => {
      clearTimeout(timer)
      resolve({ exitCode, signal, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() })
    })
  })
}

/** Argo CD's SplitYAMLToString, and what the repo-server demands of each object. */
function readManifests(text: string): readonly JsonObject[] {
  const { documents, problems } = parseManifests(text, 'stdout')
  const broken = problems.find(({ severity }) => severity === 'error')
  if (broken !== undefined) throw new Error(broken.message)
  return documents.map(({ value }) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'kind')) throw new Error("Object 'Kind' is missing")
    return value as JsonObject
  })
}
