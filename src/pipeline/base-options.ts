import { isAbsolute, relative, resolve } from 'node:path'
import type { BaseCheckout } from '../io/base-checkout.ts'
import { isInside, kindOf } from '../io/files.ts'
import { isGitUrl } from '../io/git.ts'
import type { CheckOptions } from './check.ts'
import { SourceTexts } from './source-texts.ts'

/**
 * The same check of the base, with the files that it has: what the change adds is not there. Undefined where nothing is to be checked, or by
 * nothing: policies that are not there judge nothing.
 */
export function toBaseOptions(options: CheckOptions, base: BaseCheckout): CheckOptions | undefined {
  const existing = (paths: readonly string[] = []): readonly string[] => paths.flatMap((path) => toBasePath(path, options.cwd, base) ?? [])
  const one = (path: string | undefined): string | undefined => existing(path === undefined ? [] : [path])[0]
  const [paths, policies] = [existing(options.paths), existing(options.policies)]
  if (paths.length === 0 || (policies.length === 0 && options.policies.length > 0)) return undefined
  return {
    ...options, cwd: base.cwd, paths, policies, exceptions: existing(options.exceptions), valuesFiles: existing(options.valuesFiles),
    crdPaths: existing(options.crdPaths), clusterSnapshots: existing(options.clusterSnapshots), clustersFile: one(options.clustersFile), userInfoFile: one(options.userInfoFile),
    repositories: Object.fromEntries(Object.entries(options.repositories ?? {}).map(([url, folder]) => [url, toBasePath(folder, options.cwd, base) ?? folder])),
    baselineFile: one(options.baselineFile), texts: new SourceTexts(), allowEmpty: true, onProgress: () => undefined,
  }
}

/** A path of the working tree in the base; undefined where the base has no such file. What lies outside of the repository is the same for both. */
function toBasePath(path: string, cwd: string, base: BaseCheckout): string | undefined {
  if (path === '-' || path.startsWith('builtin:') || isGitUrl(path)) return path
  const counterpart = resolve(base.cwd, relative(cwd, resolve(cwd, path)))
  if (!isInside(base.folder, counterpart)) return resolve(cwd, path)
  if (kindOf(counterpart) === undefined) return undefined
  return isAbsolute(path) ? counterpart : path
}
