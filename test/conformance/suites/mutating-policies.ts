import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { compareStates, computeEntries } from '../../../src/ignore-differences/index.ts'
import { parseManifests } from '../../../src/manifest/index.ts'
import type { Policy } from '../../../src/model/policy.ts'
import type { Resource } from '../../../src/model/resource.ts'
import { placeResources } from '../../../src/pipeline/place-resources.ts'
import { parsePolicies } from '../../../src/policy/index.ts'
import type { Suite } from '../suite.ts'
import { complain, predictWith } from './live-mutations.ts'

/**
 * Every mutating policy of the corpus on the resources of its own tests: entries for all that Argo CD would call OutOfSync, each proof
 * green, and none where nothing differs. A policy that changes a resource at every sync is reported as such, and nothing is claimed for it.
 */
export const mutatingPolicies: Suite = {
  name: 'mutating-policies',
  async * run(corpus) {
    const root = join(corpus, 'kyverno-policies')
    for (const file of findYaml(root)) {
      if (/\.(kyverno|chainsaw)-test\//.test(file) || !parsePolicies(parseManifests(readFileSync(file, 'utf8'), file).resources).policies.some(isMutating)) continue
      const id = relative(root, file)
      try {
        const complaint = await judgePolicy(file)
        yield complaint === undefined ? { id, ok: true } : { id, ok: false, detail: complaint }
      } catch (error) {
        yield { id, ok: false, detail: error instanceof Error ? `${error.name}: ${error.message}` : String(error) }
      }
    }
  },
}

async function judgePolicy(file: string): Promise<string | undefined> {
  const resources = placeResources(findTestResources(dirname(file)), 'default')
  const { predictions } = await predictWith(file, resources)
  const settled = predictions.filter(({ unsettled }) => unsettled.length === 0).map(({ state }) => state)
  const plan = computeEntries(settled)
  const differing = settled.filter(({ target, live }) => compareStates().compare(target, live).modified)
  if (differing.length > 0 !== plan.entries.length > 0) return `${differing.length} resources differ, and there are ${plan.entries.length} entries`
  return complain(settled, plan)
}

function isMutating(policy: Policy): boolean {
  if (policy.kind === 'MutatingPolicy' || policy.kind === 'NamespacedMutatingPolicy') return true
  return (policy.kind === 'ClusterPolicy' || policy.kind === 'Policy') && policy.rules.some(({ body }) => body.type === 'mutate' || body.type === 'verifyImages')
}

/** What a policy's tests apply: manifests in its folder that are neither policies nor descriptions of tests. */
function findTestResources(folder: string): readonly Resource[] {
  const seen = new Map<string, Resource>()
  for (const file of findYaml(folder).filter((path) => /\.(kyverno|chainsaw)-test\//.test(path))) {
    for (const resource of parseManifests(readFileSync(file, 'utf8'), file).resources) {
      if (/(^|\.)(kyverno\.io|chainsaw\.kyverno\.io)$/.test(resource.id.group) || /patched|mutated/i.test(file)) continue
      const { group, kind, namespace = '', name } = resource.id
      seen.set(`${group}/${kind}/${namespace}/${name}`, resource)
    }
  }
  return [...seen.values()]
}

function findYaml(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml')).toSorted().map((name) => join(folder, name))
}
