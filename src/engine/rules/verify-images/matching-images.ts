// Kyverno: pkg/engine/utils/image.go
import { extractImages, parseImageExtractor, type ExtractedImage, type ExtractedImages, type ImageExtractor } from '../../../kubernetes/images.ts'
import { EvaluationError } from '../../../model/errors.ts'
import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from '../../../model/json.ts'
import type { Rule } from '../../../model/rule.ts'
import { attempt } from '../../attempt.ts'
import { QueryCompiler } from '../../context/query-compiler.ts'
import type { RuleRun } from '../rule-run.ts'

/** Finds the images that a rule is about. */
export type ImageFinder = (run: RuleRun) => readonly ExtractedImage[]

/** Prepares the search: with the rule's own extractors where it has some; images that cannot be read are none without them. */
export function compileImageFinder(rule: Rule): ImageFinder {
  const configured = Object.entries(rule.imageExtractors)
  const extractors = attempt(() => new Map(configured.map(([kind, entries]) => [kind, readExtractors(entries)] as const)))
  const queries = new QueryCompiler()
  return ({ fields }) => {
    const object = fields.state.current?.resource.object
    if (object === undefined) return []
    if (configured.length === 0) {
      const images = attempt(() => extractImages(object))
      return images.error ? [] : listImages(images.value)
    }
    if (extractors.error) throw extractors.error
    const transform = (expression: string, text: string): JsonValue => queries.compile(expression).search(text, fields.environment.lookups)
    return listImages(extractImages(object, { extractors: extractors.value, transform }))
  }
}

function readExtractors(entries: JsonValue): readonly ImageExtractor[] {
  const list = isJsonArray(entries) ? entries.filter((entry): entry is JsonObject => isJsonObject(entry)) : []
  if (list.length === 0) throw new EvaluationError('INVALID_RULE', 'imageExtractors has an empty list')
  return list.map(parseImageExtractor)
}

function listImages(images: ExtractedImages): readonly ExtractedImage[] {
  return [...images.values()].flatMap((group) => [...group.values()])
}
