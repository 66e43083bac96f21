import { formatYaml } from '../manifest/index.ts'
import type { Resource } from '../model/resource.ts'
import { stringifyJson } from '../values/json-text.ts'

/** Rendered resources as text: YAML with one document a resource and where it came from, or one JSON List. */
export function formatRendered(resources: readonly Resource[], format: 'yaml' | 'json'): string {
  if (format === 'json') return `${stringifyJson({ apiVersion: 'v1', kind: 'List', items: resources.map(({ object }) => object) }, 2)}\n`
  return resources.map((resource) => `---\n${comment(resource)}${formatYaml(resource.object)}`).join('')
}

/** A name from a repository must not end the comment. */
function comment({ origin, source }: Resource): string {
  const from = origin ?? source?.file
  return from === undefined ? '' : `# Source: ${from.replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, '?')}\n`
}
