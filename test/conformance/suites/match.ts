import { compileMatch } from '../../../src/engine/match/compile-match.ts'
import { ResourceView, toMatchSubject } from '../../../src/engine/resource-view.ts'
import { toResourceId } from '../../../src/manifest/index.ts'
import type { JsonObject } from '../../../src/model/json.ts'
import type { Operation, Trigger, UserInfo } from '../../../src/model/resource.ts'
import { parseMatch } from '../../../src/policy/index.ts'
import { judge, show } from '../compare.ts'
import type { Suite } from '../suite.ts'
import { readVectors } from '../vectors.ts'

interface Vector {
  readonly input: {
    readonly rule: { readonly match?: JsonObject; readonly exclude?: JsonObject }
    readonly resource: JsonObject
    readonly namespaceLabels: Readonly<Record<string, string>> | null
    readonly userInfo: { readonly roles?: string[]; readonly clusterRoles?: string[]; readonly userInfo?: { username?: string; groups?: string[] } }
    readonly operation: Operation
    readonly subresource: string
    readonly policyNamespace: string
  }
  readonly output: { readonly result: boolean }
  readonly outputNext?: Vector['output']
}

/** Kyverno's pkg/engine/utils: whether a rule is about a resource. */
export const match: Suite = {
  name: 'match',
  * run(corpus) {
    for (const { line, vector: { input, output, outputNext = output } } of readVectors<Vector>(corpus, 'match')) {
      yield judge(`${line} ${show(input.rule as JsonObject).slice(0, 80)}`, outputNext.result, () => evaluate(input))
    }
  },
}

function evaluate({ rule, resource, namespaceLabels, userInfo, operation, subresource, policyNamespace }: Vector['input']): boolean {
  const view = new ResourceView({ id: toResourceId(resource), object: resource, locate: () => undefined }, 'int64')
  const user: UserInfo = {
    ...userInfo.userInfo, ...(userInfo.roles ? { roles: userInfo.roles } : {}), ...(userInfo.clusterRoles ? { clusterRoles: userInfo.clusterRoles } : {}),
  }
  const trigger: Trigger = { resource: view.resource, operation, namespaceLabels: namespaceLabels ?? {}, user, subresource }
  if (policyNamespace !== '' && policyNamespace !== view.metadata.namespace) return false
  return compileMatch(parseMatch(rule.match ?? {}), rule.exclude && parseMatch(rule.exclude)).matches(toMatchSubject(view, trigger))
}
