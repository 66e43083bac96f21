import { isAbsolute, relative, resolve } from 'node:path'
import { withBaseCheckout, type BaseCheckout } from '../io/base-checkout.ts'
import { kindOf } from '../io/files.ts'
import { withTemporaryFolder } from '../io/temporary-folder.ts'
import { formatYaml } from '../manifest/index.ts'
import { KnownError } from '../model/errors.ts'
import type { Report, ResourceChange } from '../model/report.ts'
import type { Resource } from '../model/resource.ts'
import { compareReports } from '../report/index.ts'
import { isGitUrl } from '../io/git.ts'
import { checkTree, type CheckOptions } from './check.ts'
import { SourceTexts } from './source-texts.ts'

export interface CheckAgainstBaseOptions extends CheckOptions {
  /** A branch, tag or commit; the merge base of HEAD and it is what counts. */
  readonly base: string
  /** Also say how the rendered resources differ. */
  readonly showDiff: boolean
}

/** Checks the working tree and the merge base, each with its own policies, and reports what is new. */
export async function checkAgainstBase(options: CheckAgainstBaseOptions): Promise<Report> {
  try {
    return await withBaseCheckout(options.cwd, options.base, (base) => withCache(options, (shared) => compare(shared, base)))
  } catch (error) {
    if (!(error instanceof KnownError)) throw error
    const problem = { code: error.code, severity: 'error' as const, message: error.message }
    return { results: [], notices: [], sources: [], policies: [], resourceCount: 0, problems: [problem] }
  }
}

/** What both sides have in common is rendered once, also where nothing is to be kept. */
async function withCache<T>(options: CheckAgainstBaseOptions, use: (options: CheckAgainstBaseOptions) => Promise<T>): Promise<T> {
  if (options.tools.cache !== undefined) return use(options)
  return withTemporaryFolder((cache) => use({ ...options, tools: { ...options.tools, cache } }))
}

async function compare(options: CheckAgainstBaseOptions, base: BaseCheckout): Promise<Report> {
  const head = await checkTree(options)
  options.onProgress?.(`checking ${options.base}`)
  const before = await checkBase(options, base)
  const report = compareReports(head.report, before.report, { ref: options.base, commit: base.commit })
  const notices = [...report.notices, ...base.notices]
  if (!options.showDiff) return { ...report, notices }
  return { ...report, notices, comparison: { ...report.comparison, changes: await diffResources(before.resources, head.resources) } }
}

type Checked = Awaited<ReturnType<typeof checkTree>>

const nothing: Checked = { report: { results: [], notices: [], sources: [], policies: [], resourceCount: 0, problems: [] }, resources: [] }

/** The base with the files that it has: what the change adds is not there, and policies that are not there judge nothing. */
async function checkBase(options: CheckAgainstBaseOptions, base: BaseCheckout): Promise<Checked> {
  const existing = (paths: readonly string[]): readonly string[] => paths.flatMap((path) => toBasePath(path, options.cwd, base) ?? [])
  const [paths, policies] = [existing(options.paths), existing(options.policies)]
  if (paths.length === 0 || (policies.length === 0 && options.policies.length > 0)) return nothing
  return checkTree({
    ...options, cwd: base.cwd, paths, policies, exceptions: existing(options.exceptions), valuesFiles: existing(options.valuesFiles),
    baselineFile: options.baselineFile === undefined ? undefined : existing([options.baselineFile])[0], texts: new SourceTexts(), allowEmpty: true, onProgress: () => undefined,
  })
}

/** A path of the working tree in the base; undefined where the base has no such file. What lies outside of the repository is the same for both. */
function toBasePath(path: string, cwd: string, base: BaseCheckout): string | undefined {
  if (path === '-' || path.startsWith('builtin:') || isGitUrl(path)) return path
  const way = relative(cwd, resolve(cwd, path))
  const counterpart = resolve(base.cwd, way)
  if (relative(base.folder, counterpart).startsWith('..')) return resolve(cwd, path)
  if (kindOf(counterpart) === undefined) return undefined
  return isAbsolute(path) ? counterpart : path
}

async function diffResources(before: readonly Resource[], after: readonly Resource[]): Promise<readonly ResourceChange[]> {
  const { createTwoFilesPatch } = await import('diff')
  const [old, current] = [indexResources(before), indexResources(after)]
  const names = [...new Set([...old.keys(), ...current.keys()])].sort()
  return names.flatMap((name) => {
    const [left, right] = [old.get(name), current.get(name)]
    const [a, b] = [left === undefined ? '' : formatYaml(left.object), right === undefined ? '' : formatYaml(right.object)]
    const id = (right ?? left)?.id
    if (a === b || id === undefined) return []
    const patch = createTwoFilesPatch('base', 'head', a, b, undefined, undefined, { context: 3 }).replace(/^=+\n/, '')
    return [{ id, kind: left === undefined ? 'added' as const : right === undefined ? 'removed' as const : 'changed' as const, diff: patch }]
  })
}

function indexResources(resources: readonly Resource[]): ReadonlyMap<string, Resource> {
  return new Map(resources.map((resource) => [[resource.id.group, resource.id.kind, resource.id.namespace ?? '', resource.id.name].join('/'), resource]))
}
