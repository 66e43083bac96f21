// Argo CD: applicationset/generators/merge.go
import { copyValue, mergeMaps, toJson, type TemplateMap } from '../../../expression/go-template/index.ts'
import { isJsonArray, type JsonObject } from '../../../model/json.ts'
import { goJsonText } from '../../../values/json-text.ts'
import { ApplicationSetError } from '../application-set-error.ts'
import type { Generator } from './generator.ts'
import { nestedGenerators } from './nested-generators.ts'

/** The first generator's parameters, overridden by those of the others that have the same merge keys. */
export const merge: Generator = (block, { expand, renderer }) => {
  const generators = nestedGenerators(block)
  if (generators.length < 2) throw new ApplicationSetError('INVALID_APPLICATION_SET', 'the merge generator takes two generators or more')
  const keys = isJsonArray(block['mergeKeys']) ? block['mergeKeys'].filter((key) => typeof key === 'string') : []
  if (keys.length === 0) throw new ApplicationSetError('INVALID_APPLICATION_SET', 'the merge generator has no mergeKeys')
  const [base = new Map(), ...overrides] = generators.map((generator: JsonObject) => byMergeKey(expand(generator, undefined), keys))
  for (const sets of overrides) {
    for (const [key, parameters] of base) {
      const override = sets.get(key)
      if (override === undefined) continue
      if (renderer.goTemplate) mergeMaps(parameters, copyValue(override) as TemplateMap, true)
      else for (const [name, value] of override) parameters.set(name, value)
    }
  }
  return [...base.values()]
}

function byMergeKey(sets: readonly TemplateMap[], keys: readonly string[]): Map<string, TemplateMap> {
  const found = new Map<string, TemplateMap>()
  for (const parameters of sets) {
    const key = goJsonText(Object.fromEntries(keys.map((name) => [name, toJson(parameters.get(name))])))
    if (found.has(key)) throw new ApplicationSetError('INVALID_APPLICATION_SET', `the merge generator finds several sets of parameters with the merge keys ${key}`)
    found.set(key, copyValue(parameters) as TemplateMap)
  }
  return found
}
