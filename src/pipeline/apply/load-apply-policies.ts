// Kyverno: cmd/cli/kubectl-kyverno/commands/apply/command.go (loadPolicies)
import { readFolder, readTextFile, kindOf } from '../../io/files.ts'
import { KnownError, type Problem } from '../../model/errors.ts'
import { listPolicyFiles, readPolicyText, type CliPolicies } from '../kyverno/load-cli-policies.ts'
import { withPaths } from '../kyverno/with-paths.ts'
import { loadPolicies } from '../load-policies.ts'
import { emptyPolicySet, mergePolicySets, type PolicySet } from '../policy-set.ts'
import type { ApplyOptions } from './apply-options.ts'

/** The policies of a run, those that Kyverno's validation refuses, and what is wrong with arguments. */
export interface ApplyPolicies {
  readonly set: PolicySet
  readonly invalid: readonly { readonly name: string; readonly reason: string }[]
  readonly problems: readonly Problem[]
}

/** Loads each argument. */
export async function loadApplyPolicies(options: ApplyOptions): Promise<ApplyPolicies> {
  const loaded = await withPaths(options.policies, options.gitBranch, async (opened) => {
    const parts: ApplyPolicies[] = []
    for (const { path, argument } of opened) parts.push(await (options.compat ? loadAsKyverno(path, options) : load(path, argument, options)))
    return parts
  })
  return { set: mergePolicySets(loaded.map(({ set }) => set)), invalid: loaded.flatMap(({ invalid }) => invalid), problems: loaded.flatMap(({ problems }) => problems) }
}

/** What is wrong with an argument is an error of the run: a gate must not open because a file beside the policies is none. */
async function load(path: string, argument: string, options: ApplyOptions): Promise<ApplyPolicies> {
  const set = argument === '-'
    ? { ...emptyPolicySet, ...readPolicyText(options.stdin, 'stdin').set }
    : await loadPolicies([path], { cwd: options.cwd, texts: options.texts, offline: false })
  return { set, invalid: [], problems: set.problems }
}

/** Kyverno leaves out an argument with anything in it that it does not know, without a word. */
async function loadAsKyverno(path: string, options: ApplyOptions): Promise<ApplyPolicies> {
  try {
    const files = path === '-' ? [readPolicyText(options.stdin, 'stdin')] : listPolicyFiles(path).map((file) => readPolicyText(readTextFile(file), file))
    return { set: mergePolicySets(files.map(({ set }) => set)), invalid: files.flatMap(toInvalid), problems: [] }
  } catch (error) {
    if (!(error instanceof KnownError)) throw error
    return { set: emptyPolicySet, invalid: [], problems: [] }
  }
}

function toInvalid({ invalid }: CliPolicies): readonly { readonly name: string; readonly reason: string }[] {
  return [...invalid].map(([name, reason]) => ({ name, reason }))
}

/** The CustomResourceDefinition files that paths name. */
export function listDefinitionFiles(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => (kindOf(path) === 'folder' ? readFolder(path).filter(({ name }) => /\.ya?ml$/.test(name)).map(({ name }) => `${path}/${name}`) : [path]))
}
