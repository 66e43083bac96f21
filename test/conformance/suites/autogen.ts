import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../src/model/json.ts'
import { computeRuleDocuments } from '../../../src/policy/index.ts'
import { judge, show } from '../compare.ts'
import type { Suite } from '../suite.ts'
import { readVectors } from '../vectors.ts'

interface Vector {
  readonly input: { readonly policy: JsonObject & { metadata?: { annotations?: Record<string, string> }; spec?: { rules?: JsonObject[] } }; readonly resourceKind: string }
  readonly output: { readonly rules: readonly JsonObject[] | null }
  readonly outputNext?: Vector['output']
}

/** Kyverno's pkg/autogen: the rules of a policy with those for Pod controllers. */
export const autogen: Suite = {
  name: 'autogen',
  * run(corpus) {
    for (const { line, vector: { input, output, outputNext = output } } of readVectors<Vector>(corpus, 'autogen')) {
      yield judge(`${line} ${show(input.policy).slice(0, 80)}`, (outputNext.rules ?? []).map(normalize), () =>
        computeRuleDocuments(input.policy.spec?.rules ?? [], input.policy.metadata?.annotations ?? {}, input.resourceKind).map(({ document }) => normalize(document)))
    }
  },
}

/** What Go's types add or leave out when a rule is written: empty blocks, empty texts, fields they do not have. */
function normalize(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(normalize)
  if (!isJsonObject(value)) return value
  const entries = Object.entries(value).map(([key, item]) => [key, normalize(item)] as const)
  return Object.fromEntries(entries.filter(([, item]) => item !== null && item !== '' && !(isJsonObject(item) && Object.keys(item).length === 0)))
}
