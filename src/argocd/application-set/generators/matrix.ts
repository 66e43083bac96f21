// Argo CD: applicationset/generators/matrix.go, applicationset/utils/map.go
import { copyValue, mergeMaps, showValue, type TemplateMap } from '../../../expression/go-template/index.ts'
import { ApplicationSetError } from '../application-set-error.ts'
import { nestedGenerators } from './nested-generators.ts'
import type { Generator } from './generator.ts'

const maxSets = 100_000

/** Every pair of two generators' parameters; the second one sees those of the first. */
export const matrix: Generator = (block, { expand, renderer }) => {
  const [first, second, third] = nestedGenerators(block)
  if (first === undefined || second === undefined || third !== undefined) throw new ApplicationSetError('INVALID_APPLICATION_SET', 'the matrix generator takes two generators')
  const sets: TemplateMap[] = []
  for (const left of expand(first, undefined)) {
    for (const right of expand(second, left)) sets.push(renderer.goTemplate ? combine(left, right) : combineTexts(left, right))
    if (sets.length > maxSets) throw new ApplicationSetError('INVALID_APPLICATION_SET', `the matrix generator makes more than ${maxSets} sets of parameters`)
  }
  return sets
}

/** What both have is the first one's. */
function combine(left: TemplateMap, right: TemplateMap): TemplateMap {
  const merged = copyValue(right) as TemplateMap
  mergeMaps(merged, copyValue(left) as TemplateMap, true)
  return merged
}

function combineTexts(left: TemplateMap, right: TemplateMap): TemplateMap {
  const merged = new Map<string, string>([...left].map(([key, value]) => [key, showValue(value)]))
  for (const [key, value] of right) {
    const [present, text] = [merged.get(key), showValue(value)]
    if (present !== undefined && present !== text) throw new ApplicationSetError('INVALID_APPLICATION_SET', `the two generators of a matrix give ${key} different values: ${present} and ${text}`)
    merged.set(key, text)
  }
  return merged
}
