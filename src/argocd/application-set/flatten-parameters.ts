// github.com/jeremywohl/flatten (DotStyle) as Argo CD uses it
import { isList, showValue, type TemplateMap, type TemplateValue } from '../../expression/go-template/index.ts'

/** `{a: {b: 1}}` → `a.b: "1"`; what is nested and empty vanishes. */
export function flattenParameters(parameters: TemplateMap): Map<string, string> {
  const flat = new Map<string, string>()
  flattenInto(flat, '', parameters, 0)
  return flat
}

const maxDepth = 200

function flattenInto(flat: Map<string, string>, prefix: string, value: TemplateValue, depth: number): void {
  const entries: Iterable<readonly [string | number, TemplateValue]> | undefined = value instanceof Map ? value : isList(value) ? value.entries() : undefined
  if (entries === undefined || depth > maxDepth) { flat.set(prefix, showValue(value)); return }
  for (const [key, item] of entries) flattenInto(flat, prefix === '' ? String(key) : `${prefix}.${key}`, item, depth + 1)
}
